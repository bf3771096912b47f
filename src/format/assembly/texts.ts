// AssemblyScript, part of records.wasm: numbers in place of texts. What a record says of its ENI, its addresses and its fate, many others
// say too: a line whose texts are new is told, with their number, and all that say the same have the number alone.

import { isIpv4, isIpv6OrMac } from './addresses'
import { ADDRESS, LONGEST_PLACE, PLACE, VALUES } from './columns'
import { HASH, SPACE, wordOf } from './tokens'

/** The column of numbers; 0 where texts are not numbered. */
let numbers: usize = 0
let nextNumber: i32 = 0
let step: i32 = 1

/** Tokens that passed, each with a number of its own: a slot holds 16 bytes of it, its length and kind, its number, where the rest stands. */
const TOKEN_BITS: u32 = 17
const TOKEN_SLOT: u32 = 5
const MOST_TOKENS: u32 = 98_304
const LENGTH: usize = 16
const ID: usize = 20
const REST: usize = 24
let tokens: usize = 0
let tokenCount: u32 = 0

/** Bytes of tokens beyond the first 16. */
const RESTS: usize = 8 << 20
let rests: usize = 0
let nextRest: usize = 0

/** Texts of a line: the numbers of its tokens, two to a word. A slot holds where they stand and a half of their hash. */
const LINE_BITS: u32 = 18
const LINE_SLOT: u32 = 3
const MOST_LINES: u32 = 196_608
const TAG: usize = 4
let lines: usize = 0
let lineCount: u32 = 0

/** A number, then those of the tokens. */
let entries: usize = 0
let entriesEnd: usize = 0
let nextEntry: usize = 0
let idBytes: usize = 0

/** Those of each row of the batch, and where its line stands. */
let ids: usize = 0
let rowIds: usize = 0
let starts: usize = 0
/** Rows from this one on have numbers of tokens that may be another's too. */
let sure: u32 = 0

/** By text of a line: the slot of the token that the line before had. */
let before: usize = 0

/** Lines of the batch that are told. */
let told: usize = 0
let nextTold: usize = 0
let toldCount: u32 = 0

/**
 * Has texts be numbered: `first`, and every `between` from there, into `column`. `columns` is how many of a line there are; `room` has
 * so many `bytes`, and `toldAt` room for the lines of a batch of `rows`, each with its number before it. What was told is forgotten when
 * there is no more room for it, and told again under other numbers.
 */
export function numberTexts(
  column: usize,
  columns: u32,
  rows: u32,
  room: usize,
  bytes: usize,
  toldAt: usize,
  first: i32,
  between: i32,
): void {
  numbers = column
  nextNumber = first
  step = between
  idBytes = ((<usize>columns + 1) >> 1) << 3
  tokens = room
  lines = tokens + ((<usize>1) << (TOKEN_BITS + TOKEN_SLOT))
  rests = lines + ((<usize>1) << (LINE_BITS + LINE_SLOT))
  starts = rests + RESTS
  before = starts + ((<usize>rows + 2) << 2)
  ids = before + idBytes
  entries = ids + <usize>rows * idBytes
  entriesEnd = room + bytes
  told = nextTold = toldAt
  memory.fill(ids, 0, entries - ids)
  forget()
}

/** Lines that were told so far. */
export function linesTold(): u32 {
  return toldCount
}

/** Bytes of the lines that the last batch tells. */
export function toldBytes(): u32 {
  return <u32>(nextTold - told)
}

export function isNumbered(): bool {
  return numbers != 0
}

function forget(): void {
  memory.fill(tokens, 0, rests - tokens)
  for (let at = before; at < ids; at += 4) store<u32>(at, <u32>tokens)
  tokenCount = lineCount = 0
  nextRest = rests
  nextEntry = entries
}

export function beginBatch(): void {
  nextTold = told
  sure = u32.MAX_VALUE
}

/** Begins a line. */
export function beginRow(row: u32, line: usize): void {
  rowIds = ids + <usize>row * idBytes
  store<u32>(starts + ((<usize>row) << 2), <u32>line)
}

/** Notes a text that is one of a few, by its place among them; 0 is none. */
export function putWord(text: u32, word: u32): void {
  store<u32>(rowIds + ((<usize>text) << 2), word)
}

