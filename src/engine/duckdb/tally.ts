import { BIGINT, DuckDBScalarFunction, INTEGER, type DuckDBConnection, type DuckDBType } from '@duckdb/node-api'
import duckdb from '@duckdb/node-bindings'
import { CLASS, LINE_CLASSES, type LineClass } from './classify.js'
import { MOST_COUNTED, type QuickCount } from './quick.js'

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

/** Places in the table of known addresses: a power of two. */
const PLACES = 1 << 20

/** Hashes of addresses that the exact test has passed: an open table of 64-bit keys, full at half its places. */
class KnownAddresses {
  readonly #keys = new Uint32Array(2 * PLACES)
  #count = 0

  /** Sets 1 in every row whose hash is not known; hashes come as pairs of 32-bit words, low before high. */
  mark(hashes: Uint32Array, unknown: Int32Array): void {
    const keys = this.#keys
    for (let row = 0; row < unknown.length; row++) {
      const low = hashes[2 * row] ?? 0
      const high = hashes[2 * row + 1] ?? 0
      const place = placeOf(keys, low, high)
      if (keys[place] !== low || keys[place + 1] !== high) unknown[row] = 1
    }
  }

  add(low: number, high: number): void {
    const place = placeOf(this.#keys, low, high)
    if (this.#count === PLACES / 2 || (this.#keys[place] === low && this.#keys[place + 1] === high)) return
    this.#keys[place] = low
    this.#keys[place + 1] = high
    this.#count++
  }
}

/** Where a key stands, or the empty place where it would. */
function placeOf(keys: Uint32Array, low: number, high: number): number {
  let place = (low & (PLACES - 1)) << 1
  while ((keys[place] !== low || keys[place + 1] !== high) && (keys[place] !== 0 || keys[place + 1] !== 0)) {
    place = (place + 2) & (2 * PLACES - 1)
  }
  return place
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

  /** Counts headers that no row shows. */
  addHeaders(group: number, count: number, bytes: number): void {
    const tally = this.#groups[group]
    if (!tally) return
    tally.classes.header += count
    tally.bytes += bytes
  }

  get groups(): readonly GroupTally[] {
    return this.#groups
  }

  /** Registers the two functions of each group, whose names begin with the group's counter. */
  register(connection: DuckDBConnection, groups: readonly Counted[]): void {
    groups.forEach(({ counter, quick }, group) => {
      const add = (name: string, types: { parameterTypes: DuckDBType[]; varArgsType?: DuckDBType }, count: Count): void => {
        const fn = DuckDBScalarFunction.create({
          name,
          ...types,
          returnType: INTEGER,
          volatile: true,
          mainFunction: () => undefined,
        })
        duckdb.scalar_function_set_function(fn.scalar_function, (_info, chunk, output) => {
          const tally = this.#groups[group]
          if (!tally) throw new RangeError(`no tally for group ${group}`)
          const result = count(tally, chunk, duckdb.data_chunk_get_size(chunk))
          duckdb.copy_data_to_vector(output, 0, result.buffer, result.byteOffset, result.byteLength)
        })
        connection.registerScalarFunction(fn)
      }
      if (quick) {
        const known = this.#known
        const types = { parameterTypes: [BIGINT], varArgsType: BIGINT }
        add(`${counter}_tally`, types, (tally, chunk, rows) => quickTally(quick, known, tally, chunk, rows))
        add(`${counter}_settle`, types, (tally, chunk, rows) => quickSettle(quick, known, tally, chunk, rows))
      } else {
        add(`${counter}_tally`, { parameterTypes: [INTEGER] }, tallied)
        add(`${counter}_settle`, { parameterTypes: [INTEGER, INTEGER, BIGINT] }, settled)
      }
    })
  }
}

/** How a group is counted. */
export interface Counted {
  /** The name that its two functions begin with. */
  readonly counter: string
  readonly quick: QuickCount | undefined
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

/** Counts plain rows whose addresses are known (0), with the bytes they have in print; leaves the others to `quickSettle` (1). */
function quickTally(
  { slots, counts, addresses, fixedBytes }: QuickCount,
  known: KnownAddresses,
  tally: GroupTally,
  chunk: duckdb.DataChunk,
  rows: number,
): Int32Array<ArrayBuffer> {
  const unsettled = new Int32Array(rows)
  const lengths = new Int32Array(rows)
  let column = 0
  for (const used of slots) {
    const values = words(chunk, column, rows)
    for (let row = 0; row < rows; row++) {
      const low = values[2 * row] ?? 0
      const high = values[2 * row + 1] ?? 0
      let length = DIGITS[low >>> 16] ?? 0
      if (used < 2) length = 0
      if (used > 2) length += DIGITS[high & 0xffff] ?? 0
      if (column > 0) length += DIGITS[low & 0xffff] ?? 0
      else {
        length += (low & 0xffff) >> 1
        if ((low & 1) === 0) unsettled[row] = 1
      }
      if (high > 0xffff) unsettled[row] = 1
      lengths[row] = (lengths[row] ?? 0) + length
    }
    column++
  }
  for (const used of counts) {
    const values = words(chunk, column++, rows)
    for (let row = 0; row < rows; row++) {
      const low = values[2 * row] ?? 0
      const high = values[2 * row + 1] ?? 0
      if (low >= MOST_COUNTED || high >= MOST_COUNTED) unsettled[row] = 1
      lengths[row] = (lengths[row] ?? 0) + digitsOf(low) + (used > 1 ? digitsOf(high) : 0)
    }
  }
  for (let i = 0; i < addresses; i++) known.mark(words(chunk, column++, rows), unsettled)
  let [records, bytes] = [0, 0]
  for (let row = 0; row < rows; row++) {
    if (unsettled[row] !== 0) continue
    records++
    bytes += (lengths[row] ?? 0) + fixedBytes
  }
  tally.classes.record += records
  tally.bytes += bytes
  return unsettled
}

/** Counts rows by their exact class, and learns the addresses of records. Takes class, length, the hash of the file, and hashes. */
function quickSettle(
  { addresses }: QuickCount,
  known: KnownAddresses,
  tally: GroupTally,
  chunk: duckdb.DataChunk,
  rows: number,
): Int32Array<ArrayBuffer> {
  const classes = Int32Array.from({ length: rows })
  const found = words(chunk, 0, rows)
  const lengths = words(chunk, 1, rows)
  const hashes = Array.from({ length: addresses }, (_, i) => words(chunk, 3 + i, rows))
  for (let row = 0; row < rows; row++) {
    const lineClass = found[2 * row] ?? CLASS.misread
    classes[row] = lineClass
    const of = LINE_CLASSES[lineClass] ?? 'misread'
    tally.classes[of]++
    tally.bytes += lengths[2 * row] ?? 0
    if (of === 'record') for (const hash of hashes) known.add(hash[2 * row] ?? 0, hash[2 * row + 1] ?? 0)
  }
  return classes
}
