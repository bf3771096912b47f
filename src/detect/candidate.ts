import { z } from 'zod'
import type { Value } from '../engine/index.js'
import { Fault } from '../fault/index.js'
import { entityKinds, severities, type Entity, type Severity } from './report.js'

/** A row that a rule's SQL returned, with the severity and the confidence that its conditions gave. */
export interface Candidate {
  readonly entity: string
  /** Where it is of another kind than the rule says. */
  readonly entityKind?: Entity['kind']
  /** The network of the entity; empty for a public address. */
  readonly network: string
  /** The network of those acted on; where findings of severity `info` are summed, they are summed by it. */
  readonly targetNetwork: string
  readonly sources: Named<string>
  readonly targets: Named<string>
  readonly ports: Named<number>
  /** IANA numbers. */
  readonly protocols: readonly number[]
  /** Unix seconds. */
  readonly firstSeen: number
  readonly lastSeen: number
  readonly severity: Severity
  readonly confidence: number
  /** Why its severity was lowered; null where it was not. */
  readonly lowered: string | null
  /** The row's other columns. */
  readonly metrics: Readonly<Record<string, Value>>
}

/** Distinct values in order, and how many there are where not all could be listed. */
export interface Named<Item> {
  readonly items: readonly Item[]
  readonly total: number
}

/** Numbers beyond 2^53 arrive as text. */
const count = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
])
const texts = z.array(z.string())
const numbers = z.array(count)

const row = z.looseObject({
  entity: z.string(),
  entity_kind: z.enum(entityKinds).optional(),
  network: z.string(),
  target_network: z.string().optional(),
  sources: texts,
  sources_total: count.optional(),
  targets: texts,
  targets_total: count.optional(),
  ports: numbers,
  ports_total: count.optional(),
  protocol: count.nullable(),
  first_seen: count,
  last_seen: count,
  severity: z.enum(severities),
  confidence: z.number().min(0).max(1),
  judged: z.enum(severities).optional(),
  lowered: z.string().nullable().default(null),
})

const standing = new Set(Object.keys(row.shape))

/** Reads a row of a rule's result. Throws a Fault of kind `usage` where the rule's SQL lacks a column or gives another type. */
export function candidateOf(values: Record<string, Value>, rule: string): Candidate {
  const parsed = row.safeParse(values)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new Fault({
      code: 'rule-candidate',
      kind: 'usage',
      message: `the rule's SQL returned a row whose column ${issue?.path.map(String).join('.') ?? '?'} is wrong: ${issue?.message ?? ''}`,
      where: `rule ${rule}, sql`,
      expected: `the columns ${[...standing].filter(name => !['severity', 'confidence', 'judged', 'lowered'].includes(name)).join(', ')} (docs/rules.md)`,
    })
  }
  const { data } = parsed
  return {
    entity: data.entity,
    ...(data.entity_kind === undefined ? {} : { entityKind: data.entity_kind }),
    network: data.network,
    targetNetwork: data.target_network ?? data.network,
    sources: named(data.sources, data.sources_total),
    targets: named(data.targets, data.targets_total),
    ports: named(data.ports, data.ports_total),
    protocols: data.protocol === null ? [] : [data.protocol],
    firstSeen: data.first_seen,
    lastSeen: data.last_seen,
    severity: data.severity,
    confidence: data.confidence,
    lowered: data.lowered,
    metrics: Object.fromEntries(Object.entries(values).filter(([name]) => !standing.has(name))),
  }
}

/** A metric that a scorer needs; throws a Fault of kind `usage` where the rule's SQL does not return it. */
export function metricOf(candidate: Candidate, name: string): number {
  const value = count.safeParse(candidate.metrics[name])
  if (value.success) return value.data
  throw new Fault({
    code: 'rule-candidate',
    kind: 'usage',
    message: `the rule's scorer needs the column ${name}, a number, which its SQL does not return`,
    expected: `a column ${name} in the rule's SQL`,
  })
}

/** A metric that is a list of numbers; throws a Fault of kind `usage` where the rule's SQL does not return it. */
export function numbersOf(candidate: Candidate, name: string): readonly number[] {
  const values = numbers.safeParse(candidate.metrics[name])
  if (values.success) return values.data
  throw new Fault({
    code: 'rule-candidate',
    kind: 'usage',
    message: `the rule's scorer needs the column ${name}, an array of numbers, which its SQL does not return`,
    expected: `a column ${name} in the rule's SQL`,
  })
}

/** Lists as one; what was left out of one stays counted, as if it were in no other. */
export function joined<Item extends string | number>(lists: readonly Named<Item>[]): Named<Item> {
  const items = [...new Set(lists.flatMap(list => list.items))].sort(inOrder)
  return { items, total: items.length + lists.reduce((left, list) => left + list.total - list.items.length, 0) }
}

function named<Item extends string | number>(values: readonly Item[], total: number | undefined): Named<Item> {
  const items = [...new Set(values)].sort(inOrder)
  return { items, total: Math.max(total ?? 0, items.length) }
}

const inOrder = <Item extends string | number>(a: Item, b: Item) => (a < b ? -1 : Number(a > b))
