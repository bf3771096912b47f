import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { Field } from '../../format/index.js'
import { checkIntegrity } from '../../source/index.js'
import { BulkFeed } from './bulk/feed.js'
import { PartitionSieve } from './bulk/sieve.js'
import type { InputReport, LineCounts, QuarantinedLine } from '../input.js'
import { NO_LINES, sumOfLines } from '../input-sum.js'
import type { BatchSource, BulkFile, BulkOutcome } from './bulk/protocol.js'
import { MOST_READERS } from './instance.js'
import type { LogFile, LogFiles, FileGroup } from './log-files.js'
import { quoted } from './literal.js'
import { bulkRecordsOf, hashOf, linesOf, quarantinedOf, recordsOf, toldTexts } from './reading.js'
import { newTally, Tally, type FileTally } from './tally.js'

/** Messages of DuckDB that are about a file's bytes and not about a query. */
const ABOUT_BYTES = /CSV|gzip|zstd|decompress|unicode|Maximum line size|parquet/i

/** DuckDB writes all names of an ENUM into each row group of Parquet. */
const MOST_NAMED = 10_000

/** How the names of files begin that tell the texts of a group. */
const toldBy = (group: number): string => `texts-${group}-`

const MODULUS = 2 ** 32

export interface LogReaderOptions {
  /** Tells this reader's functions from another's in the same instance. */
  readonly prefix: string
  readonly threads: number
  /** Ends passes, those to come and the one under way. */
  readonly signal?: AbortSignal | undefined
  /**
   * For a lake: rows come with the keys of addresses, `$path` is the name of the source where files are read in bulk. Files are
   * grouped by what `groupBy` tells of them; where it tells something, their batches are divided by partition, and up to `mostKept`
   * bytes of them kept for later.
   */
  readonly lake?: { readonly groupBy: (file: LogFile) => string; readonly mostKept: number }
}

/** The rows of a group of files. */
export interface GroupRows {
  readonly group: FileGroup
  /** Of this group in this pass, and of no other in the instance. */
  readonly name: string
  readonly sql: string
  readonly isDivided: boolean
  /** What divides them, once the statement that reads them runs. */
  readonly sieve: () => PartitionSieve | undefined
}

/** The rows of log files as SQL, and the count of what went by when that SQL ran. */
export class LogReader {
  readonly #tally: Tally
  #groups: readonly FileGroup[] = []
  /** By group, where it is read in bulk. */
  #feeds = new Map<number, BulkFeed>()
  #passes = 0
  /** The folder that the last pass wrote to: then all rows were asked for. */
  #spool: string | undefined
  #isNumbered = false
  #linesTold = 0
  /** What the last pass has seen of each file. */
  #seen = new Map<LogFile, FileTally>()

  constructor(
    readonly files: LogFiles,
    private readonly options: LogReaderOptions,
  ) {
    this.#tally = new Tally(options.signal)
  }

  get columns(): readonly Field[] {
    return this.files.columns
  }

  /** Whether the last pass gave each row the number of its texts in place of these. */
  get isNumbered(): boolean {
    return this.#isNumbered
  }

  /**
   * Makes ready for one pass: registers what reads and counts, and gives the SQL of all rows. A pass has to read all of it to count all.
   * `spool`: the folder that the rows are to be written to as Parquet; where all files are read in bulk, they have the number of
   * their texts in place of these (`isNumbered`), and what the numbers stand for is there as well (`texts`).
   */
  begin(connection: DuckDBConnection, spool?: string): string {
    return this.beginEach(connection, spool)
      .map(({ sql }) => sql)
      .join('\nUNION ALL\n')
  }

