import type { RemoteConnection } from '../remote/connection.js'
import { RemoteEngine, type RemoteOptions } from '../remote/engine.js'
import type { TableStore } from '../remote/run-tables.js'
import { connectTrino, type TrinoOptions } from './connection.js'

/** Opens Weir's relations over a schema of a Trino cluster. */
export async function openTrino(
  trino: TrinoOptions,
  options: Omit<RemoteOptions, 'connection' | 'store' | 'schema'>,
): Promise<RemoteEngine> {
  const connection = await connectTrino(trino)
  try {
    return await RemoteEngine.open({ ...options, connection, store: managedTables(connection), schema: trino.schema })
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
