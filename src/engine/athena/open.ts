import { Fault } from '../../fault/index.js'
import { removeObjects } from '../../source/index.js'
import { RemoteEngine, type RemoteOptions } from '../remote/engine.js'
import type { TableStore } from '../remote/run-tables.js'
import type { AthenaConnection, AthenaOptions } from './connection.js'

/** Opens Weir's relations over a database of Athena, and closes the connection with them. */
export const openAthena = (
  connection: AthenaConnection,
  athena: AthenaOptions,
  options: Omit<RemoteOptions, 'connection' | 'store' | 'schema'>,
): Promise<RemoteEngine> =>
  RemoteEngine.open({ ...options, connection, store: tablesInS3(connection, athena), schema: athena.database })

/** Tables below the place of results, each in a folder of its own: Athena drops a table and leaves its objects. */
function tablesInS3(connection: AthenaConnection, { output, ...athena }: AthenaOptions): TableStore {
  const placeOf = (table: string): string => {
    if (output === undefined) throw noPlace()
    return `${output.replace(/\/*$/, '/')}${table}/`
  }
  return {
    create: (table, query) =>
      `CREATE TABLE "${table}" WITH (format = 'PARQUET', external_location = '${placeOf(table)}') AS ${query}`,
    drop: async table => {
      const { pages } = await connection.run(`DROP TABLE IF EXISTS \`${table}\``)
      for await (const page of pages) void page
      await removeObjects(placeOf(table), athena)
    },
  }
}

const noPlace = (): Fault =>
  new Fault({
    code: 'athena-output',
    kind: 'usage',
    message: 'a run makes tables on Athena, and nothing says where they are to stand',
    where: 'athena',
    expected: 'athena.output: "s3://bucket/results/"',
    action: 'give athena.output in weir.yaml: tables are made below it, and removed at the end of the run',
  })
