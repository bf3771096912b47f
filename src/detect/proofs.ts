import { z } from 'zod'
import { rowsOf, type Engine, type QueryOptions } from '../engine/index.js'
import { boundsOf } from './evidence.js'
import type { Group } from './group.js'
import { bindLiterals, type Bound } from './literals.js'

/** So many addresses can stand in one statement (Athena takes 262,144 bytes), or so many pairs of hosts; and so many records in the table that proofs are read from. */
const MOST_ADDRESSES = 4000
const MOST_PAIRS = 20_000
const MOST_RECORDS = 1_000_000

/** What answers the evidence of a finding. */
export type Records = Pick<Engine, 'query'>

/** A group whose evidence lies between addresses that can all be named; `place` tells it apart. */
interface Bounded {
  readonly place: number
  readonly group: Group
  /** Two lists: each of its records has an end in each. */
  readonly sides: readonly (readonly string[])[]
}

type Counts = Readonly<Record<'pairs' | 'records', number>>

const countRows = z.array(z.object({ place: z.coerce.number(), pairs: z.coerce.number(), records: z.coerce.number() }))
const pairRows = z.array(z.object({ pair_id: z.coerce.number() }))

const BETWEEN = `FROM placed_paths p
JOIN ends a ON a.address = p.src
JOIN ends b ON b.address = p.dst AND b.place = a.place
WHERE b.side <> a.side`

const ENDS = `WITH ends (place, side, address) AS (
  VALUES
    :ends
)`

const COUNTS = `${ENDS}
SELECT a.place, count(DISTINCT p.pair_id) AS pairs, sum(p.records) AS records
${BETWEEN}
GROUP BY a.place`

const PAIRS = `${ENDS}
SELECT DISTINCT p.pair_id
${BETWEEN}`

/**
 * Where the evidence of each group is to be asked. One pass over the records puts those of all groups whose evidence lies between
 * addresses that seldom meet into a table of their own; others, and evidence that a rule says in its own words, are asked of all records.
 */
export async function recordsOfGroups(
  engine: Engine,
  groups: readonly Group[],
  query: QueryOptions,
): Promise<(group: Group) => Records> {
  const bounded = boundedOf(groups)
  if (bounded.length === 0) return () => engine
  const rows = countRows.parse(await rowsOf(await engine.query(bound(COUNTS, { ends: endsOf(bounded) }), query)))
  const inside = rarest(bounded, new Map(rows.map(row => [row.place, row])))
  if (inside.length < 2) return () => engine
  const met = pairRows.parse(await rowsOf(await engine.query(bound(PAIRS, { ends: endsOf(inside) }), query)))
  const few = await engine.narrowed(
    met.map(({ pair_id }) => pair_id),
    query,
  )
  const answered = new Set(inside.map(({ group }) => group))
  return group => (answered.has(group) ? few : engine)
}

/** Those of the fewest addresses, as many as can be asked for: a flood's thousands leave room for all others. */
function boundedOf(groups: readonly Group[]): readonly Bounded[] {
  const addressesIn = ({ sides }: Bounded) => sides.reduce((sum, side) => sum + side.length, 0)
  const bounded: Bounded[] = []
  let addresses = 0
  for (const each of groups
    .map((group, place): Bounded => ({ place, group, sides: boundsOf(group.candidate) }))
    .filter(({ sides }) => sides.length === 2)
    .sort((a, b) => addressesIn(a) - addressesIn(b))) {
    addresses += addressesIn(each)
    if (addresses > MOST_ADDRESSES) break
    bounded.push(each)
  }
  return bounded
}

/** Those whose hosts met least, as many as the table takes. */
function rarest(bounded: readonly Bounded[], counts: ReadonlyMap<number, Counts>): readonly Bounded[] {
  const countsOf = ({ place }: Bounded): Counts => counts.get(place) ?? { pairs: 0, records: 0 }
  const taken: Bounded[] = []
  let [pairs, records] = [0, 0]
  for (const each of [...bounded].sort((a, b) => countsOf(a).records - countsOf(b).records)) {
    const own = countsOf(each)
    if (pairs + own.pairs > MOST_PAIRS || records + own.records > MOST_RECORDS) continue
    pairs += own.pairs
    records += own.records
    taken.push(each)
  }
  return taken
}

const endsOf = (bounded: readonly Bounded[]): Bound => ({
  sql: bounded
    .flatMap(({ place, sides }) =>
      sides.flatMap((side, end) => side.map(address => bound('(:end, :address)', { end: [place, end], address }))),
    )
    .join(',\n    '),
})

const bound = (sql: string, values: Readonly<Record<string, Bound>>): string =>
  bindLiterals(sql, new Map(Object.entries(values)), 'proofs')
