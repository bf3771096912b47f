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
let entryWords: usize = 0

/** Those of the line that is read. */
let ids: usize = 0

/** Lines of the batch that are told. */
let told: usize = 0
let nextTold: usize = 0

/**
 * Has texts be numbered: `first`, and every `between` from there, into `column`. `columns` is how many of a line there are; `room` has
 * so many `bytes`, and `lines` room for those of a batch, each with its number before it. What was told is forgotten when there is no
 * more room for it, and told again under other numbers.
 */
export function numberTexts(
  column: usize,
  columns: u32,
  room: usize,
  bytes: usize,
  toldAt: usize,
  first: i32,
  between: i32,
): void {
  numbers = column
  nextNumber = first
  step = between
  entryWords = ((columns + 1) >> 1) + 1
  tokens = room
  lines = tokens + ((<usize>1) << (TOKEN_BITS + TOKEN_SLOT))
  rests = lines + ((<usize>1) << (LINE_BITS + LINE_SLOT))
  ids = rests + RESTS
  entries = ids + (entryWords << 3)
  entriesEnd = room + bytes
  told = nextTold = toldAt
  store<u64>(ids + ((entryWords - 2) << 3), 0)
  forget()
}

/** Bytes of the lines that the last batch tells. */
export function toldBytes(): u32 {
  return <u32>(nextTold - told)
}

export function isNumbered(): bool {
  return numbers != 0
}

export function beginBatch(): void {
  nextTold = told
}

function forget(): void {
  memory.fill(tokens, 0, rests - tokens)
  tokenCount = lineCount = 0
  nextRest = rests
  nextEntry = entries
}

export function putNoToken(text: u32): void {
  store<u32>(ids + ((<usize>text) << 2), 0)
}

/** Notes a token of the line; false where it is none of its kind. */
export function putToken(text: u32, kind: u32, at: usize, length: u32): bool {
  const low = wordOf(at, min(length, <u32>8))
  const high = length <= 8 ? 0 : wordOf(at + 8, min(length - 8, <u32>8))
  const form = length | (kind << 28)
  let hash = rotl<u64>((low ^ (<u64>form)) * HASH, 29) ^ high
  for (let i: usize = 16; i < length; i += 8) hash = rotl<u64>(hash * HASH, 29) ^ wordOf(at + i, min(<u32>(length - i), <u32>8))
  hash *= HASH
  const mask: usize = ((<usize>1) << TOKEN_BITS) - 1
  let place = <usize>(hash >> (64 - TOKEN_BITS))
  let slot = tokens + (place << TOKEN_SLOT)
  let id = load<u32>(slot, ID)
  while (id != 0) {
    if (load<u64>(slot) == low && load<u64>(slot, 8) == high && load<u32>(slot, LENGTH) == form && isRest(slot, at, length)) {
      store<u32>(ids + ((<usize>text) << 2), id)
      return true
    }
    place = (place + 1) & mask
    slot = tokens + (place << TOKEN_SLOT)
    id = load<u32>(slot, ID)
  }
  if (kind == ADDRESS && !isIpv4(at, at + length) && !isIpv6OrMac(at, at + length)) return false
  if (kind == PLACE && length > LONGEST_PLACE) return false
  const rest: usize = length > 16 ? length - 16 : 0
  store<u32>(ids + ((<usize>text) << 2), ++tokenCount)
  // Where there is no room it is not kept, and `putNumber` has all be forgotten.
  if (tokenCount > MOST_TOKENS || nextRest + rest > rests + RESTS) {
    tokenCount = MOST_TOKENS + 1
    return true
  }
  store<u64>(slot, low)
  store<u64>(slot, high, 8)
  store<u32>(slot, form, LENGTH)
  store<u32>(slot, tokenCount, ID)
  store<u32>(slot, <u32>nextRest, REST)
  memory.copy(nextRest, at + 16, rest)
  nextRest += rest
  return true
}

function isRest(slot: usize, at: usize, length: u32): bool {
  return length <= 16 || memory.compare(<usize>load<u32>(slot, REST), at + 16, length - 16) == 0
}

/** Puts the number of the texts that were noted into a row, and tells the line where they are new. */
export function putNumber(row: u32, line: usize, after: usize): void {
  const value = <usize>load<u32>(numbers, VALUES) + ((<usize>row) << 2)
  const bytes = entryWords << 3
  if (tokenCount > MOST_TOKENS || lineCount == MOST_LINES || nextEntry + bytes > entriesEnd) {
    forget()
    store<u32>(value, tell(line, after))
    return
  }
  let hash: u64 = 0
  for (let i: usize = 0; i < bytes - 8; i += 8) hash = rotl<u64>((hash ^ load<u64>(ids + i)) * HASH, 29)
  hash *= HASH
  const tag = <u32>hash
  const mask: usize = ((<usize>1) << LINE_BITS) - 1
  let place = <usize>(hash >> (64 - LINE_BITS))
  let slot = lines + (place << LINE_SLOT)
  let entry = <usize>load<u32>(slot)
  while (entry != 0) {
    if (load<u32>(slot, TAG) == tag && isEntry(entry, bytes)) {
      store<u32>(value, load<u32>(entry))
      return
    }
    place = (place + 1) & mask
    slot = lines + (place << LINE_SLOT)
    entry = <usize>load<u32>(slot)
  }
  const number = tell(line, after)
  store<u32>(slot, <u32>nextEntry)
  store<u32>(slot, tag, TAG)
  store<u32>(nextEntry, number)
  memory.copy(nextEntry + 8, ids, bytes - 8)
  nextEntry += bytes
  lineCount++
  store<u32>(value, number)
}

function isEntry(entry: usize, bytes: usize): bool {
  for (let i: usize = 0; i < bytes - 8; i += 8) if (load<u64>(entry + i, 8) != load<u64>(ids + i)) return false
  return true
}

/** Writes the next number and the line behind those that are told, and gives the number. */
function tell(line: usize, after: usize): u32 {
  const number = <u32>nextNumber
  nextNumber += step
  let digits: usize = 1
  for (let rest = number; rest >= 10; rest /= 10) digits++
  let rest = number
  for (let i = digits; i > 0; i--, rest /= 10) store<u8>(nextTold + i - 1, 48 + (rest % 10))
  store<u8>(nextTold + digits, SPACE)
  memory.copy(nextTold + digits + 1, line, after - line)
  nextTold += digits + 1 + (after - line)
  return number
}
