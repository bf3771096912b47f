import { z } from 'zod'
import { rowsOf, type Engine, type QueryOptions } from '../engine/index.js'
import { flowLogFactsOf, type FlowLogFacts } from './flow-log-facts.js'

/** What one pass over the records tells of them before any rule is asked. */
export interface Facts {
  /** First start and last end, in Unix seconds; null where there is no record of status OK. */
  readonly window: { readonly from: number; readonly to: number } | null
  readonly accepted: number
  readonly rejected: number
  /** The hours within the window in which there is no line of any status: how many, and the start of the first. */
  readonly silent: { readonly hours: number; readonly first: number } | null
  /** The longest aggregation interval that is common in these logs, in seconds. */
  readonly interval: 60 | 600
  /** What the inventory tells of the flow logs that are set up. */
  readonly flowLogs: FlowLogFacts
}

const hour = 3600
/** Records longer than a minute are rare under an interval of one minute, and they are not under one of ten. */
const common = 0.01

const statement = `SELECT
  "start" - "start" % ${hour} AS hour,
  action,
  coalesce(log_status, 'OK') = 'OK' AS ok,
  count(*) AS records,
  min("start") AS first_seen,
  max("end") AS last_seen,
  sum(CASE WHEN "end" - "start" > 60 THEN 1 ELSE 0 END) AS long
FROM records
WHERE "start" IS NOT NULL
GROUP BY "start" - "start" % ${hour}, action, coalesce(log_status, 'OK') = 'OK'`

const number = z.coerce.number()
const rows = z.array(
  z.object({
    hour: number,
    action: z.string().nullable(),
    ok: z.boolean(),
    records: number,
    first_seen: number,
    last_seen: number,
    long: number,
  }),
)

export async function factsOf(engine: Engine, query: QueryOptions): Promise<Facts> {
  const seen = rows.parse(await rowsOf(await engine.query(statement, query)))
  const ok = seen.filter(row => row.ok)
  const total = (of: typeof seen, value: (row: (typeof seen)[number]) => number) => of.reduce((sum, row) => sum + value(row), 0)
  const from = least(ok.map(row => row.first_seen))
  const to = -least(ok.map(row => -row.last_seen))
  return {
    window: ok.length ? { from, to } : null,
    accepted: total(ok, row => (row.action === 'ACCEPT' ? row.records : 0)),
    rejected: total(ok, row => (row.action === 'REJECT' ? row.records : 0)),
    silent: silenceWithin(
      seen.map(row => row.hour),
      from,
      to,
    ),
    interval: total(ok, row => row.long) > common * total(ok, row => row.records) ? 600 : 60,
    flowLogs: await flowLogFactsOf(engine, query),
  }
}

/** The gaps between the hours heard, and between the last of them and the end of the window. */
function silenceWithin(heard: readonly number[], from: number, to: number): Facts['silent'] {
  const inside = [...new Set(heard)].filter(start => start + hour > from && start < to).sort((a, b) => a - b)
  const gaps = [...inside, Math.ceil(to / hour) * hour].flatMap((next, i) => {
    const first = (inside[i - 1] ?? next - hour) + hour
    return next > first ? [{ hours: (next - first) / hour, first }] : []
  })
  const [gap] = gaps
  return gap ? { hours: gaps.reduce((sum, { hours }) => sum + hours, 0), first: gap.first } : null
}

const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity)
