import type { DuckDBConnection } from '@duckdb/node-api'
import { preparedSelect } from '../sql/index.js'
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
  { sql, logs, signal }: { readonly sql: string; readonly logs: LogSet; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const select = await preparedSelect(connection, sql)
  select.destroySync()
  const filled = new Set(logs.filled)
  const columns = logs.columns.map(field => {
    const name = identifier(field.column)
    return filled.has(field.column) ? name : `NULL::${columnType(field)} AS ${name}`
  })
  const rows = `${target}_rows`
  const kept = [...filled].map(identifier)
  await interruptible(connection, signal, () => connection.run(`CREATE TABLE ${rows} AS SELECT ${kept.join(', ')} FROM (${sql})`))
  await connection.run(`CREATE VIEW ${target} AS SELECT ${columns.join(', ')} FROM ${rows}`)
}
