import { Fault } from '../../fault/index.js'
import type { RemoteConnection } from '../remote/connection.js'
import type { DdlStatement } from './target.js'

export interface ApplyOptions {
  readonly signal?: AbortSignal | undefined
  /** Called after each statement. */
  readonly done?: (statement: DdlStatement) => void
}

/** Runs the statements in their order, and ends at the first that is refused; what was made before it stays. */
export async function applyStatements(
  statements: readonly DdlStatement[],
  connection: RemoteConnection,
  { signal, done }: ApplyOptions = {},
): Promise<void> {
  for (const statement of statements) {
    try {
      const { pages } = await connection.run(statement.sql, { signal })
      for await (const page of pages) void page
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      throw new Fault({
        code: error.code,
        kind: 'engine',
        message: error.message,
        where: [firstLine(statement.sql), error.where].filter(Boolean).join('; '),
        ...(error.expected === undefined ? {} : { expected: error.expected }),
        ...(error.action === undefined ? {} : { action: error.action }),
        cause: error,
      })
    }
    done?.(statement)
  }
}

const firstLine = (sql: string): string => sql.split('\n', 1).join('')
