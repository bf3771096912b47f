import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { keyColumns, layoutOfFields, type Field } from '../../../format/index.js'
import type { FoundFile } from '../../../source/index.js'
import type { LineCounts, ReadingProgress } from '../../input.js'
import { installMacros } from '../../sql/index.js'
import { warmUp } from '../bulk/pool.js'
import { SieveFull } from '../bulk/sieve.js'
import { registerRows } from '../bulk/rows.js'
import { withInstance, type InstanceOptions } from '../instance.js'
import { identifier, quoted } from '../literal.js'
import { LogFiles, type LogFile } from '../log-files.js'
import { LogReader, type GroupRows } from '../log-reader.js'
import { bulkRecordsOf } from '../reading.js'
import { dateOf } from '../vpc-flow-logs.js'
import { formatOf } from './format.js'
import { dateOfDay, PARTITION_COLUMNS, partitionPath, storedName } from './partition.js'

/** A file to be stored: `source` is the name by which its rows will be known. */
export interface PartInput extends FoundFile {
  /** What its path says, for records that do not say it themselves. */
  readonly account: string | undefined
  readonly region: string | undefined
}

export interface WriteOptions extends InstanceOptions {
  /** Where parts are written, in folders by partition, and lines that are no records beside them. */
  readonly folder: string
  /** What stands under the key `weir` in each part's metadata. */
  readonly metadata: string
  /** The fields of logs without a header. */
  readonly fields?: string | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: ReadingProgress) => void) | undefined
}

/** What became of a file. */
export interface InputOutcome extends LineCounts {
  readonly source: string
  /** Why only a part of it could be read. */
  readonly damage: string | undefined
  /** Why nothing of it could be. */
  readonly unreadable: string | undefined
  /** Columns that its lines have, a set for each layout. */
  readonly layouts: readonly (readonly string[])[]
}

/** A folder's files are read apart from others where they are so many bytes that one statement more costs less than to divide their rows. */
const WORTH_A_STATEMENT = 4_000_000
/** Of the memory; it is beside what DuckDB takes. */
const KEPT_SHARE = 1 / 16

/**
 * Reads log files and writes their records as Parquet, in `folder`/records by account, region and UTC date of their start, zstd, in
 * the order of arrival; what is no record goes to `folder`/quarantine.parquet, where there is any. Columns are those of the logs,
 * `src_key` and `dst_key` (16 bytes, IPv4 mapped into IPv6), and `source_object`, the name of the source.
 */
export async function writeParts(inputs: readonly PartInput[], options: WriteOptions): Promise<readonly InputOutcome[]> {
  warmUp(options.threads)
  const fields = options.fields === undefined ? undefined : layoutOfFields(options.fields)
  return withInstance({ ...options, threads: 1, inOrder: true }, async aside => {
    const files = await LogFiles.open(inputs, { connection: aside, tempDir: options.tempDir, fields })
    return withInstance(options, async writer => {
      await installMacros(writer, 'address_key(')
      try {
        return await writeFrom(files, inputs, { writer, aside, prefix: 'divided', groupBy: placesOf(inputs) }, options)
      } catch (error) {
        if (!(error instanceof Error && error.message.includes(new SieveFull().message))) throw error
        return await writeFrom(files, inputs, { writer, aside, prefix: 'mixed', groupBy: () => '' }, options)
      }
    })
  })
}

interface Writing {
  readonly writer: DuckDBConnection
  readonly aside: DuckDBConnection
  /** What names of this reading begin with: DuckDB goes on with the first function of a name. */
  readonly prefix: string
  readonly groupBy: (file: LogFile) => string
}

