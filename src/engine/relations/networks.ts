import ipaddr from 'ipaddr.js'
import { Fault } from '../../fault/index.js'

/** The first and the last address of a CIDR, or of an address alone. Throws a Fault of kind `usage` for anything else. */
export function addressRange(network: string): { readonly first: string; readonly last: string } {
  const cidr = network.includes('/') ? network : `${network}/${network.includes(':') ? 128 : 32}`
  if (!ipaddr.isValidCIDR(cidr)) {
    throw new Fault({
      code: 'network-invalid',
      kind: 'usage',
      message: `${network} is no network`,
      expected: 'a CIDR or an address, IPv4 or IPv6',
      action: 'write it as 203.0.113.0/24, 203.0.113.7 or 2001:db8::/32',
    })
  }
  const [address, bits] = ipaddr.parseCIDR(cidr)
  const bytes = address.toByteArray()
  const bound = (fill: number) => ipaddr.fromByteArray(bytes.map((byte, i) => withHostBits(byte, bits - 8 * i, fill))).toString()
  return { first: bound(0), last: bound(255) }
}

/** A byte of which the leading `bits` belong to the network and the others are filled. */
function withHostBits(byte: number, bits: number, fill: number): number {
  const mask = 255 & (255 << (8 - Math.min(8, Math.max(0, bits))))
  return (byte & mask) | (fill & ~mask & 255)
}
