import type { RemoteConnection } from '../remote/connection.js'
import { RemoteEngine, type RemoteOptions } from '../remote/engine.js'
import type { TableStore } from '../remote/run-tables.js'

/** Opens Weir's relations over a schema of a Trino cluster, and closes the connection with them. */
export const openTrino = (
  connection: RemoteConnection,
  schema: string,
  options: Omit<RemoteOptions, 'connection' | 'store' | 'schema'>,
): Promise<RemoteEngine> => RemoteEngine.open({ ...options, connection, store: managedTables(connection), schema })

/** Tables whose data goes with them. */
const managedTables = (connection: RemoteConnection): TableStore => ({
  create: (table, query) => `CREATE TABLE "${table}" WITH (format = 'PARQUET') AS ${query}`,
  drop: async table => {
    const { pages } = await connection.run(`DROP TABLE IF EXISTS "${table}"`)
    for await (const page of pages) void page
  },
})
