import { StatementType, type DuckDBConnection, type DuckDBPreparedStatement } from '@duckdb/node-api'
import { refuse } from './fail.js'

/**
 * A translation, prepared: one SELECT by DuckDB's own parser, whatever its text may hold; anything else is refused, a PRAGMA too that
 * stands for one. Whoever asks for it destroys it.
 */
export async function preparedSelect(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  const statements = await connection.extractStatements(sql).catch(() => undefined)
  if (statements?.count !== 1 || !/^[\s(]*(SELECT|WITH)\b/i.test(sql)) throw noSelect()
  const prepared = await statements.prepare(0)
  if (prepared.statementType === StatementType.SELECT) return prepared
  prepared.destroySync()
  throw noSelect()
}

const noSelect = () => refuse('sql-refused', 'The translated statement is not a single SELECT.', undefined)
