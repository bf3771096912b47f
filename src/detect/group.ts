import { createHash } from 'node:crypto'
import type { Value } from '../engine/index.js'
import { type Candidate, joined } from './candidate.js'
import { namedAtMost, severities } from './report.js'
import type { Rule } from './rule.js'
import { dayOf } from './time.js'

/** Candidates that are the same thing, as one. */
export interface Group {
  /** A hash of rule, network, entity, the rule's keys and, where it is a day's sum, the day; of those that are likely harmless, why. */
  readonly id: string
  /** How many candidates were summed up; null where the finding is of one entity. */
  readonly summed: number | null
  readonly candidate: Candidate
}

/**
 * Joins candidates into groups: equal keys are one thing, those of severity `info` are summed by day where the rule says so, and those that
 * are most likely harmless by why they are.
 */
export function groupCandidates(rule: Rule, candidates: readonly Candidate[]): readonly Group[] {
  const byId = new Map<string, { readonly summed: boolean; readonly members: Candidate[] }>()
  for (const candidate of candidates) {
    const summed = (rule.group.info === 'day' && candidate.severity === 'info') || candidate.lowered !== null
    const { lowered, network, targetNetwork } = candidate
    const id =
      lowered !== null
        ? hash([rule.id, network, 'lowered', lowered])
        : summed
          ? hash([rule.id, targetNetwork, targetNetwork, dayOf(candidate.firstSeen)])
          : hash([rule.id, network, candidate.entity, ...rule.group.key.map(name => keyOf(candidate, name))])
    const group = byId.get(id) ?? { summed, members: [] }
    group.members.push(candidate)
    byId.set(id, group)
  }
  return [...byId].map(([id, { summed, members }]) => ({
    id,
    summed: summed ? members.length : null,
    candidate: summed ? sumOf(members, rule.group.busiest) : mergeOf(members),
  }))
}

/** Rows of one thing, such as those of several days: the strongest speaks, with the extent of all. */
function mergeOf(members: readonly Candidate[]): Candidate {
  const [strongest] = [...members].sort(
    (a, b) =>
      severities.indexOf(b.severity) - severities.indexOf(a.severity) || b.confidence - a.confidence || a.firstSeen - b.firstSeen,
  )
  if (!strongest) throw new RangeError('a group has no members')
  return { ...strongest, ...extentOf(members) }
}

function sumOf(members: readonly Candidate[], metric: string | undefined): Candidate {
  const [first] = members
  const extent = extentOf(members)
  const network = (first?.lowered ? first.network : '') || (first?.targetNetwork ?? '')
  return {
    ...mergeOf(members),
    ...extent,
    sources: busiestFirst(extent.sources, members, metric),
    entity: network,
    network,
    metrics: { sources: extent.sources.total, targets: extent.targets.total, ports: extent.ports.total },
  }
}

/** As many as a finding names of those who did most, in order, and then the others. */
function busiestFirst(
  sources: Candidate['sources'],
  members: readonly Candidate[],
  metric: string | undefined,
): Candidate['sources'] {
  if (sources.items.length <= namedAtMost) return sources
  const done = ({ metrics, targets, ports }: Candidate) =>
    metric === undefined ? targets.total * Math.max(1, ports.total) : Number(metrics[metric])
  const busiest = [...members].sort((a, b) => done(b) - done(a) || (a.entity < b.entity ? -1 : 1))
  const named = new Set([...new Set(busiest.flatMap(({ sources }) => sources.items))].slice(0, namedAtMost))
  return {
    ...sources,
    items: [...sources.items.filter(item => named.has(item)), ...sources.items.filter(item => !named.has(item))],
  }
}

function extentOf(members: readonly Candidate[]) {
  return {
    sources: joined(members.map(({ sources }) => sources)),
    targets: joined(members.map(({ targets }) => targets)),
    ports: joined(members.map(({ ports }) => ports)),
    protocols: [...new Set(members.flatMap(({ protocols }) => protocols))].sort((a, b) => a - b),
    firstSeen: Math.min(...members.map(({ firstSeen }) => firstSeen)),
    lastSeen: Math.max(...members.map(({ lastSeen }) => lastSeen)),
  }
}

function keyOf({ sources, targets, ports, protocols, metrics }: Candidate, name: string): Value {
  const lists: Readonly<Record<string, readonly (string | number)[]>> = {
    sources: sources.items,
    targets: targets.items,
    ports: ports.items,
    protocol: protocols,
  }
  return name in lists ? [...(lists[name] ?? [])] : (metrics[name] ?? null)
}

function hash(parts: readonly Value[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}
