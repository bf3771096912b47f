import { StatementType, type DuckDBConnection, type DuckDBResult } from '@duckdb/node-api'
import { z } from 'zod'
import { refuse } from './fail.js'

const serialized = z.object({
  error: z.literal(false),
  statements: z
    .array(z.object({ node: z.object({ type: z.enum(['SELECT_NODE', 'SET_OPERATION_NODE', 'CTE_NODE']) }) }))
    .length(1),
})

/** Makes sure that a translation is one SELECT by DuckDB's own parser, whatever its text may hold. */
export async function verifySingleSelect(connection: DuckDBConnection, sql: string): Promise<void> {
  const reader = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [sql])
  const [answer] = reader.getRows()[0] ?? []
  if (typeof answer === 'string' && serialized.safeParse(JSON.parse(answer)).success) return
  throw noSelect()
}

/**
 * Begins a statement that is one SELECT by DuckDB's own parser, and refuses any other, a PRAGMA too that stands for one; to parse it for
 * that alone takes as long as to plan it.
 */
export async function streamSelect(connection: DuckDBConnection, sql: string): Promise<DuckDBResult> {
  const statements = await connection.extractStatements(sql)
  if (statements.count !== 1 || !/^[\s(]*(SELECT|WITH)\b/i.test(sql)) throw noSelect()
  const prepared = await statements.prepare(0)
  try {
    if (prepared.statementType !== StatementType.SELECT) throw noSelect()
    return await prepared.stream()
  } finally {
    prepared.destroySync()
  }
}

const noSelect = () => refuse('sql-refused', 'The translated statement is not a single SELECT.', undefined)
