import { z } from 'zod'
import { Fault } from '../../fault/index.js'
import type { ReferenceRow } from '../../engine/index.js'
import { read, type JsonDocument } from './json-documents.js'
import { networkColumns } from './networks.js'

const PUBLISHED = 'https://ip-ranges.amazonaws.com/ip-ranges.json'

const named = { region: z.string(), service: z.string(), network_border_group: z.string().nullish() }
const file = z.object({
  prefixes: z.array(z.object({ ip_prefix: z.string(), ...named })),
  ipv6_prefixes: z.array(z.object({ ipv6_prefix: z.string(), ...named })),
})

/** AWS's published ranges as rows. */
export function awsRanges(documents: readonly JsonDocument[], path: string): ReferenceRow[] {
  return documents.flatMap(document => {
    const { prefixes, ipv6_prefixes } = read(file, document, path, PUBLISHED)
    const all = [
      ...prefixes.map((each, i) => ({ ...each, prefix: each.ip_prefix, at: `$.prefixes[${i}].ip_prefix` })),
      ...ipv6_prefixes.map((each, i) => ({ ...each, prefix: each.ipv6_prefix, at: `$.ipv6_prefixes[${i}].ipv6_prefix` })),
    ]
    return all.map(({ prefix, at, service, region, network_border_group = null }) => {
      const columns = networkColumns(prefix)
      if (!columns) throw noNetwork(prefix, `${path}, ${at}`)
      return { ...columns, service, region, network_border_group }
    })
  })
}

export const noNetwork = (text: string, where: string): Fault =>
  new Fault({
    code: 'enrichment-network',
    kind: 'source',
    message: `${JSON.stringify(text)} is no network`,
    where,
    expected: 'a CIDR or an address, IPv4 or IPv6',
  })
