import ipaddr from 'ipaddr.js'
import { Fault } from '../../fault/index.js'

/** `10.0.0.1..30` or `10.0.0.1..10.0.1.30` or one address, as all its addresses; commas join several. IPv6 likewise. */
export function addressesOf(text: string): readonly string[] {
  return text.split(',').flatMap(part => {
    const [first = '', last] = part.split('..')
    if (!ipaddr.isValid(first)) throw wrongRange(part, 'an address or a range such as 10.0.0.1..30')
    if (last === undefined) return [first]
    const cut = Math.max(first.lastIndexOf('.'), first.lastIndexOf(':')) + 1
    const whole = ipaddr.isValid(last) && /[.:]/.test(last) ? last : first.slice(0, cut) + last
    const from = numberOf(first)
    const length = Number(numberOf(whole) - from) + 1
    return Array.from({ length }, (_, i) => addressOf(from + BigInt(i), first.includes(':')))
  })
}

/** `22`, `1..100`, `22,80,443`. */
export function numbersOf(text: string): readonly number[] {
  return text.split(',').flatMap(part => {
    const [first, last] = part.split('..').map(Number)
    if (first === undefined || !Number.isInteger(first)) throw wrongRange(part, 'a number or a range such as 1..100')
    return Array.from({ length: (last ?? first) - first + 1 }, (_, i) => first + i)
  })
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

/** `+5m`, or `+0s..+60s` spread evenly over `count` moments, in seconds after the start. */
export function momentsOf(text: string, count: number): readonly number[] {
  const [first = 0, last = first] = text.split('..').map(secondsOf)
  return Array.from({ length: count }, (_, i) => first + (count > 1 ? Math.floor(((last - first) * i) / (count - 1)) : 0))
}

function secondsOf(text: string): number {
  const [, amount, unit] = /^\+(\d+)([smhd])$/.exec(text) ?? []
  const size = units[unit ?? '']
  if (amount === undefined || size === undefined) throw wrongRange(text, 'a time after the start such as +90s, +5m, +2h or +1d')
  return Number(amount) * size
}

const numberOf = (address: string) =>
  ipaddr
    .parse(address)
    .toByteArray()
    .reduce((number, byte) => (number << 8n) + BigInt(byte), 0n)

function addressOf(number: bigint, v6: boolean): string {
  const length = v6 ? 16 : 4
  const bytes = Array.from({ length }, (_, i) => Number((number >> BigInt(8 * (length - 1 - i))) & 255n))
  return ipaddr.fromByteArray(bytes).toString()
}

function wrongRange(text: string, expected: string): Fault {
  return new Fault({ code: 'rule-test', kind: 'usage', message: `${text} is not understood`, expected })
}
