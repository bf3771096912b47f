// AssemblyScript, compiled to records.wasm: log lines to columns, as bytes. `src/format/record-reader.ts` says what it is for and
// lays out the memory. What is a record here must be one, with the same values, for `engine/duckdb/classify.ts`.

import { isAddress } from './addresses'
import {
  ACTION,
  ADDRESS,
  BIGINT,
  COLUMN,
  HEAP,
  HEAP_BYTES,
  INTEGER,
  isNull,
  KIND,
  MOST,
  PLACE,
  setNull,
  STATUS,
  LONGEST_PLACE,
  TEXT,
  VALUES,
} from './columns'
import { COLON, DASH, DOT, NEWLINE, SPACE, tokenLength, wordOf } from './tokens'
import { beginBatch, beginRow, isNumbered, putNumbers, putToken, putWord } from './texts'

export { linesTold, numberTexts, toldBytes } from './texts'

/** Words of a status or an action, as little-endian numbers. */
const OK: u64 = 0x4b4f
const NODATA: u64 = 0x415441444f4e
const SKIPDATA: u64 = 0x4154414450494b53
const ACCEPT: u64 = 0x545045434341
const REJECT: u64 = 0x5443454a4552

/** A number of more digits may be beyond 64 bits. */
const MOST_DIGITS: u32 = 18

/** A key's column has these in place of its largest value: the numbers of the columns whose address it is, the first that is no NULL. */
const FIRST: usize = 24
const ELSE: usize = 28
const KEY_BYTES: u32 = 16

/** What `readLine` gives for a line that is no plain record. */
const ODD: usize = 0

/** Rows of a file by what they report. */
let records: u32 = 0
let nodata: u32 = 0
let skipdata: u32 = 0
/** Rows of the last batch, and where the line after them begins. */
let rows: u32 = 0
let next: usize = 0

export function clearCounts(): void {
  records = nodata = skipdata = 0
}

export function countOf(reports: u32): u32 {
  return reports == 0 ? records : reports == 1 ? nodata : skipdata
}

export function rowsRead(): u32 {
  return rows
}

export function nextLine(): usize {
  return next
}

/**
 * Reads up to so many of the whole lines from `start` to `end` into the columns described from `table` on; false where a line is
 * odd. `from` and `to` are the numbers of the columns of start and end, or -1. Behind the columns stand those of keys.
 */
export function read(start: usize, end: usize, table: usize, columns: i32, keys: i32, from: i32, to: i32, most: u32): bool {
  for (let i = 0; i < columns; i++) store<u64>(table + <usize>i * COLUMN, 0, HEAP_BYTES)
  beginBatch()
  let at = start
  let row: u32 = 0
  while (at < end && row < most) {
    const after = readLine(at, table, columns, row)
    if (after == ODD) return false
    if (from >= 0 && to >= 0 && endsBeforeItStarts(table, from, to, row)) return false
    at = after
    row++
  }
  for (let i = columns; i < columns + keys; i++) putKeys(table, table + <usize>i * COLUMN, row)
  if (isNumbered() && !putNumbers(row, at)) return false
  rows = row
  next = at
  return true
}

