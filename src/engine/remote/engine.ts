import type { Engine, QueryOptions, Result, TimeWindow } from '../engine.js'
import { rowsOf } from '../engine.js'
import type { InputReport } from '../input.js'
import { recordsOfPairs } from '../pairs.js'
import type { Column, Relation } from '../relation.js'
import type { AllowedConnections } from '../relations/index.js'
import { Fault } from '../../fault/index.js'
import type { Translation } from '../sql/index.js'
import type { RemoteConnection } from './connection.js'
import { remoteInput } from './input.js'
import { RemoteRelations } from './relations.js'
import { RunTables, type TableStore } from './run-tables.js'
import { STORED, storedRecords, type StoredRecords } from './stored.js'

export interface RemoteOptions {
  readonly connection: RemoteConnection
  readonly store: TableStore
  /** The schema of Trino, the database of Athena. */
  readonly schema: string
  /** Only records that start in it are rows of Weir's relations, and only their partitions are read. */
  readonly window?: Partial<TimeWindow>
  /** CIDRs and addresses that are ours. */
  readonly own?: readonly string[]
  /** What weir.yaml allows. */
  readonly allowed?: readonly AllowedConnections[]
  readonly now?: Date | undefined
  readonly signal?: AbortSignal | undefined
  /** Called before each statement; what it throws keeps that from being started. */
  readonly allow?: (reading: Reading) => Promise<void>
  /** Called where a table that a run has left cannot be dropped. */
  readonly onLeft?: (table: string, error: unknown) => Promise<void>
}

/** A statement that is to be run. */
export interface Reading {
  /** Where it reads the logs themselves; left out where it reads what this run has made of them. */
  readonly logs?: string
  /** Bytes that the run has read so far. */
  readonly spent: number
}

/** Weir's relations where the data is: a server answers, and what comes back is what was asked for. */
export class RemoteEngine implements Engine {
  readonly name: 'trino' | 'athena'
  readonly #scans: number[] = []
  readonly #making = new Map<string, Promise<void>>()
  #narrowed = 0

  private constructor(
    private readonly options: RemoteOptions,
    private readonly known: RemoteRelations,
    private readonly run: RunTables,
    private readonly stored: StoredRecords,
  ) {
    this.name = options.connection.name
  }

  /** Looks what stands in the schema, and drops what runs have left there that are no more. The connection ends with the engine. */
  static async open(options: RemoteOptions): Promise<RemoteEngine> {
    try {
      return await RemoteEngine.#over(options)
    } catch (error) {
      await options.connection.close()
      throw error
    }
  }

