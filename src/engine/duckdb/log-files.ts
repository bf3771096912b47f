import { randomUUID } from 'node:crypto'
import { mkdtemp, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import {
  canReadRecords,
  headerOf,
  layoutOfHeader,
  layoutOfNames,
  tokenFits,
  tokensOf,
  type Field,
  type Layout,
} from '../../format/index.js'
import {
  checkIntegrity,
  look,
  OCSF_LAYOUT,
  placeOf,
  rewrite,
  type Compression,
  type FoundFile,
  type Look,
  type Place,
  type Wrapping,
} from '../../source/index.js'
import type { DamagedSource } from '../input.js'
import { recordColumns } from './columns.js'
import { identifier, quoted } from './literal.js'
import { ocsfCells } from './ocsf-parquet.js'
import type { GroupForm, ReadGroup } from './reading.js'

/** A file that an engine reads as it is: one that was found, or a segment of one that had to be rewritten. */
export interface LogFile {
  readonly path: string
  /** The file that was found. */
  readonly of: FoundFile
  readonly firstLine: number
  readonly form: GroupForm
  readonly compression: Compression
  /** It was written by us, out of what could not be read as it was. */
  readonly rewritten: boolean
  readonly layout: Layout | undefined
  /** Parquet: the SQL of each field as text, in the order of the layout. */
  readonly cells: readonly string[]
  /** Parquet: the types of its columns; files that differ in them are not read together. */
  readonly types: readonly string[]
  readonly milliseconds: boolean
  readonly lineEnd: 1 | 2
  /** Undefined where the file does not say and is known to be whole: it was read to its end, or written by us. */
  readonly textBytes: number | undefined
  /** Read by `bulk/`, as long as nothing in it is odd. */
  readonly bulk: boolean
  /** The header that it begins with, as it stands there. */
  readonly header: string | undefined
  /** What its path says of its records, where their layout does not. */
  readonly place: Place
}

/** A file that was looked at. */
type SeenFile = Omit<LogFile, 'place'>

export interface FileGroup {
  readonly reading: ReadGroup
  readonly files: readonly LogFile[]
}

const DAMAGED_PARQUET = 'the Parquet file is damaged'

/** Files of one or more sources, looked at and put into groups that are read alike. */
export class LogFiles {
  #files: LogFile[] = []
  readonly damaged: DamagedSource[] = []
  readonly unreadable: { source: string; reason: string }[] = []
  readonly aside: string[] = []
  /** The files that were found and are logs, whether or not a line of them could be read. */
  readonly found: FoundFile[] = []
  /** Control messages of JSON wrappings, by the name of its source. */
  readonly controls = new Map<string, number>()

  private constructor(
    private readonly connection: DuckDBConnection,
    private readonly tempDir: string,
    private readonly fields: Layout | undefined,
    private readonly fieldsMayDiffer: boolean,
  ) {}

  /**
   * Looks at every file once. `fields` is the layout of those without a header; where it may differ, as the columns of a person's
   * table do, it gives way to the layout that a file is seen to have.
   */
  static async open(
    found: readonly FoundFile[],
    options: { connection: DuckDBConnection; tempDir: string; fields?: Layout | undefined; fieldsMayDiffer?: boolean },
  ): Promise<LogFiles> {
    const files = new LogFiles(options.connection, options.tempDir, options.fields, options.fieldsMayDiffer ?? false)
    for (let at = 0; at < found.length; at += LOOKED_AT_ONCE) {
      const some = found.slice(at, at + LOOKED_AT_ONCE)
      const looks = await Promise.allSettled(some.map(file => files.#seen(file)))
      for (const [i, look] of looks.entries()) {
        const file = some[i]
        if (!file) continue
        const path = GLOB.test(file.path)
          ? await linked(file.path, join(options.tempDir, `linked-${randomUUID()}-${at + i}`))
          : file.path
        const looked = await files.#looked({ ...file, path }, look)
        files.#files.push(...looked.map(seen => placed({ ...seen, of: file })))
      }
    }
    return files
  }

  get files(): readonly LogFile[] {
    return this.#files
  }

  /** In an order that does not hang on the order in which the sources are named. */
  get columns(): readonly Field[] {
    const sorted = this.#files.toSorted((a, b) =>
      a.of.path < b.of.path ? -1 : a.of.path > b.of.path ? 1 : a.firstLine - b.firstLine,
    )
    return recordColumns(sorted.map(file => file.layout))
  }

  /** Files that are read alike and that `by` tells nothing different of. */
  groups(by: (file: LogFile) => string = () => ''): readonly FileGroup[] {
    const groups = new Map<string, LogFile[]>()
    for (const file of this.#files) {
      const layout = file.layout && headerOf(file.layout)
      const key = JSON.stringify([
        by(file),
        file.place,
        file.form,
        file.compression,
        layout,
        file.cells,
        file.types,
        file.milliseconds,
        file.lineEnd,
        file.rewritten,
        file.textBytes === undefined,
        file.bulk,
      ])
      groups.set(key, [...(groups.get(key) ?? []), file])
    }
    return [...groups.values()].flatMap(files => (files[0] ? [{ reading: files[0], files }] : []))
  }

  /** Rewrites files that cannot be read as they are; what they were is replaced. Of broken Parquet nothing can be used. */
  async rewrite(files: readonly LogFile[]): Promise<void> {
    for (const file of files) {
      if (file.form === 'parquet') {
        this.#leaveOut(file, DAMAGED_PARQUET)
        continue
      }
      if (file.rewritten) {
        this.#leaveOut(file, 'it cannot be read, not even after rewriting')
        continue
      }
      const written = await this.#rewritten(file.of, wrappingOf(file))
      this.#files = this.#files.flatMap(other => (other.of !== file.of ? [other] : other === file ? written.map(placed) : []))
    }
  }

  /** Has files read line by line from now on. */
  slowDown(files: readonly LogFile[]): void {
    this.#files = this.#files.map(file => (files.includes(file) ? { ...file, bulk: false } : file))
  }

  /** Notes that a file was read to its end and found whole, whatever size it states. */
  trust(file: LogFile, textBytes: number): void {
    this.#files = this.#files.map(other => (other === file ? { ...file, textBytes } : other))
  }

  #leaveOut(file: LogFile, reason: string): void {
    this.#files = this.#files.filter(other => other !== file)
    this.unreadable.push({ source: file.of.source, reason })
  }

  async #looked(file: FoundFile, look: PromiseSettledResult<Look>): Promise<SeenFile[]> {
    try {
      if (look.status === 'rejected') throw look.reason
      const seen = look.value
      if (seen.kind !== 'labels') this.found.push(file)
      if (seen.kind === 'lines') return await this.#lines(file, seen)
      if (seen.kind === 'parquet') return await this.#parquet(file)
      if (seen.kind === 'wrapped') return await this.#rewritten(file, seen)
      if (seen.kind === 'labels') this.aside.push(file.source)
      else return [emptyFile(file)]
    } catch (error) {
      this.unreadable.push({ source: file.source, reason: reasonOfFailure(error) })
    }
    return []
  }

  async #seen(file: FoundFile): Promise<Look> {
    const seen = await look(file, this.fields)
    if (!this.fieldsMayDiffer || seen.kind !== 'lines' || seen.layout !== this.fields) return seen
    const tokens = tokensOf(seen.firstLine)
    const fits = tokens.length === seen.layout?.length && seen.layout.every((field, i) => tokenFits(tokens[i] ?? '', field))
    const recognised = fits ? undefined : await look(file)
    return recognised?.kind === 'lines' && recognised.layout ? recognised : seen
  }

  async #lines(file: FoundFile, seen: Extract<Look, { kind: 'lines' }>): Promise<SeenFile[]> {
    if (seen.textBytes === undefined && seen.compression !== 'none') {
      const integrity = await checkIntegrity(file.path, seen.compression)
      if (!integrity.whole) return this.#rewritten(file, wrappingOf(seen))
    }
    const about = { path: file.path, of: file, firstLine: 1, cells: [], types: [], rewritten: false }
    const header = layoutOfHeader(seen.firstLine) ? seen.firstLine : undefined
    return [{ ...seen, ...about, header, bulk: isForBulk(seen) }]
  }

  async #rewritten(file: FoundFile, wrapping: Wrapping): Promise<SeenFile[]> {
    const folder = await mkdtemp(join(this.tempDir, 'rewritten-'))
    const result = await rewrite(file, wrapping, folder)
    if (result.controls > 0) this.controls.set(file.source, result.controls)
    if (result.damage !== undefined) this.damaged.push({ source: file.source, message: result.damage })
    const files: SeenFile[] = []
    let before: Layout | undefined = this.fields
    for (const segment of result.segments) {
      const about = { path: segment.path, source: file.source, bytes: 0 }
      const seen = await look(about, segment.layout ?? before, wrapping.json ? 'unwrapped' : 'lines')
      if (seen.kind !== 'lines') continue
      before = seen.layout
      const { path, firstLine } = segment
      files.push({
        ...seen,
        path,
        of: file,
        firstLine,
        cells: [],
        types: [],
        rewritten: true,
        bulk: false,
        header: undefined,
        textBytes: undefined,
      })
    }
    return files
  }

  async #parquet(file: FoundFile): Promise<SeenFile[]> {
    const result = await this.connection
      .runAndReadAll(`SELECT * FROM read_parquet(${quoted(file.path)}, hive_partitioning=false) LIMIT 0`)
      .catch(() => undefined)
    if (!result) throw new Error(DAMAGED_PARQUET)
    const [names, types] = [result.columnNames(), result.columnTypes()]
    const layout = layoutOfNames(names.map(name => name.replaceAll('_', '-')))
    const cells = layout ? names.map(name => `${identifier(name)}::VARCHAR`) : ocsfCells(names, types)
    if (!cells) {
      this.unreadable.push({
        source: file.source,
        reason: `a Parquet file whose columns are no flow-log fields: ${names.slice(0, 8).join(', ')}`,
      })
      return []
    }
    return [{ ...emptyFile(file), form: 'parquet', layout: layout ?? OCSF_LAYOUT, cells, types: types.map(String) }]
  }
}

