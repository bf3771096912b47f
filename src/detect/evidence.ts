import type { Candidate, Named } from './candidate.js'
import { bindLiterals } from './literals.js'
import { namedAtMost } from './report.js'

const isNamed = ({ items, total }: Named<unknown>): boolean => items.length > 0 && items.length === total

/** A side of which not all could be named bounds nothing, unless neither could. */
const bySources = ({ sources, targets }: Candidate): boolean => isNamed(sources) || !isNamed(targets)
const byTargets = ({ targets }: Candidate): boolean => isNamed(targets)

/**
 * What proves a candidate where its rule does not say it otherwise: all records between its sources and its targets on its ports, in its
 * time. Ports where there are none or too many to name bound nothing.
 */
export function evidenceBetween(candidate: Candidate): string {
  const { ports, protocols } = candidate
  const sides = (from: string, to: string, port: string) =>
    [
      ...(bySources(candidate) ? [`coalesce(pkt_${from}, ${from}) IN (:sources)`] : []),
      ...(byTargets(candidate) ? [`coalesce(pkt_${to}, ${to}) IN (:targets)`] : []),
      ...(isNamed(ports) && ports.total <= namedAtMost ? [`${port} IN (:ports)`] : []),
    ].join(' AND ')
  return [
    'SELECT *',
    'FROM records',
    `WHERE (log_status = 'OK' OR log_status IS NULL)`,
    ...(protocols.length > 0 ? ['  AND protocol IN (:protocols)'] : []),
    '  AND "start" >= :first_seen AND "end" <= :last_seen',
    '  AND (:in_network)',
    `  AND ((${sides('srcaddr', 'dstaddr', 'dstport')})`,
    `    OR (${sides('dstaddr', 'srcaddr', 'srcport')}))`,
  ].join('\n')
}

/**
 * What holds for all of this evidence, of addresses alone: an engine that keeps these apart from ports can ask their few before it looks
 * at records. Undefined where one side is not named.
 */
export function hostsOf(candidate: Candidate): string | undefined {
  const [a, b] = boundsOf(candidate)
  if (!a || !b) return undefined
  const between = (from: string, to: string) => `(coalesce(pkt_${from}, ${from}) IN (:a) AND coalesce(pkt_${to}, ${to}) IN (:b))`
  const either = `(${between('srcaddr', 'dstaddr')} OR ${between('dstaddr', 'srcaddr')})`
  return bindLiterals(
    either,
    new Map([
      ['a', [...a]],
      ['b', [...b]],
    ]),
    'evidence',
  )
}

/** The addresses that bound this evidence: of each record one end is in each of the lists. */
export function boundsOf(candidate: Candidate): readonly (readonly string[])[] {
  return [...(bySources(candidate) ? [candidate.sources.items] : []), ...(byTargets(candidate) ? [candidate.targets.items] : [])]
    .map(items => items.slice(0, namedAtMost))
    .filter(items => items.length > 0)
}
