import { readFileSync } from 'node:fs'
import type { DuckDBConnection } from '@duckdb/node-api'
import { z } from 'zod'
import { duckdbType, typeOf } from '../../src/engine/sql/types.js'
import type { Relation } from '../../src/engine/relation.js'

const cell = z.union([z.null(), z.boolean(), z.number(), z.string()])
const tables = z.record(
  z.string(),
  z.object({ columns: z.array(z.object({ name: z.string(), type: z.string() })), rows: z.array(z.array(cell)) }),
)

/** The tables that the corpus asks, by name. */
export const described = (): z.infer<typeof tables> =>
  tables.parse(JSON.parse(readFileSync(new URL('./corpus/tables.json', import.meta.url), 'utf8')))

/** Weir's relations hold instants in UTC: a column whose values each have a zone of their own cannot be one of them. */
export const isHeld = ({ type }: { readonly type: string }): boolean => !type.endsWith('with time zone')

/** The corpus's tables as relations, made in DuckDB. */
export async function loadTables(connection: DuckDBConnection): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>()
  for (const [name, { columns, rows }] of Object.entries(described())) {
    const kept = columns.flatMap((column, i) => (isHeld(column) ? [{ ...column, place: i }] : []))
    const types = kept.map(column => `"${column.name}" ${duckdbType(typeOf(column.type))}`)
    await connection.run(`CREATE TABLE "${name}" (${types.join(', ')})`)
    const lines = rows.map(row => `(${kept.map(({ place }) => literal(row[place] ?? null)).join(', ')})`)
    if (lines.length > 0) await connection.run(`INSERT INTO "${name}" VALUES ${lines.join(', ')}`)
    relations.set(name, { name, columns: kept.map(({ name, type }) => ({ name, type })), hidden: [], target: `"${name}"` })
  }
  return relations
}

function literal(value: z.infer<typeof cell>): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
}
