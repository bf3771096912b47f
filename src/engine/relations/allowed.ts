import { Fault } from '../../fault/index.js'
import { addressRange } from './networks.js'

/** Connections that are meant to be: from one of these networks to one of those, on these ports. */
export interface AllowedConnections {
  readonly name: string
  /** CIDRs and addresses, IPv4 or IPv6. */
  readonly from: readonly string[]
  readonly to: readonly string[]
  /** First and last of each; all where there is none. */
  readonly ports: readonly (readonly [number, number])[]
  /** IANA number; any where left out. */
  readonly protocol?: number
  /** Unix seconds: not for what begins at that time or later. */
  readonly until?: number
}

/** The relation `allowed`: one row for each pair of networks and range of ports of an entry; `place` is the entry's in its list. */
export function allowedRelation(entries: readonly AllowedConnections[]): string {
  const rows = entries.flatMap((entry, place) => rowsOf(entry, place + 1))
  const columns = [
    'a.place',
    'a.name',
    'a.from_first',
    'a.from_last',
    'a.to_first',
    'a.to_last',
    'a.port_low',
    'a.port_high',
    'a.protocol',
    'a.valid_until',
  ]
  const none = `  (0, '', ${Array(4).fill("address_key('::')").join(', ')}, 0, 0, 0, CAST(0 AS bigint))`
  return [
    '-- One row: networks from which, networks to which and ports on which connections are allowed (allow in weir.yaml).',
    'SELECT',
    columns.map(column => `  ${column}`).join(',\n'),
    'FROM (VALUES',
    [none, ...rows].join(',\n'),
    ') AS a (place, name, from_first, from_last, to_first, to_last, port_low, port_high, protocol, valid_until)',
    'WHERE a.place > 0',
  ].join('\n')
}

function rowsOf({ name, from, to, ports, protocol, until }: AllowedConnections, place: number): readonly string[] {
  const spans = ports.length > 0 ? ports : [[0, 65_535] as const]
  const named = `'${name.replaceAll("'", "''")}'`
  return from.map(addressRange).flatMap(source =>
    to.map(addressRange).flatMap(target =>
      spans.map(([low, high]) => {
        if (low > high) throw reversed(name, low, high)
        const ends = [source.first, source.last, target.first, target.last].map(address => `address_key('${address}')`)
        return `  (${[place, named, ...ends, low, high, protocol ?? 'NULL', until === undefined ? 'NULL' : `CAST(${until} AS bigint)`].join(', ')})`
      }),
    ),
  )
}

const reversed = (name: string, low: number, high: number): Fault =>
  new Fault({
    code: 'config-invalid',
    kind: 'usage',
    message: `allow, ${name}: the ports ${low}-${high} end before they begin`,
    expected: 'a range such as 8000-8099',
  })
