import type { DuckDBConnection } from '@duckdb/node-api'
import { listed } from '../pairs.js'
import type { Column } from '../relation.js'
import type { Translation } from '../sql/index.js'
import { columnType, isNumber } from './columns.js'
import { interruptible } from './instance.js'
import { identifier } from './literal.js'
import type { LogSet, NumberedRows } from './log-set.js'
import { NUMBERED_PATHS } from './numbered-paths.js'

export interface Narrowing {
  readonly connection: DuckDBConnection
  /** The view of what is put there. */
  readonly target: string
  readonly logs: LogSet
  readonly signal: AbortSignal | undefined
}

/**
 * Puts rows of `records` that a SELECT gives into a table, behind a view of all of its columns. Columns that the logs do not have take no
 * place in it: most logs have a dozen of some sixty.
 */
export async function putNarrowed({ sql, columns }: Pick<Translation, 'sql' | 'columns'>, narrowing: Narrowing): Promise<void> {
  const rows = `${narrowing.target}_rows`
  const kept = columns.filter(column => isFilled(column, narrowing.logs)).map(({ name }) => identifier(name))
  await make(`CREATE TABLE ${rows} AS SELECT ${kept.join(', ')} FROM (${sql})`, narrowing)
  await show(columns, `${rows} r`, () => 'r', narrowing)
}

/** The same of the records of some pairs of hosts, where they have numbers in place of their texts: so they stay, and their texts stand once. */
export async function putNumbered(
  columns: readonly Column[],
  pairs: readonly number[],
  numbered: NumberedRows,
  narrowing: Narrowing,
): Promise<void> {
  const { target, logs } = narrowing
  const [rows, texts] = [`${target}_rows`, `${target}_texts`]
  const ofTexts = new Set(numbered.columns)
  const numbers = logs.columns.filter(field => isNumber(field) && logs.filled.includes(field.column))
  const told = ['"$texts"', ...numbered.columns.map(identifier)].join(', ')
  const kept = [...numbers.map(({ column }) => `r.${identifier(column)}`), 'r."$texts"'].join(', ')
  await make(`CREATE TABLE ${texts} AS SELECT ${told} FROM ${NUMBERED_PATHS} WHERE pair_id IN (${listed(pairs)})`, narrowing)
  await make(
    `CREATE TABLE ${rows} AS SELECT ${kept} FROM ${numbered.rows} r JOIN ${texts} t ON t."$texts" = r."$texts"`,
    narrowing,
  )
  const from = `${rows} r JOIN ${texts} t ON t."$texts" = r."$texts"`
  await show(columns, from, name => (ofTexts.has(name) ? 't' : 'r'), narrowing)
}

const make = (sql: string, { connection, signal }: Narrowing): Promise<unknown> =>
  interruptible(connection, signal, () => connection.run(sql))

/** The view; `aliasOf` says which of what is in `from` has a column. */
async function show(
  columns: readonly Column[],
  from: string,
  aliasOf: (name: string) => string,
  { connection, target, logs }: Narrowing,
): Promise<void> {
  const types = new Map(logs.columns.map(field => [field.column, columnType(field)]))
  const shown = columns.map(column =>
    isFilled(column, logs)
      ? `${aliasOf(column.name)}.${identifier(column.name)}`
      : `NULL::${types.get(column.name) ?? 'VARCHAR'} AS ${identifier(column.name)}`,
  )
  await connection.run(`CREATE VIEW ${target} AS SELECT ${shown.join(', ')} FROM ${from}`)
}

/** A view of a person may stand in place of records, with columns of its own: those are taken for filled. */
export const isFilled = ({ name }: Column, logs: LogSet): boolean =>
  logs.filled.includes(name) || logs.columns.every(({ column }) => column !== name)
