import { readFileSync } from 'node:fs'
import { Fault } from '../../fault/index.js'
import { allowedRelation, type AllowedConnections } from './allowed.js'
import { addressRange } from './networks.js'
import { addressOrigins, referenceDefinitions } from './references.js'

/**
 * One of Weir's own relations, as a SELECT in Athena's SQL over `records`, the tables beside the logs and those that stand before it.
 * Besides Athena's functions it may use two that each engine gives: `address_key(varchar)`, the address as an opaque value that
 * can be compared and ordered, IPv4 mapped into IPv6, NULL for what is no address; and `address_prefix(key, length)`, the key of the
 * first address of its network of that length.
 */
export interface RelationDefinition {
  readonly name: string
  readonly sql: string
  /** `view`: answered anew by every query. `once`: made once a run, when a query or a rule first reads it. */
  readonly made: 'view' | 'once'
  /** What the SELECT reads, directly. */
  readonly reads: readonly string[]
  /** Where it stands: as a view of a database too, or in runs alone, since a view would work out all of history for each question. */
  readonly stands: 'anywhere' | 'in runs'
}

type Shape = Omit<RelationDefinition, 'sql' | 'stands'>

/**
 * Connections, and what is made of them; and whose records are whose, which as a view Trino would have to plan in 2,500 stages where it
 * takes 150 (`query.max-stage-count`): it writes out what a view reads at each place where it is read.
 */
const inRuns = new Set([
  ...['translators', 'placed_paths', 'placed_records', 'flows'],
  ...['parties', 'five_tuples', 'split_sessions', 'stitched_sessions', 'sessions', 'contacts', 'host_roles'],
])

/** In an order in which each can be defined. */
const shapes: readonly Shape[] = [
  { name: 'scopes', made: 'once', reads: [] },
  { name: 'services', made: 'once', reads: [] },
  { name: 'own_networks', made: 'once', reads: ['listed_own_networks'] },
  { name: 'allowed', made: 'once', reads: [] },
  { name: 'inventory_interfaces', made: 'once', reads: ['network_interfaces', 'instances'] },
  { name: 'inventory_networks', made: 'once', reads: ['inventory_interfaces', 'subnets', 'vpcs'] },
  { name: 'paths', made: 'once', reads: ['records'] },
  { name: 'address_scopes', made: 'once', reads: ['paths', 'scopes'] },
  { name: 'shared_addresses', made: 'once', reads: ['paths', 'address_scopes'] },
  { name: 'interface_addresses', made: 'once', reads: ['shared_addresses', 'address_scopes'] },
  { name: 'translators', made: 'once', reads: ['paths', 'interface_addresses', 'address_scopes'] },
  { name: 'interfaces', made: 'once', reads: ['paths', 'interface_addresses', 'inventory_interfaces'] },
  { name: 'addresses', made: 'once', reads: ['address_scopes', 'interfaces', 'own_networks', 'inventory_networks'] },
  { name: 'networks', made: 'once', reads: ['paths', 'interfaces', 'flow_log_configurations'] },
  { name: 'placed_paths', made: 'once', reads: ['paths', 'interfaces', 'translators', 'addresses'] },
  { name: 'placed_records', made: 'view', reads: ['records', 'placed_paths'] },
  { name: 'flows', made: 'view', reads: ['placed_records', 'services'] },
  { name: 'parties', made: 'once', reads: ['placed_paths', 'networks'] },
  { name: 'five_tuples', made: 'once', reads: ['placed_records', 'parties', 'services'] },
  { name: 'split_sessions', made: 'once', reads: ['placed_records', 'five_tuples', 'parties', 'services'] },
  { name: 'stitched_sessions', made: 'view', reads: ['five_tuples', 'split_sessions'] },
  { name: 'sessions', made: 'view', reads: ['stitched_sessions', 'parties'] },
  { name: 'contacts', made: 'once', reads: ['stitched_sessions', 'parties'] },
  { name: 'host_roles', made: 'once', reads: ['contacts', 'interfaces', 'translators', 'addresses', 'network_interfaces'] },
  { name: 'address_ranges', made: 'once', reads: ['address_scopes', 'aws_ranges'] },
  { name: 'address_lists', made: 'once', reads: ['address_scopes', 'listed_networks'] },
  {
    name: 'hosts',
    made: 'once',
    reads: [
      'paths',
      'interfaces',
      'addresses',
      'inventory_interfaces',
      'inventory_networks',
      'vpcs',
      'subnets',
      'address_ranges',
      'address_origins',
      'address_lists',
    ],
  },
]