/** Notes a token of the line of a row; false where it is none of its kind. */
export function putToken(row: u32, text: u32, kind: u32, at: usize, length: u32): bool {
  const low = wordOf(at, min(length, <u32>8))
  const high = length <= 8 ? 0 : wordOf(at + 8, min(length - 8, <u32>8))
  const form = length | (kind << 28)
  const id = rowIds + ((<usize>text) << 2)
  const last = before + ((<usize>text) << 2)
  let slot = <usize>load<u32>(last)
  if (isToken(slot, low, high, form, at)) {
    store<u32>(id, load<u32>(slot, ID))
    return true
  }
  let hash = rotl<u64>((low ^ (<u64>form)) * HASH, 29) ^ high
  for (let i: u32 = 16; i < length; i += 8) hash = rotl<u64>(hash * HASH, 29) ^ wordOf(at + i, min(length - i, <u32>8))
  const mask: usize = ((<usize>1) << TOKEN_BITS) - 1
  let place = <usize>((hash * HASH) >> (64 - TOKEN_BITS))
  slot = tokens + (place << TOKEN_SLOT)
  while (load<u32>(slot, ID) != 0) {
    if (isToken(slot, low, high, form, at)) {
      store<u32>(id, load<u32>(slot, ID))
      store<u32>(last, <u32>slot)
      return true
    }
    place = (place + 1) & mask
    slot = tokens + (place << TOKEN_SLOT)
  }
  if (kind == ADDRESS && !isIpv4(at, at + length) && !isIpv6OrMac(at, at + length)) return false
  if (kind == PLACE && length > LONGEST_PLACE) return false
  const rest: usize = length > 16 ? length - 16 : 0
  if (tokenCount == MOST_TOKENS || nextRest + rest > rests + RESTS) {
    sure = min(sure, row)
    return true
  }
  store<u64>(slot, low)
  store<u64>(slot, high, 8)
  store<u32>(slot, form, LENGTH)
  store<u32>(slot, ++tokenCount, ID)
  store<u32>(slot, <u32>nextRest, REST)
  memory.copy(nextRest, at + 16, rest)
  nextRest += rest
  store<u32>(id, tokenCount)
  store<u32>(last, <u32>slot)
  return true
}

function isToken(slot: usize, low: u64, high: u64, form: u32, at: usize): bool {
  if (load<u64>(slot) != low || load<u64>(slot, 8) != high || load<u32>(slot, LENGTH) != form) return false
  return isRest(slot, at, form & 0xfffffff)
}

function isRest(slot: usize, at: usize, length: u32): bool {
  return length <= 16 || memory.compare(<usize>load<u32>(slot, REST), at + 16, length - 16) == 0
}

/**
 * Puts the numbers of the texts that were noted into the rows, and tells the lines where they are new. The last ends before `end`. False
 * where the numbers might not be enough.
 */
export function putNumbers(rows: u32, end: usize): bool {
  if (<i64>nextNumber + <i64>rows * <i64>step > <i64>i32.MAX_VALUE) return false
  store<u32>(starts + ((<usize>rows) << 2), <u32>end)
  const values = <usize>load<u32>(numbers, VALUES)
  for (let row: u32 = 0; row < rows; row++) {
    if (lineCount == MOST_LINES || nextEntry + 8 + idBytes > entriesEnd) sure = min(sure, row)
    store<u32>(values + ((<usize>row) << 2), row < sure ? numberOf(row) : tell(row))
  }
  if (sure != u32.MAX_VALUE) forget()
  return true
}

function numberOf(row: u32): u32 {
  const own = ids + <usize>row * idBytes
  let hash: u64 = 0
  for (let i: usize = 0; i < idBytes; i += 8) hash = rotl<u64>((hash ^ load<u64>(own + i)) * HASH, 29)
  hash *= HASH
  const tag = <u32>hash
  const mask: usize = ((<usize>1) << LINE_BITS) - 1
  let place = <usize>(hash >> (64 - LINE_BITS))
  let slot = lines + (place << LINE_SLOT)
  let entry = <usize>load<u32>(slot)
  while (entry != 0) {
    if (load<u32>(slot, TAG) == tag && isEntry(entry, own)) return load<u32>(entry)
    place = (place + 1) & mask
    slot = lines + (place << LINE_SLOT)
    entry = <usize>load<u32>(slot)
  }
  const number = tell(row)
  store<u32>(slot, <u32>nextEntry)
  store<u32>(slot, tag, TAG)
  store<u32>(nextEntry, number)
  memory.copy(nextEntry + 8, own, idBytes)
  nextEntry += 8 + idBytes
  lineCount++
  return number
}

function isEntry(entry: usize, own: usize): bool {
  for (let i: usize = 0; i < idBytes; i += 8) if (load<u64>(entry + i, 8) != load<u64>(own + i)) return false
  return true
}

/** Writes the next number and the line of a row behind those that are told, and gives the number. */
function tell(row: u32): u32 {
  const line = <usize>load<u32>(starts + ((<usize>row) << 2))
  const after = <usize>load<u32>(starts + ((<usize>row) << 2), 4)
  const number = <u32>nextNumber
  nextNumber += step
  toldCount++
  let digits: usize = 1
  for (let rest = number; rest >= 10; rest /= 10) digits++
  let rest = number
  for (let i = digits; i > 0; i--, rest /= 10) store<u8>(nextTold + i - 1, 48 + (rest % 10))
  store<u8>(nextTold + digits, SPACE)
  memory.copy(nextTold + digits + 1, line, after - line)
  nextTold += digits + 1 + (after - line)
  return number
}
