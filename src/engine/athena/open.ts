import { Fault } from '../../fault/index.js'
import { removeObjects } from '../../source/index.js'
import { RemoteEngine, type RemoteOptions } from '../remote/engine.js'
import type { TableStore } from '../remote/run-tables.js'
import { readLayout } from '../remote/scan/layout.js'
import { quotedText } from '../sql/quote.js'
import type { AthenaConnection, AthenaOptions } from './connection.js'

/** Opens Weir's relations over a database of Athena, and closes the connection with them. */
export const openAthena = (
  connection: AthenaConnection,
  athena: AthenaOptions,
  options: Omit<RemoteOptions, 'connection' | 'store' | 'schema'>,
): Promise<RemoteEngine> =>
  RemoteEngine.open({ ...options, connection, store: tablesInS3(connection, athena), schema: athena.database })

/**
 * Tables below the place of results, each in a folder of its own: Athena drops a table and leaves its objects. Where the workgroup
 * enforces its settings, Athena itself chooses that folder.
 */
function tablesInS3(connection: AthenaConnection, { output, ...athena }: AthenaOptions): TableStore {
  const { isEnforced } = connection.workgroup
  const chosen = (table: string): string | undefined =>
    output === undefined || isEnforced ? undefined : `${output.replace(/\/*$/, '/')}${table}/`
  return {
    create: (table, query) => {
      const place = chosen(table)
      if (place === undefined && !isEnforced) throw noPlace()
      const at = place === undefined ? '' : `, external_location = ${quotedText(place)}`
      return `CREATE TABLE "${table}" WITH (format = 'PARQUET'${at}) AS ${query}`
    },
    drop: async table => {
      const place = (await standingAt(connection, table)) ?? chosen(table)
      const { pages } = await connection.run(`DROP TABLE IF EXISTS \`${table}\``)
      for await (const page of pages) void page
      if (place !== undefined && isOfRun(place, table)) await removeObjects(place, athena)
    },
  }
}

/** Where a table's objects are; undefined where there is no such table. */
async function standingAt(connection: AthenaConnection, table: string): Promise<string | undefined> {
  try {
    const { columns, pages } = await connection.run(`SHOW CREATE TABLE \`${table}\``)
    return (await readLayout({ columns, batches: pages }))?.location
  } catch (error) {
    if (error instanceof Fault && error.code === 'remote-table') return undefined
    throw error
  }
}

/** A folder that is the table's alone: of its name, or of the execution that made it. Whatever else stands there is not removed. */
const isOfRun = (place: string, table: string): boolean =>
  place.endsWith(`/${table}/`) || /\/tables\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/$/.test(place)

const noPlace = (): Fault =>
  new Fault({
    code: 'athena-output',
    kind: 'usage',
    message: 'a run makes tables on Athena, and nothing says where they are to stand',
    where: 'athena',
    expected: 'athena.output: "s3://bucket/results/"',
    action: 'give athena.output in weir.yaml: tables are made below it, and removed at the end of the run',
  })
