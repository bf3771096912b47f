import { readFileSync } from 'node:fs'
import type { DuckDBConnection } from '@duckdb/node-api'

/** Creates the macros that translated SQL relies on. They must be there before the instance is locked. */
export async function installMacros(connection: DuckDBConnection): Promise<void> {
  await connection.run(readFileSync(new URL('./macros.sql', import.meta.url), 'utf8'))
}
