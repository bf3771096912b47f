// AssemblyScript, part of records.wasm: what stands between two spaces of a line.

export const SPACE: u32 = 32
export const NEWLINE: u32 = 10
export const DASH: u32 = 45
export const DOT: u32 = 46
export const COLON: u32 = 58

/** 2^64 over the golden ratio: spreads what it multiplies. */
export const HASH: u64 = 0x9e3779b97f4a7c15

/** Bytes up to the first that is no printable ASCII; `<` is left to those who know what Weir itself marks with it. */
export function tokenLength(at: usize): u32 {
  let length: u32 = 0
  while (true) {
    const bytes = v128.load(at + length)
    const printable = v128.and(i8x16.gt_s(bytes, i8x16.splat(32)), i8x16.lt_s(bytes, i8x16.splat(127)))
    const inside = <u32>i8x16.bitmask(v128.andnot(printable, i8x16.eq(bytes, i8x16.splat(60))))
    if (inside != 0xffff) return length + ctz(~inside)
    length += 16
  }
}

/** A token of up to eight bytes as a number; 0 for a longer one. */
export function wordOf(at: usize, length: u32): u64 {
  if (length > 8) return 0
  return length == 8 ? load<u64>(at) : load<u64>(at) & (((<u64>1) << (length << 3)) - 1)
}
