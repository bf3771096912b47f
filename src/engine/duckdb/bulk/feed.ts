import { BIGINT, DuckDBTableFunction, INTEGER, VARCHAR, type DuckDBConnection, type DuckDBType } from '@duckdb/node-api'
import duckdb from '@duckdb/node-bindings'
import { ATHENA_TYPES, packedColumns, valueBytes, type Layout, type PackedColumn } from '../../../format/index.js'
import type { BulkBatch, BulkFile, BulkOutcome } from './protocol.js'
import { BulkRun } from './run.js'

const TYPES: Readonly<Record<'varchar' | 'integer' | 'bigint', DuckDBType>> = {
  varchar: VARCHAR,
  integer: INTEGER,
  bigint: BIGINT,
}

/** What a scan of the table function keeps. */
class Scan {
  constructor(
    readonly run: BulkRun,
    /** Numbers of the columns that are asked for. */
    readonly columns: readonly number[],
  ) {}
}

/** The rows of clean files as a table function of DuckDB: the columns of their layout, then the path of the file. */
export class BulkFeed {
  #run: BulkRun | undefined
  readonly #paths: readonly duckdb.Value[]

  constructor(
    /** What the function is called in SQL. */
    readonly name: string,
    readonly files: readonly BulkFile[],
    private readonly layout: Layout,
    /** Workers that may read at once, and threads of DuckDB that may ask for what they have. */
    private readonly threads: { readonly workers: number; readonly takers: number },
    private readonly signal: AbortSignal | undefined,
  ) {
    this.#paths = files.map(({ path }) => duckdb.create_varchar(path))
  }

  /** Registers the function in the instance of a connection. Each statement that calls it begins a pass of its own. */
  register(connection: DuckDBConnection): void {
    const { name } = this
    const fn = DuckDBTableFunction.create({
      name,
      supportsProjectionPushdown: true,
      bindFunction: info => {
        this.layout.forEach(({ column, kind }) => info.addResultColumn(column, TYPES[ATHENA_TYPES[kind]]))
        info.addResultColumn('$path', VARCHAR)
      },
      initFunction: info => {
        void this.#run?.stop()
        this.#run = new BulkRun(this.files, this.layout, this.threads.workers)
        info.setInitData(new Scan(this.#run, info.getColumnIndexes()))
        info.setMaxThreads(this.threads.takers)
      },
      mainFunction: () => undefined,
    })
    // What is thrown here would leave DuckDB's thread waiting for an answer.
    duckdb.table_function_set_function(fn.table_function, (info, chunk) => {
      try {
        this.signal?.throwIfAborted()
        const scan = duckdb.function_get_init_data(info)
        const isMore = scan instanceof Scan && scan.run.take(batch => this.#copy(batch, scan.columns, chunk))
        if (!isMore) duckdb.data_chunk_set_size(chunk, 0)
      } catch (error) {
        duckdb.function_set_error(info, error instanceof Error ? error.message : String(error))
      }
    })
    connection.registerTableFunction(fn)
  }

  /** KiB of the files that the pass has read. */
  get read(): number {
    return this.#run?.read ?? 0
  }

  /** Whether the last pass went to the end of the last file. */
  async isRead(): Promise<boolean> {
    return (await this.outcomes()).length === this.files.length
  }

  /** What the last pass has seen; empty where there was none. */
  async outcomes(): Promise<readonly BulkOutcome[]> {
    return (await this.#run?.outcomes()) ?? []
  }

  async stop(): Promise<void> {
    await this.#run?.stop()
  }

  #copy({ buffer, rows, file }: BulkBatch, columns: readonly number[], chunk: duckdb.DataChunk): void {
    const packed = packedColumns(buffer, this.layout.length)
    const path = this.#paths[file]
    duckdb.data_chunk_set_size(chunk, rows)
    columns.forEach((index, i) => {
      const vector = duckdb.data_chunk_get_vector(chunk, i)
      const [column, field] = [packed[index], this.layout[index]]
      if (column && field) copyColumn(vector, buffer, column, rows, valueBytes(field.kind))
      else if (path) duckdb.vector_reference_value(vector, path)
    })
  }
}

/** Texts up to this length stand in the value itself, longer ones in a heap that the vector owns. */
const INLINED = 12

function copyColumn(vector: duckdb.Vector, buffer: ArrayBuffer, column: PackedColumn, rows: number, valueBytes: number): void {
  const { values, validity, heap, heapBytes } = column
  if (heapBytes > 0) {
    duckdb.vector_assign_string_element_len(vector, 0, new Uint8Array(buffer, heap, heapBytes))
    const owned = duckdb.vector_get_data(vector, valueBytes)
    place(new Uint32Array(buffer, values, rows * 4), new DataView(owned.buffer, owned.byteOffset).getBigUint64(8, true))
  }
  duckdb.copy_data_to_vector(vector, 0, buffer, values, rows * valueBytes)
  if (validity === undefined) return
  duckdb.vector_ensure_validity_writable(vector)
  duckdb.copy_data_to_vector_validity(vector, 0, buffer, validity, Math.ceil(rows / 64) * 8)
}

/** Turns places in the heap into addresses, where it begins at one. */
function place(words: Uint32Array, address: bigint): void {
  const low = Number(address & 0xffffffffn)
  const high = Number(address >> 32n)
  for (let word = 0; word < words.length; word += 4) {
    if ((words[word] ?? 0) <= INLINED) continue
    const sum = low + (words[word + 2] ?? 0)
    words[word + 2] = sum
    words[word + 3] = sum > 0xffffffff ? high + 1 : high
  }
}
