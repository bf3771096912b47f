import type { DuckDBConnection } from '@duckdb/node-api'
import { preparedSelect, type Translation } from '../sql/index.js'
import { columnType } from './columns.js'
import { interruptible } from './instance.js'
import { identifier } from './literal.js'
import type { LogSet } from './log-set.js'

/**
 * Puts rows of `records` that a SELECT gives into a table, behind a view of all of its columns, called `target`. Columns that the logs
 * do not have take no place in it: most logs have a dozen of some sixty.
 */
export async function putNarrowed(
  connection: DuckDBConnection,
  target: string,
  { sql, columns: given }: Pick<Translation, 'sql' | 'columns'>,
  { logs, signal }: { readonly logs: LogSet; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const select = await preparedSelect(connection, sql)
  select.destroySync()
  // A view of a person may stand in place of records, with fewer columns.
  const filled = new Set(logs.filled)
  const empty = new Map(logs.columns.flatMap(field => (filled.has(field.column) ? [] : [[field.column, columnType(field)]])))
  const columns = given.map(({ name }) => {
    const type = empty.get(name)
    return type === undefined ? identifier(name) : `NULL::${type} AS ${identifier(name)}`
  })
  const rows = `${target}_rows`
  const kept = given.filter(({ name }) => !empty.has(name)).map(({ name }) => identifier(name))
  await interruptible(connection, signal, () => connection.run(`CREATE TABLE ${rows} AS SELECT ${kept.join(', ')} FROM (${sql})`))
  await connection.run(`CREATE VIEW ${target} AS SELECT ${columns.join(', ')} FROM ${rows}`)
}