/** What relations are made of and none of them: the records, and the tables beside the logs. */
export const givenRelations: readonly string[] = [
  'records',
  ...referenceDefinitions.map(({ relation }) => relation),
  addressOrigins.relation,
]

export type { AllowedConnections } from './allowed.js'
export { addressRange } from './networks.js'

export interface RelationOptions {
  /** CIDRs and addresses that the user says are ours, IPv4 or IPv6. */
  readonly own?: readonly string[]
  /** What weir.yaml allows, in its order. */
  readonly allowed?: readonly AllowedConnections[]
  /** False where no record has tcp_flags, as in the default format: relations then do not look for what flags would say. */
  readonly flags?: boolean
}

/** Weir's own relations over `records`, in an order in which each can be defined. Throws a Fault for what is no CIDR. */
export function relationDefinitions(options: RelationOptions = {}): readonly RelationDefinition[] {
  return shapes.map(shape => ({
    ...shape,
    stands: inRuns.has(shape.name) ? 'in runs' : 'anywhere',
    sql: written[shape.name]?.(options) ?? sqlOf(shape.name, options.flags ?? true),
  }))
}

/** Relations of what a person says. */
const written: Readonly<Record<string, (options: RelationOptions) => string>> = {
  own_networks: ({ own = [] }) => ownNetworks(own),
  allowed: ({ allowed = [] }) => allowedRelation(allowed),
}

/** What must stand before `names` can be read, themselves included, in an order in which each can be defined. Throws a Fault for a name that is none of Weir's. */
export function relationsNeeded(names: readonly string[]): readonly string[] {
  const wanted = new Set<string>()
  const want = (name: string) => {
    if (name === addressOrigins.relation) addressOrigins.reads.forEach(want)
    if (givenRelations.includes(name)) return
    const shape = shapes.find(shape => shape.name === name)
    if (!shape) throw unknownRelation(name)
    wanted.add(name)
    shape.reads.forEach(want)
  }
  names.forEach(want)
  return shapes.filter(shape => wanted.has(shape.name)).map(shape => shape.name)
}

function ownNetworks(networks: readonly string[]): string {
  const listed = [
    '-- One row: a network that the user says is ours (--own, networks.own, own-networks).',
    'SELECT first_key, last_key FROM listed_own_networks',
  ]
  if (!networks.length) return listed.join('\n')
  const rows = networks.map(addressRange).map(({ first, last }) => `  (address_key('${first}'), address_key('${last}'))`)
  return [
    ...listed,
    'UNION ALL',
    'SELECT n.first_key, n.last_key',
    'FROM (VALUES',
    rows.join(',\n'),
    ') AS n (first_key, last_key)',
  ].join('\n')
}

/**
 * The text of a relation; what several of them say alike stands in `parts/` and is named where it belongs. Behind a line may stand what
 * it comes to where no record has flags.
 */
function sqlOf(name: string, flags: boolean): string {
  const key = `${name} ${flags}`
  const known = texts.get(key)
  if (known !== undefined) return known
  const text = textOf(name)
    .replaceAll(/^ *-- include (.+)\n/gm, (_, part: string) => textOf(`parts/${part}`))
    .replaceAll(/^( *)(.+) -- without tcp_flags: (.+)$/gm, flags ? '$1$2' : '$1$3')
  texts.set(key, text)
  return text
}

const texts = new Map<string, string>()

const textOf = (name: string): string => readFileSync(new URL(`./${name}.sql`, import.meta.url), 'utf8')

function unknownRelation(name: string): Fault {
  const known = [...givenRelations, ...shapes.map(shape => shape.name)].join(', ')
  return new Fault({
    code: 'relation-unknown',
    kind: 'usage',
    message: `there is no relation ${name}`,
    expected: `one of ${known}`,
  })
}
