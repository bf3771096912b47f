import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { expect, test } from 'vitest'
import { networkColumns } from '../../src/lake/index.js'
import { line, ownLakes } from './world.js'

const newLake = ownLakes()

/** Few bytes, so that networks lie within each other and addresses in networks. */
const byte = fc.constantFrom(0, 1, 127, 128, 255)
const v4 = fc.array(byte, { minLength: 4, maxLength: 4 }).map(bytes => `8${bytes.join('.').replace(/^\d+/, '')}`)
const v6 = fc
  .array(fc.constantFrom(0, 1, 0x7fff, 0x8000, 0xffff), { minLength: 8, maxLength: 8 })
  .map(words => ipaddr.fromByteArray([0x2a, 0, ...words.slice(1).flatMap(word => [word >> 8, word & 255])]).toString())

const network = fc.oneof(
  fc.tuple(v4, fc.integer({ min: 0, max: 32 })).map(([address, bits]) => `${address}/${bits}`),
  fc.tuple(v6, fc.integer({ min: 0, max: 128 })).map(([address, bits]) => `${address}/${bits}`),
)
const addresses = fc.uniqueArray(fc.oneof(v4, v6), { minLength: 1, maxLength: 30 })

/** The narrowest of the networks that have the address, by trying each. */
function narrowest(address: string, networks: readonly string[]): string | null {
  const parsed = ipaddr.parse(address)
  const matching = networks
    .map(text => ({ text, cidr: ipaddr.parseCIDR(text) }))
    .filter(({ cidr }) => cidr[0].kind() === parsed.kind() && parsed.match(cidr))
    .sort((a, b) => b.cidr[1] - a.cidr[1])
  return matching[0]?.text ?? null
}

test('the longest prefix wins, IPv4 and IPv6, as trying every network says', async () => {
  const lake = newLake()
  await fc.assert(
    fc.asyncProperty(addresses, fc.uniqueArray(network.map(normal), { minLength: 1, maxLength: 40 }), async (seen, networks) => {
      const [six, four] = [networks.filter(text => text.includes(':')), networks.filter(text => !text.includes(':'))]
      await lake.enrich('ip-ranges', {
        prefixes: four.map(ip_prefix => ({ ip_prefix, service: ip_prefix, region: 'r' })),
        ipv6_prefixes: six.map(ipv6_prefix => ({ ipv6_prefix, service: ipv6_prefix, region: 'r' })),
      })
      await lake.enrich('known-bad', networks.join('\n'))
      const rows = await lake.ask(
        `SELECT address, aws_service, cardinality(lists) AS lists FROM hosts WHERE scope = 'public'`,
        seen.map(address => line(`eni-1 10.0.0.5 ${address}`)),
      )
      const found = new Map(rows.map(row => [row['address'], [row['aws_service'], row['lists']]]))
      const expected = seen.map(address => {
        const best = narrowest(address, networks)
        return [address, [best, best === null ? null : 1]] as const
      })
      expect(found).toEqual(new Map(expected))
    }),
    { numRuns: 12, seed: 1 },
  )
})

const normal = (text: string): string => networkColumns(text)?.network ?? text

test('a network loses the bits behind its prefix, and IPv4 mapped into IPv6 is IPv4', () => {
  fc.assert(
    fc.property(network, text => {
      const columns = networkColumns(text)
      const cidr = ipaddr.parseCIDR(text)
      expect(columns?.prefix_length).toBe(cidr[1])
      const first = ipaddr.parse(columns?.first_key ?? '')
      expect([first.kind(), first.match(cidr)]).toEqual([cidr[0].kind(), true])
      expect(networkColumns(columns?.network ?? '')).toEqual(columns)
    }),
  )
  expect(networkColumns('::ffff:192.0.2.77/120')?.network).toBe('192.0.2.0/24')
  for (const text of ['192.0.2/24', '192.0.2.0/33', '010.0.0.1', 'fe80::1%eth0', '::/129', '1.2.3.4/', '0x7f.1', ''])
    expect(networkColumns(text)).toBeUndefined()
})
