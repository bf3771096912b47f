import ipaddr from 'ipaddr.js'

/** Whether the text is a CIDR or an address, IPv4 or IPv6. */
export function isNetwork(text: string): boolean {
  return ipaddr.isValidCIDR(text) || (!text.includes('/') && ipaddr.isValid(text))
}

/** Whether an address lies within a CIDR, or is the address. */
export function isWithin(address: string, network: string): boolean {
  if (!ipaddr.isValid(address) || !isNetwork(network)) return false
  const inner = ipaddr.process(address)
  const [outer, bits] = network.includes('/') ? ipaddr.parseCIDR(network) : [ipaddr.process(network), null]
  if (inner.kind() !== outer.kind()) return false
  return inner.match(outer, bits ?? 8 * outer.toByteArray().length)
}
