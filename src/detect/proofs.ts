import { z } from 'zod'
import { rowsOf, type Engine, type QueryOptions } from '../engine/index.js'
import type { Group } from './group.js'
import { bindLiterals, type Bound } from './literals.js'

/** So many addresses can stand in one statement, and so many records in the table that proofs are read from. */
const MOST_ADDRESSES = 5000
const MOST_RECORDS = 1_000_000

/** What answers the evidence of a finding. */
export type Records = Pick<Engine, 'query'>

const counts = z.array(z.object({ address: z.string(), records: z.coerce.number() }))

const COUNTS = `SELECT address, sum(records) AS records
FROM (
  SELECT src AS address, records FROM placed_paths
  UNION ALL
  SELECT dst, records FROM placed_paths
) AS ends
WHERE address IN (:addresses)
GROUP BY address`

/** Of `columns`, those of `records`. */
const narrowed = (columns: readonly string[]): string =>
  `SELECT ${columns.map(column => `"${column}"`).join(', ')} FROM placed_records WHERE src IN (:addresses) OR dst IN (:addresses)`

/**
 * Where the evidence of each group is to be asked. One pass over the records puts those of all groups whose evidence lies between
 * addresses that are seldom seen into a table of their own; others, and evidence that a rule says in its own words, are asked of all records.
 */
export async function recordsOfGroups(
  engine: Engine,
  groups: readonly Group[],
  query: QueryOptions,
): Promise<(group: Group) => Records> {
  const whole = groups.map(group => ({ group, sides: sidesOf(group) }))
  const named = addressesOf(whole.flatMap(({ sides }) => sides))
  if (named.size === 0) return () => engine
  const sides = whole
    .map(({ group, sides }) => ({ group, sides: sides.filter(side => side.every(address => named.has(address))) }))
    .filter(({ sides }) => sides.length > 0)
  const rows = counts.parse(await rowsOf(await engine.query(withAddresses(COUNTS, [...named]), query)))
  const busy = new Map(rows.map(({ address, records }) => [address, records]))
  const costOf = (addresses: readonly string[]) => addresses.reduce((sum, address) => sum + (busy.get(address) ?? 0), 0)
  const chosen = new Set<string>()
  const inside = new Set<Group>()
  let cost = 0
  for (const { group, sides: both } of sides) {
    const [rarest = []] = [...both].sort((a, b) => costOf(a) - costOf(b))
    const added = costOf(rarest.filter(address => !chosen.has(address)))
    if (cost + added > MOST_RECORDS) continue
    cost += added
    for (const address of rarest) chosen.add(address)
    inside.add(group)
  }
  if (inside.size < 2) return () => engine
  const columns = engine.relations().find(({ name }) => name === 'records')?.columns ?? []
  const few = await engine.narrowed(withAddresses(narrowed(columns.map(({ name }) => name)), [...chosen]), query)
  return group => (inside.has(group) ? few : engine)
}

/** Those of the smallest sides, as many as can be asked for: a flood's thousands leave room for all others. */
function addressesOf(sides: readonly (readonly string[])[]): ReadonlySet<string> {
  const named = new Set<string>()
  for (const side of [...sides].sort((a, b) => a.length - b.length)) {
    if (named.size + side.length > MOST_ADDRESSES) break
    for (const address of side) named.add(address)
  }
  return named
}

/** The sides of which all are named: evidence lies between them. */
function sidesOf({ candidate: { sources, targets } }: Group): readonly (readonly string[])[] {
  return [sources, targets].filter(({ items, total }) => items.length > 0 && items.length === total).map(({ items }) => items)
}

const withAddresses = (sql: string, addresses: readonly string[]): string =>
  bindLiterals(sql, new Map<string, Bound>([['addresses', [...addresses]]]), 'proofs')