/** Reads one line into a row; gives the place after it. */
function readLine(line: usize, table: usize, columns: i32, row: u32): usize {
  let at = line
  let status: u64 = OK
  let column = table
  const numbered = isNumbered()
  let text: u32 = 0
  if (numbered) beginRow(row, line)
  for (let i = 0; i < columns; i++, column += COLUMN) {
    const separator = i == columns - 1 ? NEWLINE : SPACE
    const kind = load<u32>(column, KIND)
    const values = <usize>load<u32>(column, VALUES)
    if (load<u8>(at) == DASH && <u32>load<u8>(at, 1) == separator) {
      if (kind == STATUS) return ODD
      if (numbered && kind != INTEGER && kind != BIGINT) putWord(text++, 0)
      else setNull(column, kind, values, row)
      at += 2
      continue
    }
    if (kind == INTEGER || kind == BIGINT) {
      const first = at
      let value: u64 = 0
      let digit = <u32>load<u8>(at) - 48
      while (digit <= 9) {
        value = value * 10 + digit
        digit = <u32>load<u8>(++at) - 48
      }
      const digits = <u32>(at - first)
      if (digit + 48 != separator || digits - 1 >= MOST_DIGITS || value > load<u64>(column, MOST)) return ODD
      if (kind == INTEGER) store<u32>(values + ((<usize>row) << 2), <u32>value)
      else store<u64>(values + ((<usize>row) << 3), value)
      at++
      continue
    }
    const length = tokenLength(at)
    if (length == 0 || <u32>load<u8>(at + length) != separator) return ODD
    let word: u32 = 0
    if (kind == ACTION) {
      const action = wordOf(at, length)
      if (action != ACCEPT && action != REJECT) return ODD
      word = action == ACCEPT ? 1 : 2
    } else if (kind == STATUS) {
      status = wordOf(at, length)
      if (status != OK && status != NODATA && status != SKIPDATA) return ODD
      word = status == OK ? 1 : status == NODATA ? 2 : 3
    }
    if (numbered) {
      if (word != 0) putWord(text++, word)
      else if (!putToken(row, text++, kind, at, length)) return ODD
    } else {
      if (kind == ADDRESS && !isAddress(at, length)) return ODD
      if (kind == PLACE && length > LONGEST_PLACE) return ODD
      putText(column, values + ((<usize>row) << 4), at, length)
    }
    at += length + 1
  }
  if (status == OK) records++
  else if (status == NODATA) nodata++
  else skipdata++
  return at
}

/** Writes a text as DuckDB keeps it: length, then up to 12 bytes in place, or 4 of them and where in the heap all stand. */
function putText(column: usize, value: usize, at: usize, length: u32): void {
  store<u32>(value, length)
  if (length <= 12) {
    const rest = length <= 8 ? 0 : <u32>(((<u64>1) << ((length - 8) << 3)) - 1)
    store<u64>(value, wordOf(at, min(length, <u32>8)), 4)
    store<u32>(value, load<u32>(at, 8) & rest, 12)
    return
  }
  const used = load<u32>(column, HEAP_BYTES)
  const heap = <usize>load<u32>(column, HEAP) + used
  store<u32>(value, load<u32>(at), 4)
  store<u64>(value, used, 8)
  for (let i: u32 = 0; i < length; i += 16) v128.store(heap + i, v128.load(at + i))
  store<u32>(column, used + length, HEAP_BYTES)
}

function endsBeforeItStarts(table: usize, from: i32, to: i32, row: u32): bool {
  const start = table + <usize>from * COLUMN
  const end = table + <usize>to * COLUMN
  if (isNull(start, row) || isNull(end, row)) return false
  const offset = (<usize>row) << 3
  return load<u64>(<usize>load<u32>(end, VALUES) + offset) < load<u64>(<usize>load<u32>(start, VALUES) + offset)
}

/** Fills a column with the keys of addresses: 16 bytes, IPv4 mapped into IPv6 (RFC 4291, section 2.5.5.2); NULL for what is no IP address. */
function putKeys(table: usize, column: usize, count: u32): void {
  const first = table + <usize>load<u32>(column, FIRST) * COLUMN
  const other = table + <usize>load<u32>(column, ELSE) * COLUMN
  const values = <usize>load<u32>(column, VALUES)
  const heap = <usize>load<u32>(column, HEAP)
  store<u64>(column, 0, HEAP_BYTES)
  for (let row: u32 = 0; row < count; row++) {
    const source = isNull(first, row) ? other : first
    const value = values + ((<usize>row) << 4)
    const key = heap + ((<usize>row) << 4)
    if (isNull(source, row) || !putKey(source, row, key)) {
      setNull(column, TEXT, values, row)
      continue
    }
    store<u32>(value, KEY_BYTES)
    store<u32>(value, load<u32>(key), 4)
    store<u64>(value, (<u64>row) << 4, 8)
  }
  store<u32>(column, count << 4, HEAP_BYTES)
}

