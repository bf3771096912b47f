import type { DuckDBConnection } from '@duckdb/node-api'
import { installMacros } from '../sql/index.js'
import type { KeptRelations } from './kept.js'
import type { Known, KnownRelations } from './known.js'
import type { NumberedRows } from './log-set.js'
import { pathsByNumber, placeByNumber } from './numbered-paths.js'
import { fillOrigins } from './origins.js'
import { hastenPlacedRecords } from './placed-records.js'
import { damagedReference } from './reference-files.js'

/** Where a relation is made, and what of. */
export interface Making {
  readonly connection: DuckDBConnection
  readonly known: KnownRelations
  readonly kept: KeptRelations | undefined
  /** Records of the window with numbers in place of their texts, where they have such. */
  readonly numbered: NumberedRows | undefined
  /** The files of the tables beside the logs, by name. */
  readonly references: ReadonlyMap<string, string>
}

/** Makes a view or a table that stands as long as the instance; what it reads is there. */
export async function makeRelation(known: Exclude<Known, { kind: 'table' }>, making: Making): Promise<void> {
  const { connection, references } = making
  const { target } = known.relation
  await installMacros(connection, 'translation' in known ? known.translation.sql : 'sql' in known ? known.sql : '')
  switch (known.kind) {
    case 'rows':
      await connection.run(`CREATE OR REPLACE VIEW ${target} AS ${known.sql}`)
      return
    case 'view':
      await connection.run(`CREATE OR REPLACE VIEW ${target} AS ${known.translation.sql}`)
      await hasten(known, making)
      return
    case 'once':
      await makeOnce(known, making)
      return
    case 'origins':
      await fillOrigins(connection, target, references)
      return
    case 'reference':
      await connection.run(`CREATE TABLE ${target} AS ${known.sql}`).catch((error: unknown) => {
        throw damagedReference(known, error)
      })
  }
}

type View = Extract<Known, { kind: 'view' | 'once' }>

/** Another plan for the same rows, where DuckDB is slow with that of the relation's own text. */
async function hasten(view: View, { connection, known, numbered }: Making): Promise<void> {
  const records = known.own('records')
  if (!records || view !== known.own('placed_records')) return
  if (numbered) await placeByNumber(connection, view.relation, records.relation, numbered)
  else await hastenPlacedRecords(connection, view.relation, records.relation)
}

async function makeOnce(view: View, { connection, known, kept, numbered }: Making): Promise<void> {
  const { relation, translation } = view
  if (kept?.isKept(view)) await kept.define(connection, view, translation.sql)
  else {
    const sql = numbered && view === known.own('paths') ? pathsByNumber(numbered) : translation.sql
    await connection.run(`CREATE TABLE ${relation.target} AS ${sql}`)
  }
}
