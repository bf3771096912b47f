// AssemblyScript, part of records.wasm: how columns stand in memory, as `src/format/record-reader.ts` lays them out.

export const ADDRESS: u32 = 1
export const INTEGER: u32 = 2
export const BIGINT: u32 = 3
export const ACTION: u32 = 4
export const STATUS: u32 = 5
/** A text that becomes the name of a folder. */
export const PLACE: u32 = 6
/** No field of a line: the key of an address in it. */
export const TEXT: u32 = 0

/** What is longer, no file system may take once it is escaped. */
export const LONGEST_PLACE: u32 = 80

/** A column is described by so many bytes, which hold at these places: its kind, where its values, its validity and its heap stand, the bytes of the heap, whether it has a NULL, its largest value. */
export const COLUMN: usize = 32
export const KIND: usize = 0
export const VALUES: usize = 4
export const VALIDITY: usize = 8
export const HEAP: usize = 12
export const HEAP_BYTES: usize = 16
export const NULLS: usize = 20
export const MOST: usize = 24

export function setNull(column: usize, kind: u32, values: usize, row: u32): void {
  if (kind == INTEGER) store<u32>(values + ((<usize>row) << 2), 0)
  else if (kind == BIGINT) store<u64>(values + ((<usize>row) << 3), 0)
  else v128.store(values + ((<usize>row) << 4), i64x2.splat(0))
  const byte = <usize>load<u32>(column, VALIDITY) + (row >> 3)
  store<u8>(byte, (<u32>load<u8>(byte)) & ~(1 << (row & 7)))
  store<u32>(column, 1, NULLS)
}

export function isNull(column: usize, row: u32): bool {
  return (((<u32>load<u8>(<usize>load<u32>(column, VALIDITY) + (row >> 3))) >> (row & 7)) & 1) == 0
}
