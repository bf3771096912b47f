import ipaddr from 'ipaddr.js'
import { wrongOption } from './choice.js'

/** Whether the text is an address or a range: `10.0.0.0/8`, `2001:db8::/32`, `203.0.113.7`. */
export const isCidr = (text: string): boolean =>
  ipaddr.isValidCIDR(text) || ipaddr.IPv6.isValid(text) || ipaddr.IPv4.isValidFourPartDecimal(text)

/** Reads ranges that stand apart by commas; an address alone is a range of one. */
export function cidrs(option: string, text: string): string[] {
  return text.split(',').map(part => {
    if (!isCidr(part)) throw wrongOption(option, part, 'an address range such as 203.0.113.0/24')
    return part.includes('/') ? part : `${part}/${ipaddr.parse(part).kind() === 'ipv4' ? 32 : 128}`
  })
}