/** How lines are rewritten: JSON among them may wrap more than a message. */
const wrappingOf = ({ compression, form }: { compression: Compression; form: GroupForm }): Wrapping => ({
  compression,
  json: form === 'json' ? 'lines' : undefined,
})

/** Threads of libuv's pool: a statement holds one as long as it runs, and what it waits for needs another. */
const POOL_THREADS = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4)

/** Whether a file looks like plain records, LF at their ends, times in seconds. */
const isForBulk = ({ form, compression, layout, lineEnd, milliseconds }: Extract<Look, { kind: 'lines' }>): boolean =>
  POOL_THREADS > 1 &&
  form === 'plain' &&
  compression !== 'zstd' &&
  lineEnd === 1 &&
  !milliseconds &&
  layout !== undefined &&
  canReadRecords(layout)

/** Heads of files that are held at once: to read and inflate them is the work of other threads. */
const LOOKED_AT_ONCE = 16

/** What DuckDB takes for a pattern in a file's name. */
const GLOB = /[*?[\]{}]/

/** Another name for a file whose own DuckDB would take for a pattern. */
async function linked(path: string, link: string): Promise<string> {
  await symlink(path, link)
  return link
}

/** What the layout of a file leaves to its path; the name that a person gives it may tell more than where it lies. */
function placed(file: SeenFile): LogFile {
  const lacks = (name: string): boolean => !file.layout?.some(field => field.name === name)
  const [named, lies] = [placeOf(file.of.source), placeOf(file.of.path)]
  const account = lacks('account-id') ? (named.account ?? lies.account) : undefined
  const region = lacks('region') ? (named.region ?? lies.region) : undefined
  return { ...file, place: { account, region } }
}

const emptyFile = (file: FoundFile): SeenFile => ({
  path: file.path,
  of: file,
  firstLine: 1,
  form: 'plain',
  compression: 'none',
  rewritten: false,
  layout: undefined,
  cells: [],
  types: [],
  milliseconds: false,
  lineEnd: 1,
  textBytes: undefined,
  bulk: false,
  header: undefined,
})

const reasonOfFailure = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read it'
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
}
