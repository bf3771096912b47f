import {
  BIGINT,
  BLOB,
  DuckDBEnumType,
  DuckDBTableFunction,
  ENUM,
  INTEGER,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBType,
} from '@duckdb/node-api'
import duckdb from '@duckdb/node-bindings'
import { ATHENA_TYPES, packedColumns, valueBytes, type KeyColumn, type Layout, type PackedColumn } from '../../../format/index.js'
import type { BatchSource, BulkBatch } from './protocol.js'

const TYPES: Readonly<Record<'varchar' | 'integer' | 'bigint', DuckDBType>> = {
  varchar: VARCHAR,
  integer: INTEGER,
  bigint: BIGINT,
}

const TEXT_BYTES = 16
const NUMBER_BYTES = 4

/** What a scan of the table function keeps. */
class Scan {
  constructor(
    readonly batches: BatchSource,
    /** Numbers of the columns that are asked for. */
    readonly columns: readonly number[],
  ) {}
}

/** What batches hold, and what their rows are as a table function of DuckDB. */
export interface BatchRows {
  /** What the function is called in SQL. */
  readonly name: string
  /** The fields that have a column. */
  readonly layout: Layout
  readonly keys: readonly KeyColumn[]
  /** Whether they have a column of the numbers of texts. */
  readonly isNumbered?: boolean
  /** What `$path` says of the rows of each file. */
  readonly paths: readonly string[]
  /** Has `$path` be an ENUM: written to Parquet it costs a sixth of a text, which DuckDB hashes for each row. */
  readonly enumerated?: boolean
  /** Threads of DuckDB that may ask for batches. */
  readonly takers: number
  readonly signal: AbortSignal | undefined
  /** The batches of one statement that calls the function. */
  readonly begin: () => BatchSource
}

/** The number of a row's texts. */
export const TEXTS = '$texts'

/** Registers batches as a table function in the instance of a connection: the columns of the layout, the keys, `$texts`, then `$path`. */
export function registerRows(connection: DuckDBConnection, rows: BatchRows): void {
  const { name, layout, keys, isNumbered = false, takers, signal, begin } = rows
  const pathType = rows.enumerated ? ENUM([...new Set(rows.paths)]) : VARCHAR
  const paths = pathValues(pathType, rows.paths)
  const sizes = [
    ...layout.map(({ kind }) => valueBytes(kind)),
    ...keys.map(() => TEXT_BYTES),
    ...(isNumbered ? [NUMBER_BYTES] : []),
  ]
  const copy = ({ buffer, rows, file }: BulkBatch, columns: readonly number[], chunk: duckdb.DataChunk): void => {
    const packed = packedColumns(buffer, sizes.length)
    duckdb.data_chunk_set_size(chunk, rows)
    columns.forEach((index, i) => {
      const vector = duckdb.data_chunk_get_vector(chunk, i)
      const [column, size, path] = [packed[index], sizes[index], paths[file]]
      if (column && size !== undefined) copyColumn(vector, buffer, column, rows, size)
      else if (path) duckdb.vector_reference_value(vector, path)
    })
  }
  const fn = DuckDBTableFunction.create({
    name,
    supportsProjectionPushdown: true,
    bindFunction: info => {
      layout.forEach(({ column, kind }) => info.addResultColumn(column, TYPES[ATHENA_TYPES[kind]]))
      keys.forEach(({ column }) => info.addResultColumn(column, BLOB))
      if (isNumbered) info.addResultColumn(TEXTS, INTEGER)
      info.addResultColumn('$path', pathType)
    },
    initFunction: info => {
      info.setInitData(new Scan(begin(), info.getColumnIndexes()))
      info.setMaxThreads(takers)
    },
    mainFunction: () => undefined,
  })
  // What is thrown here would leave DuckDB's thread waiting for an answer.
  duckdb.table_function_set_function(fn.table_function, (info, chunk) => {
    try {
      signal?.throwIfAborted()
      const scan = duckdb.function_get_init_data(info)
      const isMore = scan instanceof Scan && scan.batches.take(batch => copy(batch, scan.columns, chunk))
      if (!isMore) duckdb.data_chunk_set_size(chunk, 0)
    } catch (error) {
      duckdb.function_set_error(info, error instanceof Error ? error.message : String(error))
    }
  })
  connection.registerTableFunction(fn)
}

function pathValues(type: DuckDBType, paths: readonly string[]): readonly duckdb.Value[] {
  if (!(type instanceof DuckDBEnumType)) return paths.map(path => duckdb.create_varchar(path))
  const { logical_type: logical } = type.toLogicalType()
  return paths.map(path => duckdb.create_enum_value(logical, type.indexForValue(path)))
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
