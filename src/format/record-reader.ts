import { ATHENA_TYPES, isNoName, isPlace, LARGEST, type Field, type FieldKind } from './fields.js'
import type { Layout } from './layout.js'
import { instantiate, type Wasm } from './records-wasm.js'

/** A column of the keys of addresses, beside those of a layout: of the address of the first of these fields that a line has. */
export interface KeyColumn {
  readonly column: 'src_key' | 'dst_key'
  /** Numbers of the fields in the layout. */
  readonly of: readonly [first: number, other: number]
}

const KEYS = [
  { column: 'src_key', names: ['pkt-srcaddr', 'srcaddr'] },
  { column: 'dst_key', names: ['pkt-dstaddr', 'dstaddr'] },
] as const

/** The keys that the addresses of a layout have: those of the real end points, as `src` and `dst` of `flows`. */
export function keyColumns(layout: Layout): readonly KeyColumn[] {
  return KEYS.flatMap(({ column, names }) => {
    const [first, other] = names.flatMap(name => layout.findIndex(field => field.name === name)).filter(index => index >= 0)
    return first === undefined ? [] : [{ column, of: [first, other ?? first] as const }]
  })
}

/** The numbers, of 31 bits, that one of several readers of the same logs gives to texts: `first`, and every `step` from there. */
export interface TextNumbers {
  readonly first: number
  readonly step: number
}

/** What all rows of a batch share, where they do: the partition of a lake that they belong to. */
export interface BatchPartition {
  readonly account: string | undefined
  readonly region: string | undefined
  /** UTC, since 1970. */
  readonly day: number
}

/** Bytes of a value as it stands in DuckDB's vectors; a text's are a length and 12 bytes of it, or 4 of them and its place in the heap. */
const TYPE_BYTES = { varchar: 16, integer: 4, bigint: 8 } as const

export const valueBytes = (kind: FieldKind): number => TYPE_BYTES[ATHENA_TYPES[kind]]

/** Whether a field's values are texts. */
export const isText = ({ kind }: Field): boolean => ATHENA_TYPES[kind] === 'varchar'

/** How `assembly/records.ts` calls kinds: by what it does with them. */
const CODES: Readonly<Partial<Record<FieldKind, number>>> = { text: 0, address: 1, action: 4, status: 5 }
const NUMBER_CODES = { integer: 2, bigint: 3, varchar: 0 } as const

const PLACE_CODE = 6
/** Of no field: a column of keys, of numbers. */
const KEY_CODE = 0
const NUMBER_CODE = NUMBER_CODES.integer

/** Where texts that were numbered are remembered: some 98,000 tokens and 196,000 lines of them. What is known is forgotten where that is not enough. */
const TEXTS_BYTES = 28 << 20
/** Before each line that is told stands its number. */
const NUMBER_LENGTH = 12

const codeOf = (field: Field): number =>
  isPlace(field) ? PLACE_CODE : (CODES[field.kind] ?? NUMBER_CODES[ATHENA_TYPES[field.kind]])

/** A chunk of DuckDB's. */
const BATCH_ROWS = 2_048
const VALIDITY_BYTES = BATCH_ROWS / 8
const INPUT_BYTES = 1_048_576
/** What is surely more than a batch of common lines: less is left until more is written. */
const ENOUGH_BYTES = 524_288
/** See `assembly/records.ts`. */
const COLUMN_BYTES = 32
/** What may be read or written beyond the end of a token. */
const SLACK = 64
const PAGE = 65_536
/** Texts up to this length stand in the value itself. */
const INLINED = 12
const DIFFERENT = 0
const SAME = 1
const NO_DAY = 0xffffffff
const NEWLINE = 10

/** Whether plain lines of a layout can be told: without log-status only the exact test knows what a line reports, or is a header. */
export const canReadRecords = (layout: Layout): boolean => layout.some(field => field.kind === 'status') && layout.some(isNoName)

/** Rows that were read, by what they report. */
export interface RecordCounts {
  readonly records: number
  readonly nodata: number
  readonly skipdata: number
}

/** Where in a packed batch a column stands; in bytes. Without NULLs there is no validity. */
export interface PackedColumn {
  readonly values: number
  readonly validity: number | undefined
  readonly heap: number
  readonly heapBytes: number
}

const PACKED_WORDS = 4
const NONE = 0xffffffff

/** Where the columns of a packed batch stand. */
export function packedColumns(batch: ArrayBuffer, columns: number): readonly PackedColumn[] {
  const words = new Uint32Array(batch, 0, columns * PACKED_WORDS)
  return Array.from({ length: columns }, (_, i) => {
    const [values = 0, validity = NONE, heap = 0, heapBytes = 0] = words.subarray(i * PACKED_WORDS)
    return { values, validity: validity === NONE ? undefined : validity, heap, heapBytes }
  })
}

