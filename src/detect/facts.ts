import { z } from 'zod'
import { rowsOf, type Engine, type QueryOptions } from '../engine/index.js'
import { flowLogFactsOf, type FlowLogFacts } from './flow-log-facts.js'

/** What one pass over the records tells of them before any rule is asked. */
export interface Facts {
  /** First start and last end, in Unix seconds; null where there is no record of status OK. */
  readonly window: { readonly from: number; readonly to: number } | null
  /** In how many UTC days records start. */
  readonly days: number
  readonly accepted: number
  readonly rejected: number
  /** The hours within the window in which there is no line of any status: how many, and the start of the first. */
  readonly silent: { readonly hours: number; readonly first: number } | null
  /** The longest aggregation interval that is common in these logs, in seconds. */
  readonly interval: 60 | 600
  /** The share of the records that were looked at that stood there before; null where nobody looked. */
  readonly repeated: number | null
  /** What the inventory tells of the flow logs that are set up. */
  readonly flowLogs: FlowLogFacts
}

const hour = 3600
const DAY = 86_400
/** Records longer than a minute are rare under an interval of one minute, and they are not under one of ten. */
const common = 0.01

const statement = `SELECT
  "start" - "start" % ${hour} AS hour,
  coalesce(log_status, 'OK') = 'OK' AS ok,
  count(*) AS records,
  count_if(action = 'ACCEPT') AS accepted,
  count_if(action = 'REJECT') AS rejected,
  min("start") AS first_seen,
  max("end") AS last_seen,
  sum(CASE WHEN "end" - "start" > 60 THEN 1 ELSE 0 END) AS long
FROM records
WHERE "start" IS NOT NULL
GROUP BY "start" - "start" % ${hour}, coalesce(log_status, 'OK') = 'OK'`

const number = z.coerce.number()
const seenHour = z.object({
  hour: number,
  ok: z.boolean(),
  records: number,
  accepted: number,
  rejected: number,
  first_seen: number,
  last_seen: number,
  long: number,
})
type SeenHour = z.output<typeof seenHour>
const rows = z.array(seenHour)

export async function factsOf(engine: Engine, query: QueryOptions): Promise<Facts> {
  const seen = rows.parse(await rowsOf(await engine.query(statement, query)))
  const ok = seen.filter(row => row.ok)
  const from = least(ok.map(row => row.first_seen))
  const to = -least(ok.map(row => -row.last_seen))
  return {
    window: ok.length ? { from, to } : null,
    days: new Set(ok.map(row => Math.floor(row.hour / DAY))).size,
    accepted: total(ok, row => row.accepted),
    rejected: total(ok, row => row.rejected),
    silent: silenceWithin(
      seen.map(row => row.hour),
      from,
      to,
    ),
    interval: total(ok, row => row.long) > common * total(ok, row => row.records) ? 600 : 60,
    repeated: await repeatedShare(engine, ok, query),
    flowLogs: await flowLogFactsOf(engine, query),
  }
}

const total = (of: readonly SeenHour[], value: (row: SeenHour) => number): number => of.reduce((sum, row) => sum + value(row), 0)

/** The gaps between the hours heard, and the whole hours between the last of them and the end of the window. */
function silenceWithin(heard: readonly number[], from: number, to: number): Facts['silent'] {
  const inside = [...new Set(heard)].filter(start => start + hour > from && start < to).sort((a, b) => a - b)
  const gaps = [...inside, Math.floor(to / hour) * hour].flatMap((next, i) => {
    const first = (inside[i - 1] ?? next - hour) + hour
    return next > first ? [{ hours: (next - first) / hour, first }] : []
  })
  const [gap] = gaps
  return gap ? { hours: gaps.reduce((sum, { hours }) => sum + hours, 0), first: gap.first } : null
}

const LOOKED_AT = 100_000

/** What tells a record from all others; of two that agree in all of it one was read again. */
const IDENTITY = [
  ...['interface_id', 'flow_direction', 'srcaddr', 'dstaddr', 'pkt_srcaddr', 'pkt_dstaddr', 'srcport', 'dstport', 'protocol'],
  ...['packets', 'bytes', '"start"', '"end"', 'action', 'tcp_flags'],
].join(', ')

const repeats = z.array(z.object({ records: number.nullable(), different: number }))

/** Of all records, or of as many from their busiest hour. Where reading costs money nobody looks. */
async function repeatedShare(engine: Engine, seen: readonly SeenHour[], query: QueryOptions): Promise<number | null> {
  if (engine.name !== 'duckdb') return null
  const hours = new Map<number, number>()
  for (const row of seen) hours.set(row.hour, (hours.get(row.hour) ?? 0) + row.records)
  const [busiest] = [...hours].sort(([, a], [, b]) => b - a)
  if (!busiest) return null
  const [start, records] = busiest
  const few = total(seen, row => row.records) <= LOOKED_AT
  const within = `"start" >= ${start} AND "start" < ${start + hour} AND (coalesce(srcport, 0) + coalesce(dstport, 0) + "start") % ${Math.ceil(records / LOOKED_AT)} = 0`
  const sql = `SELECT sum(records) AS records, count(*) AS different
FROM (
  SELECT count(*) AS records
  FROM records
  WHERE (log_status = 'OK' OR log_status IS NULL) AND ${few ? '"start" IS NOT NULL' : within}
  GROUP BY ${IDENTITY}
) AS looked_at`
  const [found] = repeats.parse(await rowsOf(await engine.query(sql, query)))
  return found?.records ? 1 - found.different / found.records : null
}

const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity)