/** Where the text in a row of a column stands. */
function textAt(column: usize, row: u32): usize {
  const value = <usize>load<u32>(column, VALUES) + ((<usize>row) << 4)
  return load<u32>(value) <= 12 ? value + 4 : <usize>load<u32>(column, HEAP) + <usize>load<u32>(value, 8)
}

function lengthOf(column: usize, row: u32): u32 {
  return load<u32>(<usize>load<u32>(column, VALUES) + ((<usize>row) << 4))
}

/** Tells addresses that passed apart. Behind a text in the heap stands the next one, not what ends a token. */
function hasColon(start: usize, end: usize): bool {
  for (let at = start; at < end; at++) {
    const byte = <u32>load<u8>(at)
    if (byte == COLON) return true
    if (byte == DOT) return false
  }
  return false
}

function putKey(column: usize, row: u32, key: usize): bool {
  let at = textAt(column, row)
  const end = at + lengthOf(column, row)
  store<u64>(key, 0)
  store<u64>(key, 0, 8)
  if (hasColon(at, end)) return putIpv6(at, end, key)
  store<u16>(key, 0xffff, 10)
  let value: u32 = 0
  let byte = key + 12
  let digits: u32 = 0
  for (; at < end; at++) {
    const digit = <u32>load<u8>(at) - 48
    if (digit <= 9) {
      // Some read such a number as octal: nobody can say what address it is.
      if (digits++ > 0 && value == 0) return false
      value = value * 10 + digit
    } else {
      store<u8>(byte++, value)
      value = digits = 0
    }
  }
  store<u8>(byte, value)
  return true
}

/** What has passed `isIpv6OrMac`; false for a MAC address. What stands before `::` is filled from the front, what comes after from the back. */
function putIpv6(start: usize, end: usize, key: usize): bool {
  let groups: usize = 0
  let gap: usize = 8
  let value: u32 = 0
  let digits: u32 = 0
  for (let at = start; at < end; at++) {
    const byte = <u32>load<u8>(at)
    if (byte != COLON) {
      value = (value << 4) | (byte <= 57 ? byte - 48 : (byte | 32) - 87)
      digits++
      continue
    }
    if (digits > 0) {
      store<u16>(key + groups++ * 2, bswap<u16>(<u16>value))
      value = digits = 0
    }
    if (at + 1 < end && <u32>load<u8>(at, 1) == COLON) {
      gap = groups
      at++
    }
  }
  if (digits > 0) store<u16>(key + groups++ * 2, bswap<u16>(<u16>value))
  if (gap == 8) return groups == 8
  const after = groups - gap
  for (let i: usize = 0; i < after; i++) {
    const from = key + (groups - 1 - i) * 2
    const to = key + (7 - i) * 2
    if (from == to) break
    store<u16>(to, load<u16>(from))
    store<u16>(from, 0)
  }
  return true
}

/** Whether all rows of the last batch have the same text in a column: 0 where not, 1 where they do, 2 where all are NULL. */
export function sameText(column: usize): u32 {
  const isEmpty = isNull(column, 0)
  const length = lengthOf(column, 0)
  const text = textAt(column, 0)
  for (let row: u32 = 1; row < rows; row++) {
    if (isNull(column, row) != isEmpty) return 0
    if (isEmpty) continue
    if (lengthOf(column, row) != length || memory.compare(textAt(column, row), text, length) != 0) return 0
  }
  return isEmpty ? 2 : 1
}

const DAY: u64 = 86400
const NO_DAY: u32 = 0xffffffff

/** The UTC day since 1970 on which all rows of the last batch have the time in a column; NO_DAY where it is not one. */
export function sameDay(column: usize): u32 {
  const values = <usize>load<u32>(column, VALUES)
  const day = load<u64>(values) / DAY
  const from = day * DAY
  for (let row: u32 = 0; row < rows; row++) {
    if (isNull(column, row) || load<u64>(values + ((<usize>row) << 3)) - from >= DAY) return NO_DAY
  }
  return <u32>day
}
