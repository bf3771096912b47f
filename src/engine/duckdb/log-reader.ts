import type { DuckDBConnection } from '@duckdb/node-api'
import type { Field } from '../../format/index.js'
import { checkIntegrity } from '../../source/index.js'
import { BulkFeed } from './bulk/feed.js'
import type { InputReport, QuarantinedLine } from '../input.js'
import type { BulkFile, BulkOutcome } from './bulk/protocol.js'
import { MOST_READERS } from './instance.js'
import type { LogFile, LogFiles, FileGroup } from './log-files.js'
import { quoted } from './literal.js'
import { bulkRecordsOf, hashOf, linesOf, quarantinedOf, recordsOf } from './reading.js'
import { Tally, type GroupTally } from './tally.js'

/** Messages of DuckDB that are about a file's bytes and not about a query. */
const ABOUT_BYTES = /CSV|gzip|zstd|decompress|unicode|Maximum line size|parquet/i

const MODULUS = 2 ** 32

/** The rows of log files as SQL, and the count of what went by when that SQL ran. */
export class LogReader {
  readonly #tally: Tally
  #groups: readonly FileGroup[] = []
  /** By group, where it is read in bulk. */
  #feeds = new Map<number, BulkFeed>()
  #passes = 0

  /** `prefix` tells this reader's functions from another's in the same instance. */
  constructor(
    readonly files: LogFiles,
    private readonly prefix: string,
    private readonly threads: number,
    /** Ends passes, those to come and the one under way. */
    private readonly signal?: AbortSignal,
  ) {
    this.#tally = new Tally(signal)
  }

  get columns(): readonly Field[] {
    return this.files.columns
  }

