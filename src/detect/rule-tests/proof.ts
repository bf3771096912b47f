import { z } from 'zod'
import { rowsOf, type Engine } from '../../engine/index.js'
import type { Finding } from '../report.js'
import { timeOf } from '../time.js'

const text = z.string().nullable()
const number = z.coerce.number()
const record = z
  .looseObject({ srcaddr: text, dstaddr: text, pkt_srcaddr: text, pkt_dstaddr: text, start: number, end: number })
  .transform(({ srcaddr, dstaddr, pkt_srcaddr, pkt_dstaddr, start, end }) => ({
    src: pkt_srcaddr ?? srcaddr ?? '-',
    dst: pkt_dstaddr ?? dstaddr ?? '-',
    start: timeOf(start),
    end: timeOf(end),
  }))
type ProvingRecord = z.output<typeof record>

/**
 * What the evidence of findings lacks: that of each gives as many records as the finding says, and each of them lies between its sources
 * and its targets, in its time.
 */
export async function unproven(findings: readonly Finding[], engine: Pick<Engine, 'query'>): Promise<readonly string[]> {
  const lacking: string[] = []
  for (const finding of findings) lacking.push(...(await lackingOf(finding, engine)))
  return lacking
}

async function lackingOf(finding: Finding, engine: Pick<Engine, 'query'>): Promise<readonly string[]> {
  const { rule, records, evidence } = finding
  const rows = z.array(record).parse(await rowsOf(await engine.query(evidence.sql)))
  const astray = rows.filter(row => !isWithin(row, finding))
  const [first] = astray
  return [
    ...(records === 0 ? [`no record proves ${rule}`] : []),
    ...(rows.length === records ? [] : [`the evidence of ${rule} is ${rows.length} records, and the finding says ${records}`]),
    ...(first
      ? [
          `of the evidence of ${rule}, ${astray.length} records lie outside the finding: ${first.src} to ${first.dst} at ${first.start}`,
        ]
      : []),
  ]
}

/** Times in ISO 8601 are in order as text. */
function isWithin(row: ProvingRecord, finding: Finding): boolean {
  const isSource = named(finding.sources, finding.sources_total)
  const isTarget = named(finding.targets, finding.targets_total)
  const isBetween = (isSource(row.src) && isTarget(row.dst)) || (isSource(row.dst) && isTarget(row.src))
  return isBetween && row.start >= finding.first_seen && row.end <= finding.last_seen
}

/** A side of which not all are named may be anybody. */
const named = (addresses: readonly string[], total = addresses.length) =>
  addresses.length > 0 && addresses.length === total ? (address: string) => addresses.includes(address) : () => true