async function writeFrom(
  files: LogFiles,
  inputs: readonly PartInput[],
  { writer, aside, prefix, groupBy }: Writing,
  options: WriteOptions,
): Promise<readonly InputOutcome[]> {
  const { folder, memory, threads, signal } = options
  const reader = new LogReader(files, { prefix, threads, signal, lake: { groupBy, mostKept: memory * KEPT_SHARE } })
  const by = new Map(inputs.map(input => [input.source, input]))
  const stop = watch(reader, options)
  try {
    await reader.pass(aside, async () => {
      await rm(folder, { recursive: true, force: true })
      await mkdir(folder, { recursive: true })
      const groups = reader.beginEach(writer)
      await nameInputs(writer, files, inputs)
      const rest: string[] = []
      for (const [number, group] of groups.entries()) {
        const about = { columns: reader.columns, number, inputs: by }
        rest.push(...(group.isDivided ? await writeDivided(writer, group, about, options) : [group.sql]))
      }
      await writeMixed(writer, rest, reader.columns, files, options)
    })
  } finally {
    stop()
  }
  await writeQuarantine(aside, reader, folder)
  const counts = reader.counts()
  const unreadable = new Map(files.unreadable.map(({ source, reason }) => [source, reason]))
  const damage = new Map(files.damaged.map(({ source, message }) => [source, message]))
  const layouts = new Map<string, (readonly string[])[]>()
  for (const { of, layout } of files.files)
    if (layout) layouts.set(of.source, [...(layouts.get(of.source) ?? []), layout.map(({ column }) => column)])
  return inputs.map(({ source }) => ({
    source,
    ...(counts.get(source) ?? NO_LINES),
    damage: damage.get(source),
    unreadable: unreadable.get(source),
    layouts: layouts.get(source) ?? [],
  }))
}

const NO_LINES: LineCounts = { lines: 0, records: 0, nodata: 0, skipdata: 0, headers: 0, quarantined: 0 }

/** Tells files of places that hold much from each other, by what their paths say. */
function placesOf(inputs: readonly PartInput[]): (file: LogFile) => string {
  const placeOf = ({ source, account, region }: PartInput): string =>
    JSON.stringify([account, region, source.slice(0, source.lastIndexOf('/')), DELIVERED.exec(source)?.[1]])
  const bytes = new Map<string, number>()
  for (const input of inputs) bytes.set(placeOf(input), (bytes.get(placeOf(input)) ?? 0) + input.bytes)
  const places = new Map(inputs.map(input => [input.source, placeOf(input)]))
  return ({ of }) => {
    const place = places.get(of.source) ?? ''
    return (bytes.get(place) ?? 0) >= WORTH_A_STATEMENT ? place : ''
  }
}

/** The day in the name that AWS gives to a file. */
const DELIVERED = /_vpcflowlogs_[^/]*_(\d{8})T\d{4}Z_[^/]*$/

/** A table of what is known of each file, by what `$path` may say of its rows. */
async function nameInputs(writer: DuckDBConnection, files: LogFiles, inputs: readonly PartInput[]): Promise<void> {
  await writer.run('CREATE OR REPLACE TABLE weir_inputs (path VARCHAR, object VARCHAR, account VARCHAR, region VARCHAR)')
  const by = new Map(inputs.map(input => [input.source, input]))
  const rows = [
    ...inputs.map(input => [input.source, input] as const),
    ...files.files.map(({ path, of }) => [path, by.get(of.source)] as const),
  ]
  const values = new Map(rows).entries()
  const texts = [...values].flatMap(([path, input]) =>
    input ? [`(${[path, input.source, input.account, input.region].map(textOrNull).join(', ')})`] : [],
  )
  for (let at = 0; at < texts.length; at += 1000)
    await writer.run(`INSERT INTO weir_inputs VALUES ${texts.slice(at, at + 1000).join(', ')}`)
}

const textOrNull = (text: string | undefined): string => (text === undefined ? 'NULL' : quoted(text))

