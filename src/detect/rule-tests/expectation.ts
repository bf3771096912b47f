import { isDeepStrictEqual } from 'node:util'
import type { Finding } from '../report.js'

/** A part of a finding: its keys (the totals too where all are named), `source`, `target` and `port` for one that must be named, `entity`, and its metrics by name. */
export type Expectation = Readonly<Record<string, unknown>>

/** What a finding lacks of an expectation; empty where it has all of it. */
export function differences(finding: Finding, expected: Expectation): readonly string[] {
  return Object.entries(expected).flatMap(([key, wanted]) => {
    const has = holds(finding, key, wanted)
    return has === true ? [] : [`${key} is ${JSON.stringify(has)}, not ${JSON.stringify(wanted)}`]
  })
}

/** True where the finding has what is wanted, else what it has. */
function holds(finding: Finding, key: string, wanted: unknown): unknown {
  const named: Readonly<Record<string, readonly unknown[]>> = {
    source: finding.sources,
    target: finding.targets,
    port: finding.ports,
  }
  const list = named[key]
  if (list) return list.includes(wanted) || list
  const known: Readonly<Record<string, unknown>> = {
    ...finding.evidence.metrics,
    ...totalsOf(finding),
    ...finding,
    entity: finding.entity.value,
  }
  const found = known[key]
  return isDeepStrictEqual(found, wanted) || found
}

const totalsOf = ({ sources, targets, ports }: Finding) => ({
  sources_total: sources.length,
  targets_total: targets.length,
  ports_total: ports.length,
})
