import { BIGINT, DuckDBScalarFunction, INTEGER, type DuckDBConnection } from '@duckdb/node-api'
import duckdb from '@duckdb/node-bindings'
import { CLASS, LINE_CLASSES, type LineClass } from './classify.js'

/** What one pass over a group's files has seen. */
export interface GroupTally {
  readonly classes: Record<LineClass, number>
  /** Bytes of the lines without their ends. */
  bytes: number
  /** By `fileHash`: lines that are quarantined, and files that have to be rewritten before they are read. */
  readonly quarantined: Map<bigint, number>
  readonly misread: Set<bigint>
}

const newTally = (): GroupTally => ({
  classes: { record: 0, nodata: 0, skipdata: 0, header: 0, misread: 0, quarantined: 0, blank: 0 },
  bytes: 0,
  quarantined: new Map(),
  misread: new Set(),
})

/** Hashes of addresses that the exact test has passed: an open table of 64-bit keys, full at half its places. */
class KnownAddresses {
  static readonly #BITS = 20
  readonly #keys = new Uint32Array(2 << KnownAddresses.#BITS)
  #count = 0

  /** Sets 1 in every row whose hash is not known; hashes come as pairs of 32-bit words, low before high. */
  mark(hashes: Uint32Array, unknown: Int32Array): void {
    for (let row = 0; row < unknown.length; row++) {
      const low = hashes[2 * row] ?? 0
      const high = hashes[2 * row + 1] ?? 0
      if (this.#keys[this.#place(low, high) + 1] !== high) unknown[row] = 1
    }
  }

  add(low: number, high: number): void {
    if (this.#count > 1 << (KnownAddresses.#BITS - 1)) return
    const place = this.#place(low, high)
    if (this.#keys[place] === low && this.#keys[place + 1] === high) return
    this.#keys[place] = low
    this.#keys[place + 1] = high
    this.#count++
  }

  /** Where the key stands, or the empty place where it would. */
  #place(low: number, high: number): number {
    const keys = this.#keys
    const mask = (1 << KnownAddresses.#BITS) - 1
    for (let at = low & mask; ; at = (at + 1) & mask) {
      const [l, h] = [keys[2 * at], keys[2 * at + 1]]
      if ((l === low && h === high) || (l === 0 && h === 0)) return 2 * at
    }
  }
}

/** A BIGINT column as pairs of 32-bit words, low before high as on every machine that DuckDB runs on. */
function words(chunk: duckdb.DataChunk, column: number, rows: number): Uint32Array {
  const data = duckdb.vector_get_data(duckdb.data_chunk_get_vector(chunk, column), rows * 8)
  return new Uint32Array(data.buffer, data.byteOffset, rows * 2)
}

function integers(chunk: duckdb.DataChunk, column: number, rows: number): Int32Array {
  const data = duckdb.vector_get_data(duckdb.data_chunk_get_vector(chunk, column), rows * 4)
  return new Int32Array(data.buffer, data.byteOffset, rows)
}

/** Decimal digits of the whole numbers below 2^16. */
const DIGITS = Uint8Array.from({ length: 65_536 }, (_, value) => String(value).length)

const digitsOf = (value: number): number =>
  value < 65_536
    ? (DIGITS[value] ?? 0)
    : value < 1e6
      ? value < 1e5
        ? 5
        : 6
      : value < 1e8
        ? value < 1e7
          ? 7
          : 8
        : value < 1e9
          ? 9
          : 10

/** What is passed of a group's lines: how many numbers, and how many hashes of addresses. */
export interface Counted {
  /** The name that the group's two functions begin with. */
  readonly counter: string
  readonly numbers: number
  readonly addresses: number
}

/**
 * Counts lines as they stream through a query, by two scalar functions that `recordsOf` puts in their way. They are called for whole
 * vectors of 2,048 lines and see numbers only; the work on the lines themselves is DuckDB's.
 */
export class Tally {
  #groups: GroupTally[] = []
  readonly #known = new KnownAddresses()

  /** One count a group, from zero. */
  reset(groups: number): void {
    this.#groups = Array.from({ length: groups }, newTally)
  }

  get groups(): readonly GroupTally[] {
    return this.#groups
  }

  register(connection: DuckDBConnection, groups: readonly Counted[]): void {
    groups.forEach((counted, group) => {
      const add = (name: string, count: (tally: GroupTally, chunk: duckdb.DataChunk, rows: number) => Int32Array): void => {
        const fixed = Array.from({ length: 2 }, () => INTEGER)
        const about = {
          name,
          parameterTypes: fixed,
          varArgsType: BIGINT,
          returnType: INTEGER,
          volatile: true,
          mainFunction: () => undefined,
        }
        const fn = DuckDBScalarFunction.create(about)
        duckdb.scalar_function_set_function(fn.scalar_function, (_info, chunk, output) => {
          const tally = this.#groups[group]
          if (!tally) throw new RangeError(`no tally for group ${group}`)
          const result = Int32Array.from(count(tally, chunk, duckdb.data_chunk_get_size(chunk)))
          duckdb.copy_data_to_vector(output, 0, result.buffer, result.byteOffset, result.byteLength)
        })
        connection.registerScalarFunction(fn)
      }
      add(`${counted.counter}_tally`, (tally, chunk, rows) => this.#tally(tally, counted, chunk, rows))
      add(`${counted.counter}_settle`, (tally, chunk, rows) => this.#settle(tally, counted, chunk, rows))
    })
  }

  /**
   * Counts the plain lines whose addresses are known (0); leaves to `settle` the plain ones with a new address (1) and all others
   * (2). Takes length * 2 + whether the texts are plain, the summed length of the numbers' tokens, the numbers, and the hashes. A
   * number's digits must fill its token: a cast takes `1e1`, `12.0` and `+12` as well as `12`.
   */
  #tally(tally: GroupTally, { numbers, addresses }: Counted, chunk: duckdb.DataChunk, rows: number): Int32Array {
    const packed = integers(chunk, 0, rows)
    const digits = integers(chunk, 1, rows)
    const unsettled = new Int32Array(rows)
    for (let column = 0; column < addresses; column++) this.#known.mark(words(chunk, 2 + numbers + column, rows), unsettled)
    for (let column = 0; column < numbers; column++) {
      const value = words(chunk, 2 + column, rows)
      for (let row = 0; row < rows; row++) {
        if (value[2 * row + 1] !== 0) unsettled[row] = 2
        else digits[row] = (digits[row] ?? 0) - digitsOf(value[2 * row] ?? 0)
      }
    }
    let [records, bytes] = [0, 0]
    for (let row = 0; row < rows; row++) {
      const value = packed[row] ?? 0
      if ((value & 1) === 0 || digits[row] !== 0) unsettled[row] = 2
      else if (unsettled[row] === 0) {
        records++
        bytes += value >> 1
      }
    }
    tally.classes.record += records
    tally.bytes += bytes
    return unsettled
  }

  /** Counts lines by their exact class, and learns the addresses of records. Takes class, length, hash of the file, and hashes. */
  #settle(tally: GroupTally, { addresses }: Counted, chunk: duckdb.DataChunk, rows: number): Int32Array {
    const classes = integers(chunk, 0, rows)
    const lengths = integers(chunk, 1, rows)
    const files = words(chunk, 2, rows)
    const hashes = Array.from({ length: addresses }, (_, column) => words(chunk, 3 + column, rows))
    for (let row = 0; row < rows; row++) {
      const of = LINE_CLASSES[classes[row] ?? CLASS.quarantined] ?? 'quarantined'
      tally.classes[of]++
      tally.bytes += lengths[row] ?? 0
      if (of === 'record') for (const hash of hashes) this.#known.add(hash[2 * row] ?? 0, hash[2 * row + 1] ?? 0)
      if (of !== 'quarantined' && of !== 'misread') continue
      const file = (BigInt(files[2 * row + 1] ?? 0) << 32n) | BigInt(files[2 * row] ?? 0)
      if (of === 'misread') tally.misread.add(file)
      else tally.quarantined.set(file, (tally.quarantined.get(file) ?? 0) + 1)
    }
    return classes
  }
}
