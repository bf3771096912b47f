import { Fault } from '../../fault/index.js'
import type { IngestReport, ObjectReport } from '../../lake/index.js'

const FAULTS_TOLD = 10

/** What could not be read. An object that was deleted meanwhile is no fault. */
export function faultsOfIngest({ objects, unreadable }: IngestReport): readonly Fault[] {
  const missed = [...unreadable, ...objects.flatMap(missedOf)]
  const faults = missed
    .slice(0, FAULTS_TOLD)
    .map(({ source, reason }) => new Fault({ code: 'source-unreadable', kind: 'source', message: reason, where: source }))
  const more = missed.length - faults.length
  if (more > 0) faults.push(new Fault({ code: 'source-unreadable', kind: 'source', message: `and ${more} more like these` }))
  return faults
}

function missedOf(object: ObjectReport): { source: string; reason: string }[] {
  if (object.kind === 'failed') return [{ source: object.object, reason: object.reason }]
  if (object.kind === 'stored' && object.receipt.unreadable !== undefined)
    return [{ source: object.receipt.object, reason: object.receipt.unreadable }]
  return []
}
