import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { coerce } from '../bind/bound.js'
import { varchar } from '../types.js'
import { argumentsOf } from './arguments.js'
import type { Forms, Special } from './form.js'

export const addresses: Forms = {
  address_prefix: [['(ipaddress, integer) -> ipaddress', 'address_prefix($1, $2)']],
  address_text: [['(ipaddress) -> varchar', 'address_text($1)']],
  contains: [['(varchar, ipaddress) -> boolean', 'athena.in_network($2, athena.network($1))']],
}

/** Functions of addresses that look at a literal before the query runs. */
export const literalAddresses: Readonly<Record<string, Special>> = {
  address_key: {
    usage: '(varchar) -> ipaddress',
    bind(call, scope) {
      const [address] = argumentsOf(call, scope, 1)
      const key = address?.text === undefined ? undefined : keyOf(address.text)
      // DuckDB takes long to plan the macro, and a list of addresses names it often.
      const sql = key === undefined ? `address_key(${address && coerce(address, varchar).sql})` : `CAST('${key}' AS UHUGEINT)`
      return { sql, type: { kind: 'ipaddress' }, at: call.at }
    },
  },
}

/** The address as a number of 128 bits, IPv4 mapped into IPv6; undefined for what only the macro can tell. */
function keyOf(text: string): bigint | undefined {
  if (isIP(text) === 0 || text.includes('%')) return undefined
  const address = ipaddr.parse(text)
  const bytes = address instanceof ipaddr.IPv4 ? address.toIPv4MappedAddress().toByteArray() : address.toByteArray()
  return bytes.reduce((key, byte) => key * 256n + BigInt(byte), 0n)
}
