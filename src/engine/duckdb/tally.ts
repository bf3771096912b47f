import { BIGINT, DuckDBScalarFunction, INTEGER, type DuckDBConnection, type DuckDBType } from '@duckdb/node-api'
import duckdb from '@duckdb/node-bindings'
import { CLASS, LINE_CLASSES, type LineClass } from './classify.js'

/** What one pass over a group's files has seen. */
export interface GroupTally {
  readonly classes: Record<LineClass, number>
  /** Bytes of the lines without their ends. */
  bytes: number
  /** By `hashOf` a file's path: lines that are quarantined, and files that have to be rewritten before they are read. */
  readonly quarantined: Map<bigint, number>
  readonly misread: Set<bigint>
}

const newTally = (): GroupTally => ({
  classes: { record: 0, nodata: 0, skipdata: 0, header: 0, misread: 0, quarantined: 0, blank: 0 },
  bytes: 0,
  quarantined: new Map(),
  misread: new Set(),
})

/** A BIGINT column as pairs of 32-bit words, low before high as on every machine that DuckDB runs on. */
function words(chunk: duckdb.DataChunk, column: number, rows: number): Uint32Array {
  const data = duckdb.vector_get_data(duckdb.data_chunk_get_vector(chunk, column), rows * 8)
  return new Uint32Array(data.buffer, data.byteOffset, rows * 2)
}

function integers(chunk: duckdb.DataChunk, column: number, rows: number): Int32Array {
  const data = duckdb.vector_get_data(duckdb.data_chunk_get_vector(chunk, column), rows * 4)
  return new Int32Array(data.buffer, data.byteOffset, rows)
}

/**
 * Counts lines as they stream through a query, by two scalar functions that `recordsOf` puts in their way. They are called for whole
 * vectors of 2,048 lines and see numbers only; the work on the lines themselves is DuckDB's.
 */
export class Tally {
  #groups: GroupTally[] = []

  /** Counting fails once `signal` is aborted, and so does the statement that asks for it. */
  constructor(private readonly signal?: AbortSignal) {}

  /** One count a group, from zero. */
  reset(groups: number): void {
    this.#groups = Array.from({ length: groups }, newTally)
  }

  get groups(): readonly GroupTally[] {
    return this.#groups
  }

  /** Registers the two functions of each group, whose names begin with its counter; a group without one counts itself. */
  register(connection: DuckDBConnection, counters: readonly (string | undefined)[]): void {
    counters.forEach((counter, group) => {
      if (counter === undefined) return
      const add = (name: string, parameterTypes: DuckDBType[], count: Count): void => {
        const fn = DuckDBScalarFunction.create({
          name,
          parameterTypes,
          returnType: INTEGER,
          volatile: true,
          mainFunction: () => undefined,
        })
        duckdb.scalar_function_set_function(fn.scalar_function, (info, chunk, output) => {
          const tally = this.#groups[group]
          // What is thrown here would leave DuckDB's thread waiting for an answer.
          if (this.signal?.aborted || !tally) {
            duckdb.scalar_function_set_error(info, 'INTERRUPT Error: reading was stopped')
            return
          }
          const result = count(tally, chunk, duckdb.data_chunk_get_size(chunk))
          duckdb.copy_data_to_vector(output, 0, result.buffer, result.byteOffset, result.byteLength)
        })
        connection.registerScalarFunction(fn)
      }
      add(`${counter}_tally`, [INTEGER], tallied)
      add(`${counter}_settle`, [INTEGER, INTEGER, BIGINT], settled)
    })
  }

  /** Takes in what a group has counted itself. */
  add(group: number, counts: Readonly<Partial<Record<LineClass, number>>>): void {
    const classes = this.#groups[group]?.classes
    if (!classes) return
    for (const name of LINE_CLASSES) classes[name] += counts[name] ?? 0
  }
}

type Count = (tally: GroupTally, chunk: duckdb.DataChunk, rows: number) => Int32Array<ArrayBuffer>

/** Counts plain records (0), and leaves the other lines to `settled` (1). Takes length * 2 + whether it is plain. */
function tallied(tally: GroupTally, chunk: duckdb.DataChunk, rows: number): Int32Array<ArrayBuffer> {
  const packed = integers(chunk, 0, rows)
  const unsettled = new Int32Array(rows)
  let [records, bytes] = [0, 0]
  for (let row = 0; row < rows; row++) {
    const value = packed[row] ?? 0
    if ((value & 1) === 0) unsettled[row] = 1
    else {
      records++
      bytes += value >> 1
    }
  }
  tally.classes.record += records
  tally.bytes += bytes
  return unsettled
}

/** Counts lines by their exact class. Takes class, length, and the hash of the file. */
function settled(tally: GroupTally, chunk: duckdb.DataChunk, rows: number): Int32Array<ArrayBuffer> {
  const classes = new Int32Array(integers(chunk, 0, rows))
  const lengths = integers(chunk, 1, rows)
  const files = words(chunk, 2, rows)
  for (let row = 0; row < rows; row++) {
    const of = LINE_CLASSES[classes[row] ?? CLASS.quarantined] ?? 'quarantined'
    tally.classes[of]++
    tally.bytes += lengths[row] ?? 0
    if (of !== 'quarantined' && of !== 'misread') continue
    const file = (BigInt(files[2 * row + 1] ?? 0) << 32n) | BigInt(files[2 * row] ?? 0)
    if (of === 'misread') tally.misread.add(file)
    else tally.quarantined.set(file, (tally.quarantined.get(file) ?? 0) + 1)
  }
  return classes
}
