import type { Result } from '../../engine.js'
import type { RemoteConnection } from '../connection.js'
import { explained, readPlan, type Scan, type TableName } from './plan.js'
import { isRead, prefixesOf, readLayout, type TableLayout } from './layout.js'
import type { StoredObject, StoredObjects } from './objects.js'
import { parquetBytes } from './parquet.js'

/** What a statement will read. */
export interface ScanEstimate {
  readonly bytes: number
  /** Each reading of a table: one that is read twice stands here twice. */
  readonly scans: readonly TableScan[]
  /** What is read and whose files are not to be found from here: it is not in `bytes`. */
  readonly unknown: readonly string[]
}

export interface TableScan {
  readonly table: string
  readonly objects: number
  readonly bytes: number
}

/**
 * How many bytes a statement will read, before it runs: the server is asked for its plan, which reads nothing; the files of the
 * partitions in it are listed. Text is read as a whole. Of Parquet the chunks of the columns are counted in all row groups, so that
 * it is never less than what is read; filters that leave out row groups, and a LIMIT, make it more.
 */
export async function estimateScan(connection: RemoteConnection, sql: string, objects: StoredObjects): Promise<ScanEstimate> {
  const ask = async (statement: string): Promise<Result> => {
    const { columns, pages } = await connection.run(statement)
    return { columns, batches: pages }
  }
  const plan = await readPlan(await ask(explained(sql)))
  const layouts = new Map<string, TableLayout | undefined>()
  const listed = new Map<string, readonly StoredObject[]>()
  const scans: TableScan[] = []
  const unknown = [...plan.unknown]
  for (const scan of plan.scans) {
    const name = nameOf(scan.table)
    if (scan.table.schema === 'information_schema') continue
    if (!layouts.has(name)) layouts.set(name, await readLayout(await ask(shown(connection.name, scan.table))))
    const layout = layouts.get(name)
    if (layout && objects.holds(layout.location)) scans.push({ table: name, ...(await scanned(scan, layout, objects, listed)) })
    else unknown.push(name)
  }
  return { bytes: scans.reduce((sum, { bytes }) => sum + bytes, 0), scans, unknown }
}

const nameOf = ({ schema, table }: TableName): string => `${schema}.${table}`

/** Athena reads this statement with Hive's grammar. */
function shown(engine: RemoteConnection['name'], { catalog, schema, table }: TableName): string {
  const names = engine === 'athena' ? [schema, table].map(name => `\`${name}\``) : [catalog, schema, table].map(quoted)
  return `SHOW CREATE TABLE ${names.join('.')}`
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Footers that are read at once. */
const AT_ONCE = 16

async function scanned(
  { columns, partitions }: Scan,
  layout: TableLayout,
  objects: StoredObjects,
  listed: Map<string, readonly StoredObject[]>,
): Promise<Omit<TableScan, 'table'>> {
  const isWanted = isRead(layout, partitions)
  const found: StoredObject[] = []
  for (const prefix of prefixesOf(layout, partitions)) {
    const below = listed.get(prefix) ?? (await all(objects.list(prefix)))
    listed.set(prefix, below)
    for (const object of below) if (isWanted(object.path)) found.push(object)
  }
  const bytesOf = async (object: StoredObject): Promise<number> =>
    layout.isParquet ? parquetBytes(object, columns, objects) : object.bytes
  let bytes = 0
  for (let at = 0; at < found.length; at += AT_ONCE) {
    const read = found.slice(at, at + AT_ONCE).map(async object => bytesOf(object))
    for (const one of await Promise.all(read)) bytes += one
  }
  return { objects: found.length, bytes }
}

async function all(objects: AsyncIterable<StoredObject>): Promise<StoredObject[]> {
  const found: StoredObject[] = []
  for await (const object of objects) found.push(object)
  return found
}