  /** Makes ready for one pass: registers what reads and counts, and gives the SQL of all rows. A pass has to read all of it to count all. */
  begin(connection: DuckDBConnection): string {
    this.#groups = this.files.groups
    this.#passes++
    this.#tally.reset(this.#groups.length)
    const nameOf = (group: number): string => `${this.prefix}_${this.#passes}_${group}`
    const bulks = this.#groups.filter(({ reading }) => reading.bulk).length
    const workers = Math.ceil(Math.min(this.threads, MOST_READERS) / Math.max(1, Math.min(this.threads, bulks)))
    this.#feeds = new Map(
      this.#groups.flatMap(({ reading: { bulk, layout }, files }, i) =>
        bulk && layout
          ? [[i, new BulkFeed(nameOf(i), files.map(bulkFile), layout, { workers, takers: this.threads }, this.signal)]]
          : [],
      ),
    )
    for (const feed of this.#feeds.values()) feed.register(connection)
    this.#tally.register(
      connection,
      this.#groups.map((_, i) => (this.#feeds.has(i) ? undefined : nameOf(i))),
    )
    return this.#groups
      .map(({ reading, files }, i) =>
        this.#feeds.has(i)
          ? bulkRecordsOf(reading, this.columns, nameOf(i))
          : recordsOf(
              reading,
              files.map(file => file.path),
              this.columns,
              nameOf(i),
            ),
      )
      .join('\nUNION ALL\n')
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
      this.signal?.throwIfAborted()
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
    for (const [i, feed] of this.#feeds) {
      const outcomes = await this.#outcomes(feed, aside)
      const clean = new Set(outcomes.filter(({ clean }) => clean).map(({ file }) => file))
      const odd = (this.#groups[i]?.files ?? []).filter((_, file) => !clean.has(file))
      if (odd.length > 0) this.files.slowDown(odd)
      slowed ||= odd.length > 0
      for (const { records, nodata, skipdata, headers } of outcomes)
        this.#tally.add(i, { record: records, nodata, skipdata, header: headers })
    }
    return slowed
  }

  /** What a pass has seen in files that are read in bulk; a query that wanted no rows has not asked for them, so that is done here. */
  async #outcomes(feed: BulkFeed, aside: DuckDBConnection): Promise<readonly BulkOutcome[]> {
    if (!(await feed.isRead())) {
      feed.register(aside)
      await aside.run(`SELECT count(*) FROM ${feed.name}()`)
    }
    return feed.outcomes()
  }

  /** Files that the last pass shows to need rewriting: other headers in them, or fewer bytes than they hold. */
  async #misread(aside: DuckDBConnection): Promise<LogFile[]> {
    const broken: LogFile[] = []
    for (const [i, group] of this.#groups.entries()) {
      const tally = this.#tally.groups[i]
      if (!tally || group.reading.form === 'parquet' || group.reading.bulk) continue
      if (tally.misread.size > 0) {
        const hashes = await hashesOf(aside, group.files)
        broken.push(...group.files.filter(file => tally.misread.has(hashes.get(file.path) ?? -1n)))
      } else if (!addsUp(group.files, tally.bytes + linesIn(tally) * group.reading.lineEnd)) {
        broken.push(...(await this.#short(aside, group)))
      }
    }
    return broken
  }

  /** Of a group whose bytes do not add up: the files that are damaged, or of which DuckDB gave less than there is. The others are noted as whole. */
  async #short(aside: DuckDBConnection, group: FileGroup): Promise<LogFile[]> {
    const paths = group.files.map(file => file.path)
    const sums = await aside.runAndReadAll(
      `SELECT weir_path, (coalesce(sum(strlen(line)), 0) + count(*) * ${group.reading.lineEnd})::DOUBLE FROM ${linesOf(paths, group.reading.compression)} GROUP BY weir_path`,
    )
    const read = new Map(sums.getRows().map(([path, bytes]) => [String(path), Number(bytes)]))
    const damaged: LogFile[] = []
    for (const file of group.files) {
      const bytes = read.get(file.path) ?? 0
      if (addsUp([file], bytes)) continue
      const integrity = await checkIntegrity(file.path, file.compression)
      if (integrity.whole && addsUp([{ ...file, textBytes: integrity.bytes }], bytes)) this.files.trust(file, bytes)
      else damaged.push(file)
    }
    return damaged
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

  /** Bytes of the files that are read in bulk: of how many so far, and of all. */
  get bulkProgress(): { readonly done: number; readonly total: number } {
    const groups = [...this.#feeds].map(([i, feed]) => {
      const total = (this.#groups[i]?.files ?? []).reduce((bytes, file) => bytes + file.of.bytes, 0)
      return { total, done: Math.min(total, feed.read * 1024) }
    })
    return groups.reduce((sum, { done, total }) => ({ done: sum.done + done, total: sum.total + total }), { done: 0, total: 0 })
  }

  /** Counts of the last pass. */
  report(): InputReport {
    const { files } = this
    const sum = (count: (classes: GroupTally['classes']) => number): number =>
      this.#tally.groups.reduce((total, { classes }) => total + count(classes), 0)
    const headers = sum(classes => classes.header) + files.controls
    const counts = {
      records: sum(classes => classes.record),
      nodata: sum(classes => classes.nodata),
      skipdata: sum(classes => classes.skipdata),
      headers,
      quarantined: sum(classes => classes.quarantined),
    }
    const unreadable = new Set(files.unreadable.map(({ source }) => source))
    const found = files.found.filter(({ source }) => !unreadable.has(source))
    const present = files.groups.map(({ reading }) => new Set(reading.layout?.map(field => field.column)))
    const columns = this.columns.map(field => field.column)
    const inSome = columns.filter(column => present.some(layout => layout.has(column)))
    const inAll = inSome.filter(column => present.every(layout => layout.has(column)))
    return {
      sources: found.map(file => file.source),
      lines: counts.records + counts.nodata + counts.skipdata + headers + counts.quarantined,
      ...counts,
      bytes: found.reduce((total, file) => total + file.bytes, 0),
      fields: inAll,
      partialFields: inSome.filter(column => !inAll.includes(column)),
      damaged: files.damaged,
      unreadable: files.unreadable,
      aside: files.aside,
    }
  }

  /** The lines of the last pass that are no records, file by file. `ordered` must keep the order of lines. */
  async *quarantined(ordered: DuckDBConnection): AsyncGenerator<QuarantinedLine> {
    for (const [i, group] of this.#groups.entries()) {
      const found = this.#tally.groups[i]?.quarantined
      if (!found || found.size === 0) continue
      const hashes = await hashesOf(ordered, group.files)
      for (const file of group.files) {
        if (!found.has(hashes.get(file.path) ?? -1n)) continue
        const rows = await ordered.stream(quarantinedOf(group.reading, file.path))
        for await (const batch of rows.yieldRows()) {
          for (const [number, reason, text] of batch) {
            yield {
              source: file.of.source,
              line: Number(number) + file.firstLine - 1,
              reason: String(reason),
              text: String(text),
            }
          }
        }
      }
    }
  }
}

const linesIn = ({ classes }: GroupTally): number => Object.values(classes).reduce((total, count) => total + count, 0)

/** Whether lines of so many bytes, their ends counted in, fill the files: the last line of each may lack its end. */
function addsUp(files: readonly LogFile[], bytes: number): boolean {
  let missing = bytes
  let ends = 0
  for (const file of files) {
    if (file.textBytes === undefined) return true
    missing -= file.textBytes
    ends += file.lineEnd
  }
  const rest = ((missing % MODULUS) + MODULUS) % MODULUS
  return rest <= ends
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
