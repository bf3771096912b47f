import type { DuckDBConnection } from '@duckdb/node-api'
import { isText, keyColumns, type Layout } from '../../../format/index.js'
import type { BatchSource, BulkFile, BulkOutcome, NumberedTexts } from './protocol.js'
import { BulkRun } from './run.js'
import { registerRows } from './rows.js'

export interface FeedOptions {
  /** What the function is called in SQL. */
  readonly name: string
  readonly files: readonly BulkFile[]
  /** What `$path` says of the rows of each. */
  readonly paths: readonly string[]
  readonly layout: Layout
  /** Workers that may read at once, and threads of DuckDB that may ask for what they have. */
  readonly workers: number
  readonly takers: number
  readonly signal: AbortSignal | undefined
  /** For a lake: with the keys of addresses, and the partition of batches. */
  readonly keyed: boolean
  readonly enumerated?: boolean
  /** Has rows have the number of their texts in place of these. */
  readonly numbers?: NumberedTexts | undefined
  /** What stands between a pass and its statement. */
  readonly between?: (batches: BatchSource) => BatchSource
}

/** The rows of clean files as a table function of DuckDB: the columns of their layout, then the path of the file. */
export class BulkFeed {
  #run: BulkRun | undefined

  constructor(private readonly options: FeedOptions) {}

  get name(): string {
    return this.options.name
  }

  /** Registers the function in the instance of a connection. Each statement that calls it begins a pass of its own. */
  register(connection: DuckDBConnection): void {
    const { files, layout, keyed, numbers, workers, between = batches => batches } = this.options
    const keys = keyed ? keyColumns(layout) : undefined
    registerRows(connection, {
      ...this.options,
      layout: numbers ? layout.filter(field => !isText(field)) : layout,
      keys: keys ?? [],
      isNumbered: numbers !== undefined,
      begin: () => {
        void this.#run?.stop()
        this.#run = new BulkRun(files, { layout, keys, numbers }, workers)
        return between(this.#run)
      },
    })
  }

  /** KiB of the files that the pass has read. */
  get read(): number {
    return this.#run?.read ?? 0
  }

  /** Whether the last pass went to the end of the last file. */
  async isRead(): Promise<boolean> {
    return (await this.outcomes()).length === this.options.files.length
  }

  /** What the last pass has seen; empty where there was none. */
  async outcomes(): Promise<readonly BulkOutcome[]> {
    return (await this.#run?.outcomes()) ?? []
  }

  async stop(): Promise<void> {
    await this.#run?.stop()
  }
}
