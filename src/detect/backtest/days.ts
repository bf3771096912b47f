import type { Candidate } from '../candidate.js'
import type { Exceptions } from '../exceptions.js'
import { groupCandidates } from '../group.js'
import { severities, type Severity } from '../report.js'
import type { Rule } from '../rule.js'
import { dayOf } from '../time.js'

/** How many findings of each severity. */
export type Counts = Readonly<Record<Severity, number>>

/** What a rule raises on each UTC day: the day's candidates are grouped as if the rule were asked each day anew. */
export function countsByDay(rule: Rule, candidates: readonly Candidate[], exceptions: Exceptions): ReadonlyMap<string, Counts> {
  const left = candidates.filter(candidate => !exceptions.silencesCandidate(candidate, rule))
  const days = new Map<string, Candidate[]>()
  for (const candidate of left) {
    const day = dayOf(candidate.firstSeen)
    const members = days.get(day)
    if (members) members.push(candidate)
    else days.set(day, [candidate])
  }
  return new Map(
    [...days].map(([day, members]) => {
      const raised = groupCandidates(rule, members).filter(({ id }) => !exceptions.silencesPart(id, rule))
      return [day, countsOf(raised.map(({ candidate }) => candidate.severity))]
    }),
  )
}

export const sumOfCounts = (all: Iterable<Counts>): Counts => {
  const list = [...all]
  return countsBy(severity => list.reduce((sum, counts) => sum + counts[severity], 0))
}

const countsOf = (found: readonly Severity[]): Counts => countsBy(severity => found.filter(one => one === severity).length)

function countsBy(count: (severity: Severity) => number): Counts {
  const [info, low, medium, high, critical] = severities
  return { info: count(info), low: count(low), medium: count(medium), high: count(high), critical: count(critical) }
}

export const noFindings: Counts = countsOf([])