  static async #over(options: RemoteOptions): Promise<RemoteEngine> {
    const { connection, store, schema, window = {}, own = [], allowed = [], now = new Date() } = options
    const stored = await storedRecords(connection, schema)
    const known = new RemoteRelations({ stored, window, own, allowed, now })
    const tables = new RunTables({ connection, standing: stored.tables.keys(), store })
    await tables.sweep(options.onLeft)
    return new RemoteEngine(options, known, tables, stored)
  }

  relations(): readonly Relation[] {
    return this.known.all()
  }

  /** Bytes that the server says it has read so far, statement by statement. */
  get scans(): readonly number[] {
    return this.#scans
  }

  get scannedBytes(): number {
    return this.#scans.reduce((sum, bytes) => sum + bytes, 0)
  }

  /** What stands in the window. */
  async input(): Promise<InputReport> {
    await this.#make('records')
    return remoteInput(this, this.stored.fields, () => this.scannedBytes)
  }

  /** Reads the window once into a table of this run, and makes what `names` stand on of that. */
  async prepare(names: readonly string[]): Promise<void> {
    await this.#make('records')
    await this.#makeReady(names)
    if (names.includes('flows')) await this.#make('flows')
  }

  /** Checks a query without running anything. */
  check(sql: string, options: QueryOptions = {}): Translation {
    return this.known.translation(sql, options.parameters)
  }

  /** The one statement by which a query would read the logs: itself, or a copy of the window where it needs more than records. */
  readingOf(sql: string): string {
    const translation = this.check(sql)
    const isCopied = this.known.toMake(translation.references.map(({ relation }) => relation)).length > 0
    return isCopied ? this.readingOfWindow() : this.known.text(translation)
  }

  /** The one statement by which rules would read the logs. */
  readingOfWindow(): string {
    return this.known.rowsToStore('records')
  }

  async query(sql: string, options: QueryOptions = {}): Promise<Result> {
    const translation = this.check(sql, options)
    await this.#makeReady(translation.references.map(({ relation }) => relation))
    return this.#answer(translation, options)
  }

  async #answer(translation: Translation, options: QueryOptions, records?: string): Promise<Result> {
    const text = this.known.text(translation, records)
    await this.#allow(text)
    const signal = options.signal ?? this.options.signal
    const result = await this.options.connection.run(text, { signal, mayReuse: readsLogs(text) })
    checkColumns(result.columns, translation.columns)
    const count = (): void => {
      this.#scans.push(result.scannedBytes() ?? 0)
    }
    return { columns: translation.columns, batches: counted(result.pages, count) }
  }

  async narrowed(pairs: readonly number[], options: QueryOptions = {}): Promise<Pick<Engine, 'query'>> {
    const translation = this.check(recordsOfPairs(this.relations(), pairs), options)
    await this.#makeReady(translation.references.map(({ relation }) => relation))
    const text = this.known.text(translation)
    await this.#allow(text)
    const { table, bytes } = await this.run.make(`narrowed_${++this.#narrowed}`, text, options.signal ?? this.options.signal)
    this.#scans.push(bytes ?? 0)
    return { query: (sql, options = {}) => this.#answer(this.check(sql, options), options, table) }
  }

  async explain(sql: string, options: QueryOptions = {}): Promise<string> {
    const { columns, pages } = await this.options.connection.run(`EXPLAIN ${this.known.text(this.check(sql, options))}`)
    const rows = await rowsOf({ columns, batches: pages })
    return rows.flatMap(row => Object.values(row).map(String)).join('\n')
  }

  async close(): Promise<void> {
    try {
      await this.run.drop()
    } finally {
      await this.options.connection.close()
    }
  }

  async #makeReady(names: readonly string[]): Promise<void> {
    const made = this.known.toMake(names)
    if (made.length > 0) await this.#make('records')
    for (const name of made) await this.#make(name)
  }

  async #allow(text: string): Promise<void> {
    await this.options.allow?.({ ...(readsLogs(text) && { logs: text }), spent: this.scannedBytes })
  }

  /** Once, whoever else asks for it meanwhile. */
  async #make(relation: string): Promise<void> {
    if (this.known.isStored(relation)) return
    const making = this.#making.get(relation) ?? this.#store(relation).finally(() => this.#making.delete(relation))
    this.#making.set(relation, making)
    await making
  }

  async #store(relation: string): Promise<void> {
    const query = this.known.rowsToStore(relation)
    await this.#allow(query)
    const { table, bytes } = await this.run.make(relation, query, this.options.signal)
    this.#scans.push(bytes ?? 0)
    this.known.isMade(relation, table)
  }
}

const readsLogs = (text: string): boolean => text.includes(STORED)

/** Cells are told by their place: a column more or less would put each under another's name. */
function checkColumns(given: readonly Column[], expected: readonly Column[]): void {
  if (given.length === expected.length) return
  throw new Fault({
    code: 'remote-columns',
    kind: 'engine',
    message: `the server gives ${given.length} columns: ${given.map(({ name }) => name).join(', ')}`,
    expected: `${expected.length}: ${expected.map(({ name }) => name).join(', ')}`,
    action: 'name the columns in place of the star',
  })
}

async function* counted(pages: Result['batches'], atEnd: () => void): Result['batches'] {
  try {
    yield* pages
  } finally {
    atEnd()
  }
}
