import { BIGINT, DuckDBScalarFunction, INTEGER, type DuckDBConnection, type DuckDBType } from '@duckdb/node-api'
import duckdb from '@duckdb/node-bindings'
import { CLASS, LINE_CLASSES, type LineClass } from './classify.js'

/** What one pass has seen of a file. */
export interface FileTally {
  readonly classes: Record<LineClass, number>
  /** Bytes of the lines without their ends. */
  bytes: number
}

/** What one pass has seen of a group's files, each by `hashOf` its path. */
export type GroupTally = Map<bigint, FileTally>

export const newTally = (): FileTally => ({
  classes: { record: 0, nodata: 0, skipdata: 0, header: 0, misread: 0, quarantined: 0, blank: 0 },
  bytes: 0,
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
    this.#groups = Array.from({ length: groups }, () => new Map<bigint, FileTally>())
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
      add(`${counter}_tally`, [INTEGER, BIGINT], tallied)
      add(`${counter}_settle`, [INTEGER, INTEGER, BIGINT], settled)
    })
  }
}

type Count = (tally: GroupTally, chunk: duckdb.DataChunk, rows: number) => Int32Array<ArrayBuffer>

/** The tallies of the files that rows belong to, which come in long runs of one. */
function tallyOfRow(tally: GroupTally, files: Uint32Array): (row: number) => FileTally {
  let [low, high] = [0, 0]
  let of: FileTally | undefined
  return row => {
    const [rowLow = 0, rowHigh = 0] = [files[2 * row], files[2 * row + 1]]
    if (of && rowLow === low && rowHigh === high) return of
    low = rowLow
    high = rowHigh
    const file = (BigInt(high) << 32n) | BigInt(low)
    of = tally.get(file) ?? newTally()
    tally.set(file, of)
    return of
  }
}

/** Counts plain records (0), and leaves the other lines to `settled` (1). Takes length * 2 + whether it is plain, and the hash of the file. */
function tallied(tally: GroupTally, chunk: duckdb.DataChunk, rows: number): Int32Array<ArrayBuffer> {
  const packed = integers(chunk, 0, rows)
  const fileOf = tallyOfRow(tally, words(chunk, 1, rows))
  const unsettled = new Int32Array(rows)
  for (let row = 0; row < rows; row++) {
    const value = packed[row] ?? 0
    if ((value & 1) === 0) unsettled[row] = 1
    else {
      const file = fileOf(row)
      file.classes.record++
      file.bytes += value >> 1
    }
  }
  return unsettled
}

/** Counts lines by their exact class. Takes class, length, and the hash of the file. */
function settled(tally: GroupTally, chunk: duckdb.DataChunk, rows: number): Int32Array<ArrayBuffer> {
  const classes = new Int32Array(integers(chunk, 0, rows))
  const lengths = integers(chunk, 1, rows)
  const fileOf = tallyOfRow(tally, words(chunk, 2, rows))
  for (let row = 0; row < rows; row++) {
    const file = fileOf(row)
    file.classes[LINE_CLASSES[classes[row] ?? CLASS.quarantined] ?? 'quarantined']++
    file.bytes += lengths[row] ?? 0
  }
  return classes
}