const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16

/**
 * Plain log lines to columns, from bytes to bytes: the one loop over lines that is not SQL, and compiled for it
 * (`assembly/records.ts`). DuckDB's CSV reader takes `1e2` for a number, and to prove that it read a line right costs as much as
 * the reading; docs/performance.md has the figures. A line that is in any way odd ends the reading of its file: SQL says exactly
 * what it is.
 */
export class RecordReader {
  readonly #wasm: Wasm
  readonly #bytes: Uint8Array<ArrayBuffer>
  readonly #words: Uint32Array<ArrayBuffer>
  readonly #columns: readonly Column[]
  readonly #times: readonly [start: number, end: number]
  readonly #table: number
  readonly #told: number
  /** Bytes that are written and not yet read. */
  #start = PAGE
  #end = PAGE

  /**
   * `keys` are filled as well. With `numbers` a batch has no texts, but the number of each row's texts as its last column; the lines that
   * tell them are `told`.
   */
  constructor(
    private readonly layout: Layout,
    private readonly keys: readonly KeyColumn[] = [],
    numbers?: TextNumbers,
  ) {
    let at = PAGE + INPUT_BYTES + SLACK
    const take = (bytes: number): number => {
      const offset = at
      at = aligned(at + bytes)
      return offset
    }
    const sizes = [
      ...layout.map(field => (numbers && isText(field) ? 0 : valueBytes(field.kind))),
      ...keys.map(() => TYPE_BYTES.varchar),
      ...(numbers ? [TYPE_BYTES.integer] : []),
    ]
    this.#table = take(sizes.length * COLUMN_BYTES)
    this.#columns = sizes.map(bytes => {
      const [values, validity] = [take(BATCH_ROWS * bytes), take(bytes === 0 ? 0 : VALIDITY_BYTES)]
      return { bytes, values, validity, heap: take(bytes === TYPE_BYTES.varchar ? INPUT_BYTES + SLACK : 0) }
    })
    const texts = take(numbers ? TEXTS_BYTES : 0)
    this.#told = take(numbers ? INPUT_BYTES + BATCH_ROWS * NUMBER_LENGTH : 0)
    const memory = new WebAssembly.Memory({ initial: Math.ceil(at / PAGE) })
    this.#bytes = new Uint8Array(memory.buffer)
    this.#words = new Uint32Array(memory.buffer)
    this.#times = [layout.findIndex(field => field.name === 'start'), layout.findIndex(field => field.name === 'end')]
    this.#describe()
    this.#wasm = instantiate(memory)
    if (numbers) {
      const column = this.#table + (sizes.length - 1) * COLUMN_BYTES
      const { first, step } = numbers
      this.#wasm.numberTexts(column, layout.filter(isText).length, BATCH_ROWS, texts, TEXTS_BYTES, this.#told, first, step)
    }
  }

  #describe(): void {
    const { layout, keys } = this
    const view = new DataView(this.#bytes.buffer, this.#table)
    this.#columns.forEach(({ bytes, values, validity, heap }, i) => {
      const field = layout[i]
      const code = field ? codeOf(field) : i < layout.length + keys.length ? KEY_CODE : NUMBER_CODE
      const at = i * COLUMN_BYTES
      for (const [word, value] of [code, values, validity, heap].entries()) view.setUint32(at + word * 4, value, true)
      const key = keys[i - layout.length]
      if (key) key.of.forEach((field, place) => view.setUint32(at + 24 + 4 * place, field, true))
      else view.setBigUint64(at + 24, (field && LARGEST[field.kind]) ?? 0n, true)
      if (bytes > 0) this.#bytes.fill(255, validity, validity + VALIDITY_BYTES)
    })
  }

  /** Begins a file: what is left of the one before is forgotten. */
  clear(): void {
    this.#start = this.#end = PAGE
    this.#wasm.clearCounts()
  }

  /** Takes in as many bytes as there is room for, and says how many. */
  write(chunk: Uint8Array): number {
    this.#bytes.copyWithin(PAGE, this.#start, this.#end)
    this.#end -= this.#start - PAGE
    this.#start = PAGE
    const length = Math.min(chunk.length, PAGE + INPUT_BYTES - this.#end)
    this.#bytes.set(chunk.subarray(0, length), this.#end)
    this.#end += length
    return length
  }

  /** The last line of a file may lack its end. */
  finish(): void {
    if (this.#start < this.#end && this.#bytes[this.#end - 1] !== NEWLINE) this.write(Uint8Array.of(NEWLINE))
  }

  /**
   * Reads the next batch, and says how many rows it has: 0 where more has to be written first, or all has been read; undefined
   * where a line is odd. Fewer rows than a batch holds are read only where there is no room for more, or `rest` is asked for.
   */
  read(rest: boolean): number | undefined {
    const end = PAGE + this.#bytes.subarray(PAGE, this.#end).lastIndexOf(NEWLINE) + 1
    const isFull = this.#end - this.#start === INPUT_BYTES
    if (end <= this.#start) return isFull || (rest && this.#start < this.#end) ? undefined : 0
    if (!rest && !isFull && end - this.#start < ENOUGH_BYTES) return 0
    this.#columns.forEach(({ validity }, i) => {
      if (this.#state(i).nulls) this.#bytes.fill(255, validity, validity + VALIDITY_BYTES)
    })
    const { layout, keys } = this
    if (this.#wasm.read(this.#start, end, this.#table, layout.length, keys.length, ...this.#times, BATCH_ROWS) === 0)
      return undefined
    this.#start = this.#wasm.nextLine()
    return this.#wasm.rowsRead()
  }

  /** What the last batch has of a column. */
  #state(column: number): { readonly heapBytes: number; readonly nulls: boolean } {
    const word = (this.#table + column * COLUMN_BYTES) / 4 + 4
    return { heapBytes: this.#words[word] ?? 0, nulls: this.#words[word + 1] !== 0 }
  }

  /** The partition that all rows of the last batch belong to; undefined where there is not one. */
  partition(): BatchPartition | undefined {
    const [start] = this.#times
    const day = start < 0 ? NO_DAY : this.#wasm.sameDay(this.#table + start * COLUMN_BYTES) >>> 0
    if (day === NO_DAY) return undefined
    const [account, region] = ['account-id', 'region'].map(name => this.#shared(name))
    return account === null || region === null ? undefined : { account, region, day }
  }

  /** The text that all rows have in a field; undefined where none has one, null where they differ. */
  #shared(name: string): string | undefined | null {
    const index = this.layout.findIndex(field => field.name === name)
    const column = this.#columns[index]
    if (!column) return undefined
    const same = this.#wasm.sameText(this.#table + index * COLUMN_BYTES)
    if (same !== SAME) return same === DIFFERENT ? null : undefined
    const view = new DataView(this.#bytes.buffer, column.values)
    const length = view.getUint32(0, true)
    const at = length <= INLINED ? column.values + 4 : column.heap + view.getUint32(8, true)
    return Buffer.from(this.#bytes.buffer, at, length).toString('latin1')
  }

  /** The lines of the last batch whose texts are new, each behind their number; good until the next batch is read. */
  told(): Uint8Array {
    return this.#bytes.subarray(this.#told, this.#told + this.#wasm.toldBytes())
  }

  /** How many lines were told so far, of all files. */
  get linesTold(): number {
    return this.#wasm.linesTold()
  }

  /** All rows of the file so far. */
  get counts(): RecordCounts {
    const [records, nodata, skipdata] = [0, 1, 2].map(reports => this.#wasm.countOf(reports))
    return { records: records ?? 0, nodata: nodata ?? 0, skipdata: skipdata ?? 0 }
  }

  /** Copies the batch into a buffer, a new one where the one given is too small; `packedColumns` says where its columns are. */
  pack(into: ArrayBuffer | undefined): ArrayBuffer {
    const rows = this.#wasm.rowsRead()
    const columns = this.#columns.map((column, i) => ({ ...column, ...this.#state(i) })).filter(({ bytes }) => bytes > 0)
    const words = columns.length * PACKED_WORDS
    const space = columns.reduce(
      (sum, { bytes, heapBytes }) => sum + aligned(rows * bytes) + VALIDITY_BYTES + aligned(heapBytes),
      aligned(words * 4),
    )
    const buffer = into && into.byteLength >= space ? into : new ArrayBuffer(Math.ceil(space * 1.25))
    const packed = new Uint8Array(buffer)
    const places = new Uint32Array(buffer, 0, words)
    let at = aligned(words * 4)
    const put = (from: number, length: number): number => {
      packed.set(this.#bytes.subarray(from, from + length), at)
      const place = at
      at += aligned(length)
      return place
    }
    columns.forEach(({ bytes, values, validity, heap, heapBytes, nulls }, i) => {
      const place = put(values, rows * bytes)
      places.set([place, nulls ? put(validity, VALIDITY_BYTES) : NONE, put(heap, heapBytes), heapBytes], i * PACKED_WORDS)
    })
    return buffer
  }
}

interface Column {
  /** Of a value. */
  readonly bytes: number
  readonly values: number
  readonly validity: number
  readonly heap: number
}