  /** The same, group by group. */
  beginEach(connection: DuckDBConnection, spool?: string): readonly GroupRows[] {
    const { prefix, threads, signal, lake } = this.options
    this.#groups = this.files.groups(lake?.groupBy)
    const inBulk = this.#groups.filter(({ reading: { bulk, layout } }) => bulk && layout !== undefined)
    const numbered = inBulk.length > 0 && inBulk.length === this.#groups.length ? spool : undefined
    this.#spool = spool
    this.#isNumbered = numbered !== undefined
    this.#passes++
    this.#tally.reset(this.#groups.length)
    const nameOf = (group: number): string => `${prefix}_${this.#passes}_${group}`
    const bulks = lake ? 1 : this.#groups.filter(({ reading }) => reading.bulk).length
    const workers = Math.ceil(Math.min(threads, MOST_READERS) / Math.max(1, Math.min(threads, bulks)))
    const sieves = new Map<number, PartitionSieve>()
    const between = (group: number) => (batches: BatchSource) => {
      const sieve = new PartitionSieve(batches, lake?.mostKept ?? 0)
      sieves.set(group, sieve)
      return sieve
    }
    this.#feeds = new Map(
      this.#groups.flatMap(({ reading: { bulk, layout }, files }, i) => {
        if (!bulk || !layout) return []
        const name = nameOf(i)
        const options = { name, files: files.map(bulkFile), layout, workers, takers: threads, signal }
        const isDivided = files.some(file => lake?.groupBy(file) !== '')
        const feed = lake
          ? new BulkFeed({
              ...options,
              paths: files.map(({ of }) => of.source),
              keyed: true,
              ...(isDivided ? { between: between(i), enumerated: true } : {}),
            })
          : new BulkFeed({
              ...options,
              paths: files.map(({ path }) => path),
              keyed: false,
              enumerated: spool !== undefined && files.length <= MOST_NAMED,
              numbers:
                numbered === undefined ? undefined : { first: i, step: this.#groups.length, told: join(numbered, toldBy(i)) },
            })
        return [[i, feed]]
      }),
    )
    for (const feed of this.#feeds.values()) feed.register(connection)
    this.#tally.register(
      connection,
      this.#groups.map((_, i) => (this.#feeds.has(i) ? undefined : nameOf(i))),
    )
    return this.#groups.map((group, i) => {
      const paths = group.files.map(file => file.path)
      const sql = this.#feeds.has(i)
        ? bulkRecordsOf(group.reading, this.columns, nameOf(i), { keyed: lake !== undefined, numbered: this.#isNumbered })
        : recordsOf(group.reading, paths, this.columns, nameOf(i), lake !== undefined)
      const isDivided = this.#feeds.has(i) && group.files.some(file => lake?.groupBy(file) !== '')
      return { group, name: nameOf(i), sql, isDivided, sieve: () => sieves.get(i) }
    })
  }

  /** How many texts the last pass told. */
  get linesTold(): number {
    return this.#linesTold
  }

  /** Texts by their number, as the last pass into that folder told them. */
  async texts(spool: string, columns: readonly Field[]): Promise<string> {
    const names = await readdir(spool)
    const told = this.#groups.flatMap(({ reading }, i) => {
      const paths = names.filter(name => name.startsWith(toldBy(i))).map(name => join(spool, name))
      return paths.length === 0 ? [] : [toldTexts(reading, paths, columns)]
    })
    return told.join('\nUNION ALL\n')
  }

  /**
   * Runs a pass, and again after rewriting the files that turned out to need it, until the count of bytes shows that every file was
   * read whole or to the place of its damage. `aside` reads files without the counters. A run that was broken off on purpose, as
   * `isWhole` tells of its value, is let be.
   */
  async pass<T>(aside: DuckDBConnection, run: () => Promise<T>, isWhole: (value: T) => boolean = () => true): Promise<T> {
    return onePassAtATime(() => this.#rounds(aside, run, isWhole))
  }

  async #rounds<T>(aside: DuckDBConnection, run: () => Promise<T>, isWhole: (value: T) => boolean): Promise<T> {
    // Each round ends it, or has a file read line by line or rewritten that was not before.
    for (;;) {
      this.options.signal?.throwIfAborted()
      const outcome = await attempt(run)
      if (outcome.kind === 'failed' || !isWhole(outcome.value)) {
        await Promise.all([...this.#feeds.values()].map(feed => feed.stop()))
        if (outcome.kind === 'done') return outcome.value
        if (!ABOUT_BYTES.test(outcome.message)) throw outcome.error
      } else if (await this.#slowedDown(aside)) continue
      const broken = outcome.kind === 'failed' ? await this.#culprits(aside, outcome.message) : await this.#misread(aside)
      if (broken.length === 0) {
        if (outcome.kind === 'failed') throw outcome.error
        return outcome.value
      }
      await this.files.rewrite(broken)
    }
  }

  /** Has files that turned out not to be clean read line by line; whether there were any. */
  async #slowedDown(aside: DuckDBConnection): Promise<boolean> {
    let slowed = false
    this.#seen = new Map()
    this.#linesTold = 0
    for (const [i, feed] of this.#feeds) {
      const files = this.#groups[i]?.files ?? []
      const outcomes = await this.#outcomes(feed, aside)
      const clean = new Set(outcomes.filter(({ clean }) => clean).map(({ file }) => file))
      const odd = files.filter((_, file) => !clean.has(file))
      if (odd.length > 0) this.files.slowDown(odd)
      slowed ||= odd.length > 0
      for (const { file, records, nodata, skipdata, headers, told } of outcomes) {
        this.#linesTold += told
        const of = files[file]
        const { classes, bytes } = newTally()
        if (of) this.#seen.set(of, { classes: { ...classes, record: records, nodata, skipdata, header: headers }, bytes })
      }
    }
    return slowed
  }

  /**
   * What a pass has seen in files that are read in bulk; a query that wanted no rows has not asked for them, so that is done here. Of a pass
   * into the spool that lacks the outcome of a file, no row is good.
   */
  async #outcomes(feed: BulkFeed, aside: DuckDBConnection): Promise<readonly BulkOutcome[]> {
    if (this.#spool === undefined && !(await feed.isRead())) {
      feed.register(aside)
      await aside.run(`SELECT count(*) FROM ${feed.name}()`)
    }
    return feed.outcomes()
  }

  /** Files that the last pass shows to need rewriting: other headers in them, or fewer bytes than they hold. */
  async #misread(aside: DuckDBConnection): Promise<LogFile[]> {
    const broken: LogFile[] = []
    for (const [i, { reading, files }] of this.#groups.entries()) {
      if (reading.bulk) continue
      const hashes = await hashesOf(aside, files)
      for (const file of files) {
        const tally = this.#tally.groups[i]?.get(hashes.get(file.path) ?? -1n) ?? newTally()
        this.#seen.set(file, tally)
        if (reading.form === 'parquet') continue
        if (tally.classes.misread > 0 || !(await this.#isWhole(file, tally.bytes + linesIn(tally) * reading.lineEnd)))
          broken.push(file)
      }
    }
    return broken
  }

  /** Whether DuckDB gave all bytes of a file; where the file states another size than it has, that is noted. */
  async #isWhole(file: LogFile, bytes: number): Promise<boolean> {
    if (addsUp(file, bytes)) return true
    const integrity = await checkIntegrity(file.path, file.compression)
    if (!integrity.whole || !addsUp({ ...file, textBytes: integrity.bytes }, bytes)) return false
    this.files.trust(file, bytes)
    return true
  }

  /** The files that an error of DuckDB is about: those that it names, else those that fail alone as well. */
  async #culprits(aside: DuckDBConnection, message: string): Promise<LogFile[]> {
    const named = this.files.files.filter(file => message.includes(file.path))
    if (named.length > 0) return named
    const broken: LogFile[] = []
    for (const file of this.files.files) {
      const whole =
        file.form === 'parquet'
          ? `SELECT bit_xor(hash(cells)) FROM read_parquet([${quoted(file.path)}]) AS cells`
          : `SELECT count(line), sum(strlen(line)) FROM ${linesOf([file.path], file.compression)}`
      if ((await attempt(() => aside.run(whole))).kind === 'failed') broken.push(file)
    }
    return broken
  }

  /** Whether DuckDB reads some of the files itself: of these `bulkProgress` knows nothing. */
  get leavesSome(): boolean {
    return this.files.files.some(({ bulk }) => !bulk)
  }

  /** Bytes of the files that are read in bulk: of how many so far, and of all. */
  get bulkProgress(): { readonly done: number; readonly total: number } {
    const groups = [...this.#feeds].map(([i, feed]) => {
      const total = (this.#groups[i]?.files ?? []).reduce((bytes, file) => bytes + file.of.bytes, 0)
      return { total, done: Math.min(total, feed.read * 1024) }
    })
    return groups.reduce((sum, { done, total }) => ({ done: sum.done + done, total: sum.total + total }), { done: 0, total: 0 })
  }

  /** What the last pass has seen, by the name of its source; lines are those that are not blank. */
  counts(): ReadonlyMap<string, LineCounts> {
    const counts = new Map(this.files.found.map(({ source }) => [source, noLines()]))
    for (const [source, controls] of this.files.controls) addLines(counts, source, { ...newTally().classes, header: controls })
    for (const [file, { classes }] of this.#seen) addLines(counts, file.of.source, classes)
    return counts
  }

  /** Counts of the last pass. */
  report(): InputReport {
    const { files } = this
    const counts = sumOfLines(this.counts().values())
    const unreadable = new Set(files.unreadable.map(({ source }) => source))
    const found = files.found.filter(({ source }) => !unreadable.has(source))
    const present = files.groups().map(({ reading }) => new Set(reading.layout?.map(field => field.column)))
    const columns = this.columns.map(field => field.column)
    const inSome = columns.filter(column => present.some(layout => layout.has(column)))
    const inAll = inSome.filter(column => present.every(layout => layout.has(column)))
    return {
      sources: found.map(file => file.source),
      ...counts,
      bytes: found.reduce((total, file) => total + file.bytes, 0),
      fields: inAll,
      partialFields: inSome.filter(column => !inAll.includes(column)),
      damaged: files.damaged,
      unreadable: files.unreadable,
      aside: files.aside,
    }
  }

  /** What gives the lines of each file that the last pass found to be no records; `sql` needs a connection that keeps the order of lines. */
  *quarantineSql(): Generator<{ readonly source: string; readonly firstLine: number; readonly sql: string }> {
    for (const { reading, files } of this.#groups) {
      for (const file of files) {
        if ((this.#seen.get(file)?.classes.quarantined ?? 0) === 0) continue
        yield { source: file.of.source, firstLine: file.firstLine, sql: quarantinedOf(reading, file.path) }
      }
    }
  }

  /** The lines of the last pass that are no records, file by file. `ordered` must keep the order of lines. */
  async *quarantined(ordered: DuckDBConnection): AsyncGenerator<QuarantinedLine> {
    for (const { source, firstLine, sql } of this.quarantineSql()) {
      const rows = await ordered.stream(sql)
      for await (const batch of rows.yieldRows()) {
        for (const [number, reason, text] of batch) {
          yield { source, line: Number(number) + firstLine - 1, reason: String(reason), text: String(text) }
        }
      }
    }
  }
}

type Counts = { -readonly [Name in keyof LineCounts]: LineCounts[Name] }

const noLines = (): Counts => ({ ...NO_LINES })

function addLines(counts: Map<string, Counts>, source: string, classes: FileTally['classes']): void {
  const of = counts.get(source) ?? noLines()
  counts.set(source, of)
  of.records += classes.record
  of.nodata += classes.nodata
  of.skipdata += classes.skipdata
  of.headers += classes.header
  of.quarantined += classes.quarantined
  of.lines += classes.record + classes.nodata + classes.skipdata + classes.header + classes.quarantined
}

const linesIn = ({ classes }: FileTally): number => Object.values(classes).reduce((total, count) => total + count, 0)

/** Whether lines of so many bytes, their ends counted in, fill a file: the last line may lack its end. */
function addsUp({ textBytes, lineEnd }: LogFile, bytes: number): boolean {
  if (textBytes === undefined) return true
  const rest = (((bytes - textBytes) % MODULUS) + MODULUS) % MODULUS
  return rest <= lineEnd
}

type Attempt<T> =
  { readonly kind: 'done'; readonly value: T } | { readonly kind: 'failed'; readonly error: unknown; readonly message: string }

async function attempt<T>(run: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { kind: 'done', value: await run() }
  } catch (error) {
    return { kind: 'failed', error, message: error instanceof Error ? error.message : String(error) }
  }
}

async function hashesOf(connection: DuckDBConnection, files: readonly LogFile[]): Promise<Map<string, bigint>> {
  const paths = files.map(file => quoted(file.path)).join(', ')
  const result = await connection.runAndReadAll(`SELECT path, ${hashOf('path')} FROM (SELECT unnest([${paths}]) AS path)`)
  return new Map(result.getRows().map(([path, hash]) => [String(path), BigInt(String(hash))]))
}

const bulkFile = ({ path, compression, header }: LogFile): BulkFile => ({ path, compression, header })

let underWay: Promise<unknown> = Promise.resolve()

/** A pass keeps all cores busy, and threads of Node's pool waiting for others of it: two at once could leave none. */
function onePassAtATime<T>(pass: () => Promise<T>): Promise<T> {
  const turn = underWay.then(pass, pass)
  underWay = turn.catch(() => undefined)
  return turn
}
