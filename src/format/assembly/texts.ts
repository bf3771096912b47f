// AssemblyScript, part of records.wasm: numbers in place of texts. The records of a network have few different ones: what a record says
// of its ENI, its addresses and its fate, many others say too.

import { BIGINT, COLUMN, HASH, HEAP, HEAP_BYTES, INTEGER, KIND, setNull, TEXT, VALUES } from './columns'

/** A column of numbers in place of texts: 0 where there is none. */
let numbers: usize = 0
/** Of texts that were numbered: where they stand, found by their hash, and where the next ones will. */
let slots: usize = 0
let texts: usize = 0
let textsEnd: usize = 0
let nextText: usize = 0
let told: u32 = 0
/** The number of the next texts, and what lies between one and the next. */
let nextNumber: i64 = 0
let step: i64 = 1

/** A slot has these: where the texts stand (0: nowhere), a half of their hash, their number. */
const SLOT_BITS: u32 = 18
const MOST_TOLD: u32 = 196_608
const SLOT: u32 = 4
const TAG: usize = 4
const NUMBER: usize = 8

/**
 * Has the texts of a row be told once, and be NULL in later rows that have the same ones, all columns of them taken together. The number
 * of a row's texts goes into `column`; where they are told, -1 less the number. So many `bytes` from `room` on remember what was told,
 * which must be room for more than one line; when they are full, all of it is forgotten, and told again under other numbers.
 */
export function numberTexts(column: usize, room: usize, bytes: usize, first: i32, between: i32): void {
  numbers = column
  slots = room
  texts = room + ((<usize>1) << (SLOT_BITS + SLOT))
  textsEnd = room + bytes
  nextNumber = first
  step = between
  forgetTexts()
}

export function isNumbered(): bool {
  return numbers != 0
}

function forgetTexts(): void {
  memory.fill(slots, 0, (<usize>1) << (SLOT_BITS + SLOT))
  nextText = texts
  told = 0
}

function isText(column: usize): bool {
  const kind = load<u32>(column, KIND)
  return kind != INTEGER && kind != BIGINT
}

function mixed(hash: u64, word: u64): u64 {
  return rotl<u64>((hash ^ word) * HASH, 29)
}

export function putNumber(table: usize, columns: i32, row: u32): void {
  let hash: u64 = 0
  let bytes: usize = 0
  const end = table + <usize>columns * COLUMN
  for (let column = table; column < end; column += COLUMN) {
    if (!isText(column)) continue
    const value = <usize>load<u32>(column, VALUES) + ((<usize>row) << 4)
    const length = <usize>load<u32>(value)
    hash = mixed(hash, load<u64>(value))
    bytes += 16
    if (length <= 12) {
      hash = mixed(hash, load<u64>(value, 8))
      continue
    }
    const text = <usize>load<u32>(column, HEAP) + <usize>load<u32>(value, 8)
    for (let at: usize = 0; at + 8 < length; at += 8) hash = mixed(hash, load<u64>(text + at))
    hash = mixed(hash, load<u64>(text + length - 8))
    bytes += (length + 15) & ~15
  }
  hash *= HASH
  const tag = <u32>hash
  const home = <usize>(hash >> (64 - SLOT_BITS))
  const mask = ((<usize>1) << SLOT_BITS) - 1
  let slot = home
  const values = <usize>load<u32>(numbers, VALUES) + ((<usize>row) << 3)
  while (true) {
    const place = slots + (slot << SLOT)
    const known = <usize>load<u32>(place)
    if (known == 0) break
    if (load<u32>(place, TAG) == tag && areKnown(table, end, row, known)) {
      store<i64>(values, load<i64>(place, NUMBER))
      dropTexts(table, end, row)
      return
    }
    slot = (slot + 1) & mask
  }
  if (told == MOST_TOLD || nextText + bytes > textsEnd) {
    forgetTexts()
    slot = home
  }
  const place = slots + (slot << SLOT)
  store<u32>(place, <u32>nextText)
  store<u32>(place, tag, TAG)
  store<i64>(place, nextNumber, NUMBER)
  store<i64>(values, -1 - nextNumber)
  nextNumber += step
  told++
  keepTexts(table, end, row)
}

/** A text is kept as its value, if that holds all of it, else as length and beginning, eight bytes of nothing, and all of it. */
function keepTexts(table: usize, end: usize, row: u32): void {
  for (let column = table; column < end; column += COLUMN) {
    if (!isText(column)) continue
    const value = <usize>load<u32>(column, VALUES) + ((<usize>row) << 4)
    const length = <usize>load<u32>(value)
    v128.store(nextText, v128.load(value))
    nextText += 16
    if (length <= 12) continue
    const text = <usize>load<u32>(column, HEAP) + <usize>load<u32>(value, 8)
    memory.copy(nextText, text, length)
    nextText += (length + 15) & ~15
  }
}

function areKnown(table: usize, end: usize, row: u32, known: usize): bool {
  for (let column = table; column < end; column += COLUMN) {
    if (!isText(column)) continue
    const value = <usize>load<u32>(column, VALUES) + ((<usize>row) << 4)
    const length = <usize>load<u32>(value)
    if (load<u64>(known) != load<u64>(value)) return false
    if (length <= 12) {
      if (load<u64>(known, 8) != load<u64>(value, 8)) return false
      known += 16
      continue
    }
    const text = <usize>load<u32>(column, HEAP) + <usize>load<u32>(value, 8)
    known += 16
    for (let at: usize = 0; at + 8 < length; at += 8) if (load<u64>(known + at) != load<u64>(text + at)) return false
    if (load<u64>(known + length - 8) != load<u64>(text + length - 8)) return false
    known += (length + 15) & ~15
  }
  return true
}

/** Makes the texts of the last row NULL, and has the heaps forget them. */
function dropTexts(table: usize, end: usize, row: u32): void {
  for (let column = table; column < end; column += COLUMN) {
    if (!isText(column)) continue
    const values = <usize>load<u32>(column, VALUES)
    const length = load<u32>(values + ((<usize>row) << 4))
    if (length > 12) store<u32>(column, load<u32>(column, HEAP_BYTES) - length, HEAP_BYTES)
    if (length > 0) setNull(column, TEXT, values, row)
  }
}
