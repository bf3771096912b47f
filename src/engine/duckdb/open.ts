import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { layoutOfFields } from '../../format/index.js'
import { findFiles, type FoundFile, type UnreadableSource } from '../../source/index.js'
import type { TimeWindow } from '../engine.js'
import type { ReadingProgress } from '../input.js'
import type { LocationMap } from '../tables/index.js'
import type { AllowedConnections } from '../relations/index.js'
import { referenceOf } from '../relations/references.js'
import { warmUp } from './bulk/pool.js'
import { DuckdbEngine } from './engine.js'
import { withInstance } from './instance.js'
import { LogFiles } from './log-files.js'
import { LogSet } from './log-set.js'
import type { StoredParts } from './parts/stored.js'
import { writeReference, type ReferenceRow } from './reference-files.js'
import { openTempDir, removeTempDir } from './temp-dir.js'

export interface DuckdbOptions {
  /** Files, folders, globs, or `-` for stdin. */
  readonly sources: readonly string[]
  /** Files that were found otherwise, such as objects that were brought here. */
  readonly files?: readonly FoundFile[] | undefined
  /** Sources, or parts of them, that could not be brought here. */
  readonly unreadable?: readonly UnreadableSource[] | undefined
  /** Records of a lake. */
  readonly stored?: StoredParts | undefined
  /** The fields of logs without a header, as a person gives them. */
  readonly fields?: string | undefined
  readonly stdin?: Readable | undefined
  /** CIDRs and addresses that are ours. */
  readonly own?: readonly string[] | undefined
  /** What weir.yaml allows. */
  readonly allowed?: readonly AllowedConnections[] | undefined
  /** Rows of `listed_networks` beside those of files. */
  readonly lists?: AsyncIterable<ReferenceRow> | Iterable<ReferenceRow> | undefined
  /** Fixes `current_date` and its like. */
  readonly now?: Date | undefined
  /** Unix seconds: only records that start at `from` or later and before `to` are looked at. */
  readonly window?: Partial<TimeWindow> | undefined
  /** Bytes of resident memory for the process; 2 GB unless told. */
  readonly memory?: number | undefined
  /** One a core unless told. */
  readonly threads?: number | undefined
  /** Where what memory does not hold is put, in a folder that is removed at the end. */
  readonly tempDir?: string | undefined
  /** Whose `tables.sql` keeps the tables that people make. */
  readonly lake?: string | undefined
  /** The files of the tables beside the logs, by the names of src/engine/relations/references.ts: Parquet as `writeReference` makes it, or MMDB. */
  readonly references?: ReadonlyMap<string, string> | undefined
  readonly maps?: readonly LocationMap[] | undefined
  readonly onProgress?: ((progress: ReadingProgress) => void) | undefined
  /** Ends the reading of logs, whatever asked for it. */
  readonly signal?: AbortSignal | undefined
}

const DEFAULT_MEMORY = 2_000_000_000

/** Opens log files behind an engine. Files are looked at, and read only when something asks for their rows. */
export async function openDuckdb(options: DuckdbOptions): Promise<DuckdbEngine> {
  const tempDir = await openTempDir(options.tempDir)
  try {
    if (options.sources.length > 0 || (options.files ?? []).length > 0) warmUp(1)
    const instance = { memory: options.memory ?? DEFAULT_MEMORY, threads: options.threads ?? availableParallelism(), tempDir }
    const found = await findFiles(options.sources, { stdin: options.stdin ?? process.stdin, tempDir })
    const fields = options.fields === undefined ? undefined : layoutOfFields(options.fields)
    const files = await withInstance({ ...instance, threads: 1 }, connection =>
      LogFiles.open([...found.files, ...(options.files ?? [])], { connection, tempDir, fields }),
    )
    files.unreadable.push(...found.unreadable, ...(options.unreadable ?? []))
    const reading = { ...instance, onProgress: options.onProgress, signal: options.signal }
    const set = new LogSet(files, 'logs', reading, options.stored)
    const references = new Map(options.references)
    if (options.lists) references.set('lists', await writtenLists(options.lists, tempDir))
    return await DuckdbEngine.open({
      logs: set,
      instance: reading,
      own: options.own ?? [],
      now: options.now,
      window: options.window ?? {},
      references,
      allowed: options.allowed ?? [],
      rules: { maps: options.maps ?? [], sources: options.sources.filter(source => source !== '-') },
      lake: options.lake,
    })
  } catch (error) {
    await removeTempDir(tempDir)
    throw error
  }
}

async function writtenLists(rows: AsyncIterable<ReferenceRow> | Iterable<ReferenceRow>, folder: string): Promise<string> {
  const file = join(folder, 'lists.parquet')
  const definition = referenceOf('lists')
  if (definition) await writeReference(definition, file, rows)
  return file
}
