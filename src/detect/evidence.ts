import type { Candidate, Named } from './candidate.js'
import { namedAtMost } from './report.js'

/**
 * What proves a candidate where its rule does not say it otherwise: all records between its sources and its targets on its ports, in its
 * time. A side of which not all could be named, and ports where there are none or too many to name, bound nothing.
 */
export function evidenceBetween({ sources, targets, ports, protocols }: Candidate): string {
  const named = ({ items, total }: Named<unknown>) => items.length > 0 && items.length === total
  const sides = (from: string, to: string, port: string) =>
    [
      ...(named(sources) || !named(targets) ? [`coalesce(pkt_${from}, ${from}) IN (:sources)`] : []),
      ...(named(targets) ? [`coalesce(pkt_${to}, ${to}) IN (:targets)`] : []),
      ...(named(ports) && ports.total <= namedAtMost ? [`${port} IN (:ports)`] : []),
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
