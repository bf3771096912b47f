import { DuckDBInstance } from '@duckdb/node-api'

/**
 * Takes the system's lock of a file, as DuckDB does for a database, and so without a program of our own: it ends with the process.
 * Gives what ends it before; undefined where another process holds it.
 */
export async function lockFile(path: string): Promise<(() => void) | undefined> {
  try {
    const instance = await DuckDBInstance.create(path, { threads: '1' })
    return () => instance.closeSync()
  } catch (error) {
    if (error instanceof Error && /set lock|lock on file|Conflicting lock/i.test(error.message)) return undefined
    throw error
  }
}
