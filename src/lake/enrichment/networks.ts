import ipaddr from 'ipaddr.js'
import { addressRange } from '../../engine/index.js'

/** The columns that name a network in a table beside the logs; the keys are given by the addresses. */
export interface NetworkColumns {
  readonly network: string
  readonly first_key: string
  readonly last_key: string
  readonly prefix_length: number
}

/** A CIDR or an address as a row has it, without bits behind the prefix; undefined for anything else. */
export function networkColumns(text: string): NetworkColumns | undefined {
  const plain = unmapped(text)
  if (plain === undefined) return undefined
  const { first, last } = addressRange(plain)
  const prefix = Number(plain.split('/')[1])
  return { network: `${first}/${prefix}`, first_key: first, last_key: last, prefix_length: prefix }
}

/** A CIDR with its length, IPv4 that is mapped into IPv6 as IPv4; `010.0.0.1` and `10.1`, which some read otherwise, are none. */
function unmapped(text: string): string | undefined {
  const [address = '', length, ...more] = text.split('/')
  if (more.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined
  if (!ipaddr.IPv6.isValid(address) && !ipaddr.IPv4.isValidFourPartDecimal(address)) return undefined
  if (address.includes('%') || /(^|\.)0\d/.test(address)) return undefined
  const parsed = ipaddr.parse(address)
  const size = 8 * parsed.toByteArray().length
  const bits = length === undefined ? size : Number(length)
  if (bits > size) return undefined
  if (parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress() && bits >= 96) {
    return `${parsed.toIPv4Address().toString()}/${bits - 96}`
  }
  return `${parsed.toString()}/${bits}`
}
