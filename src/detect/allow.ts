import type { AllowedConnections } from '../engine/index.js'
import { Fault } from '../fault/index.js'
import type { Config } from './config.js'
import { isNetwork } from './networks.js'
import { protocolNumber } from './protocol.js'

type Entry = Config['allow'][number]

const DAY = 86_400

/**
 * What weir.yaml allows, with its groups as their networks. Throws a Fault of kind `usage` for a name that is neither a group nor a
 * network, and for a protocol that is none.
 */
export function allowedConnections({ allow, groups }: Pick<Config, 'allow' | 'groups'>): readonly AllowedConnections[] {
  return allow.map(entry => {
    const networks = (names: readonly string[]) => names.flatMap(name => groups[name] ?? [networkOf(name, entry, groups)])
    return {
      name: entry.name,
      from: networks(entry.from),
      to: networks(entry.to),
      ports: (entry.ports ?? []).map(spanOf),
      ...(entry.protocol === undefined ? {} : { protocol: protocolOf(entry.protocol, entry) }),
      ...(entry.until === undefined ? {} : { until: Date.parse(`${entry.until}T00:00:00Z`) / 1000 + DAY }),
    }
  })
}

function spanOf(port: number | string): readonly [number, number] {
  const [low = 0, high = low] = String(port).split('-').map(Number)
  return [low, high]
}

function networkOf(name: string, { name: entry }: Entry, groups: Config['groups']): string {
  if (isNetwork(name)) return name
  throw new Fault({
    code: 'config-invalid',
    kind: 'usage',
    message: `allow, ${entry}: ${name} is neither a group nor a network`,
    expected: `a CIDR, an address, or one of the groups ${Object.keys(groups).join(', ') || '(there is none)'}`,
  })
}

function protocolOf(text: string | number, { name: entry }: Entry): number {
  const number = typeof text === 'number' ? text : protocolNumber(text)
  if (number !== undefined && number !== null) return number
  throw new Fault({
    code: 'config-invalid',
    kind: 'usage',
    message: `allow, ${entry}: there is no protocol ${text}`,
    expected: 'tcp, udp, icmp, or a number by IANA',
  })
}