/** Writes the rows of a group that belong to one partition; gives the SQL of those that are left. */
async function writeDivided(
  writer: DuckDBConnection,
  { group, name: of, sql, sieve }: GroupRows,
  { columns, number, inputs }: { columns: readonly Field[]; number: number; inputs: ReadonlyMap<string, PartInput> },
  options: WriteOptions,
): Promise<readonly string[]> {
  const { layout = [] } = group.reading
  const written = join(options.folder, `divided-${number}.parquet`)
  const present = new Set(layout.map(field => field.column))
  const keys = keyColumns(layout)
  const selected = [
    ...columns
      .filter(({ column }) => present.has(column) && !isPlace(column))
      .map(({ column }) => `${identifier(column)} AS ${identifier(storedName(column))}`),
    ...keys.map(({ column }) => column),
    '"$path" AS source_object',
  ]
  await writer.run(`COPY (SELECT ${selected.join(', ')} FROM (${sql})) TO ${quoted(written)} (${formatOf(options.metadata)})`)
  const { partition, kept } = sieve() ?? {}
  if (partition) {
    const from = inputs.get(group.files[0]?.of.source ?? '')
    const { account = from?.account, region = from?.region, day } = partition
    const folder = join(options.folder, 'records', partitionPath({ account, region, date: dateOfDay(day) }))
    await mkdir(folder, { recursive: true })
    await rename(written, join(folder, `divided-${number}.parquet`))
  } else await rm(written)
  if (!kept || kept.isEmpty) return []
  const name = `${of}_kept`
  registerRows(writer, {
    name,
    layout,
    keys,
    paths: group.files.map(({ of }) => of.source),
    takers: options.threads,
    signal: options.signal,
    begin: () => kept,
  })
  return [bulkRecordsOf(group.reading, columns, name, { keyed: true })]
}

/** Stands in the path of a part, not in it. */
const isPlace = (column: string): boolean => column === 'account_id' || column === 'region'

/** Writes rows of any partitions; where the records do not say their account and region, the paths of their files do. */
async function writeMixed(
  writer: DuckDBConnection,
  rows: readonly string[],
  columns: readonly Field[],
  files: LogFiles,
  options: WriteOptions,
): Promise<void> {
  if (rows.length === 0) return
  const present = new Set(files.files.flatMap(({ layout = [] }) => layout.map(field => field.column)))
  const kept = columns.filter(({ column }) => present.has(column) && !isPlace(column))
  const start = present.has('start') ? dateOf('r."start"') : 'NULL::DATE'
  await writer.run(`COPY (
    SELECT ${[...kept.map(({ column }) => `r.${identifier(column)} AS ${identifier(storedName(column))}`), 'r.src_key', 'r.dst_key', 'i.object AS source_object'].join(', ')},
      coalesce(r.account_id, i.account) AS account_id, coalesce(r.region, i.region) AS region, ${start} AS date
    FROM (${rows.join('\nUNION ALL\n')}) r LEFT JOIN weir_inputs i ON i.path = r."$path"
  ) TO ${quoted(join(options.folder, 'records'))} (${formatOf(options.metadata)}, PARTITION_BY (${PARTITION_COLUMNS.join(', ')}), OVERWRITE_OR_IGNORE true, FILENAME_PATTERN 'mixed-{uuid}')`)
}

/** Keeps the lines that are no records; none are kept in memory. */
async function writeQuarantine(aside: DuckDBConnection, reader: LogReader, folder: string): Promise<void> {
  await aside.run(
    'CREATE OR REPLACE TEMP TABLE weir_quarantine (source_object VARCHAR, line BIGINT, reason VARCHAR, text VARCHAR)',
  )
  let isEmpty = true
  for (const { source, firstLine, sql } of reader.quarantineSql()) {
    isEmpty = false
    await aside.run(`INSERT INTO weir_quarantine SELECT ${quoted(source)}, number + ${firstLine - 1}, reason, line FROM (${sql})`)
  }
  if (isEmpty) return
  await aside.run(
    `COPY (SELECT * FROM weir_quarantine) TO ${quoted(join(folder, QUARANTINE))} (FORMAT parquet, COMPRESSION zstd)`,
  )
}

/** Beside the records of a batch: its lines that are none. */
export const QUARANTINE = 'quarantine.parquet'

/** Tells how far the reading is, now and then. */
function watch(reader: LogReader, { onProgress }: WriteOptions): () => void {
  if (!onProgress) return () => undefined
  const total = reader.files.found.reduce((bytes, file) => bytes + file.bytes, 0)
  const timer = setInterval(() => onProgress({ done: Math.min(total, reader.bulkProgress.done), total }), 200)
  return () => {
    clearInterval(timer)
    onProgress({ done: total, total })
  }
}
