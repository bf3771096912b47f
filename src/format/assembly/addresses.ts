// AssemblyScript, part of records.wasm: which tokens are addresses.

import { COLON, DOT, HASH, wordOf } from './tokens'

/** Whether a token is an address. The first page of memory remembers those of up to 16 bytes that passed: most come again. */
export function isAddress(at: usize, length: u32): bool {
  if (length > 16) return isIpv6OrMac(at, at + length)
  const low = wordOf(at, min(length, <u32>8))
  const high = length <= 8 ? 0 : wordOf(at + 8, length - 8)
  const place = (<usize>(((low ^ (high * HASH)) * HASH) >> 52)) << 4
  if (load<u64>(place) == low && load<u64>(place, 8) == high) return true
  if (!isIpv4(at, at + length) && !isIpv6OrMac(at, at + length)) return false
  store<u64>(place, low)
  store<u64>(place, high, 8)
  return true
}

export function isIpv4(start: usize, end: usize): bool {
  let at = start
  let dots: u32 = 0
  while (true) {
    let value = <u32>load<u8>(at) - 48
    if (value > 9) return false
    let digits: u32 = 1
    let digit = <u32>load<u8>(++at) - 48
    while (digit <= 9) {
      value = value * 10 + digit
      if (++digits > 3) return false
      digit = <u32>load<u8>(++at) - 48
    }
    if (value > 255 || (digits == 3 && value < 100)) return false
    if (at == end) return dots == 3
    if (load<u8>(at++) != DOT) return false
    dots++
  }
}

function isHex(byte: u32): bool {
  return byte - 48 <= 9 || (byte | 32) - 97 <= 5
}

/** RFC 4291, section 2.2, without the form that ends in IPv4; or six pairs of digits, as EFA interfaces write. */
export function isIpv6OrMac(start: usize, end: usize): bool {
  let at = start
  let groups: u32 = 0
  let pairs = true
  let isShort = false
  if (load<u16>(at) == 0x3a3a) {
    isShort = true
    at += 2
    if (at == end) return true
  }
  while (true) {
    let digits: u32 = 0
    while (digits <= 4 && isHex(load<u8>(at))) {
      digits++
      at++
    }
    if (digits == 0 || digits > 4) return false
    if (digits != 2) pairs = false
    groups++
    if (at == end) break
    if (load<u8>(at++) != COLON || at == end) return false
    if (load<u8>(at) == COLON) {
      if (isShort) return false
      isShort = true
      if (++at == end) break
    }
  }
  return isShort ? groups <= 7 : groups == 8 || (groups == 6 && pairs)
}
