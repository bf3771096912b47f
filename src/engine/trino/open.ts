import type { RemoteConnection } from '../remote/connection.js'
import { RemoteEngine, type RemoteOptions } from '../remote/engine.js'
import type { TableStore } from '../remote/run-tables.js'

/** Opens Weir's relations over a schema of a Trino cluster, and closes the connection with them. */
export async function openTrino(
  connection: RemoteConnection,
  schema: string,
  options: Omit<RemoteOptions, 'connection' | 'store' | 'schema'>,
): Promise<RemoteEngine> {
  try {
    return await RemoteEngine.open({ ...options, connection, store: managedTables(connection), schema })
  } catch (error) {
    await connection.close()
    throw error
  }
}

/** Tables whose data goes with them. */
export function managedTables(connection: RemoteConnection): TableStore {
  return {
    create: (table, query) => `CREATE TABLE "${table}" WITH (format = 'PARQUET') AS ${query}`,
    drop: async table => {
      const { pages } = await connection.run(`DROP TABLE IF EXISTS "${table}"`)
      for await (const page of pages) void page
    },
  }
}
