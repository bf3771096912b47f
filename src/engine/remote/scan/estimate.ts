import { Fault } from '../../../fault/index.js'
import type { Result } from '../../engine.js'
import type { RemoteConnection } from '../connection.js'
import { quotedName } from '../../sql/quote.js'
import { boundsExplained, readBounds, type Spans } from './bounds.js'
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
 * partitions in it are listed. Text is read as a whole. Of Parquet the chunks of the columns are counted, in all row groups but those
 * that the statistics of whole numbers rule out, so that it is never less than what is read; other filters, and a LIMIT, make it more.
 */
export async function estimateScan(connection: RemoteConnection, sql: string, objects: StoredObjects): Promise<ScanEstimate> {
  const ask = async (statement: string): Promise<Result> => {
    const { columns, pages } = await connection.run(statement)
    return { columns, batches: pages }
  }
  const plan = await readPlan(await ask(explained(sql)))
  const isFiltered = plan.scans.some(({ filtered }) => filtered.length > 0)
  const bounds = isFiltered ? await readBounds(await ask(boundsExplained(sql))) : new Map<string, Spans>()
  const layouts = new Map<string, TableLayout | undefined>()
  const listed = new Map<string, readonly StoredObject[]>()
  const scans: TableScan[] = []
  const unknown = [...plan.unknown]
  for (const scan of plan.scans) {
    const name = nameOf(scan.table)
    if (scan.table.schema === 'information_schema') continue
    if (!layouts.has(name)) layouts.set(name, await readLayout(await ask(shown(connection.name, scan.table))))
    const layout = layouts.get(name)
    const spans = bounds.get(name) ?? new Map()
    if (!layout || !objects.holds(layout.location)) {
      unknown.push(name)
      continue
    }
    try {
      scans.push({ table: name, ...(await scanned({ ...scan, spans }, layout, objects, listed)) })
    } catch (error) {
      if (!(error instanceof Fault && error.kind === 'source')) throw error
      unknown.push(`${name} (${error.message})`)
    }
  }
  return { bytes: scans.reduce((sum, { bytes }) => sum + bytes, 0), scans, unknown }
}

const nameOf = ({ schema, table }: TableName): string => `${schema}.${table}`

/** Athena reads this statement with Hive's grammar. */
function shown(engine: RemoteConnection['name'], { catalog, schema, table }: TableName): string {
  const names = engine === 'athena' ? [schema, table].map(name => `\`${name}\``) : [catalog, schema, table].map(quotedName)
  return `SHOW CREATE TABLE ${names.join('.')}`
}

/** Footers that are read at once. */
const AT_ONCE = 16

async function scanned(
  scan: Scan & { readonly spans: Spans },
  layout: TableLayout,
  objects: StoredObjects,
  listed: Map<string, readonly StoredObject[]>,
): Promise<Omit<TableScan, 'table'>> {
  const key = JSON.stringify([layout.template, [...scan.partitions]])
  const found = listed.get(key) ?? (await inPartitions(scan, layout, objects))
  listed.set(key, found)
  const bytesOf = async (object: StoredObject): Promise<number> =>
    layout.isParquet ? parquetBytes(object, scan, objects) : object.bytes
  let bytes = 0
  for (let at = 0; at < found.length; at += AT_ONCE) {
    const read = found.slice(at, at + AT_ONCE).map(async object => bytesOf(object))
    for (const one of await Promise.all(read)) bytes += one
  }
  return { objects: found.length, bytes }
}

/** The files that are read: of a store, no more than these are kept. */
async function inPartitions(scan: Scan, layout: TableLayout, objects: StoredObjects): Promise<readonly StoredObject[]> {
  const isWanted = isRead(layout, scan.partitions)
  const found: StoredObject[] = []
  for (const prefix of prefixesOf(layout, scan.partitions))
    for await (const object of objects.list(prefix)) if (isWanted(object.path)) found.push(object)
  return found
}
