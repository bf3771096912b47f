import { z } from 'zod'
import { rowsOf, type Engine, type QueryOptions } from '../engine/index.js'

/** What one pass over the records tells of them before any rule is asked. */
export interface Facts {
  /** First start and last end, in Unix seconds; null where there is no record of status OK. */
  readonly window: { readonly from: number; readonly to: number } | null
  readonly accepted: number
  readonly rejected: number
  /** The starts of the hours within the window in which there is no line of any status. */
  readonly silentHours: readonly number[]
  /** The longest aggregation interval that is common in these logs, in seconds. */
  readonly interval: 60 | 600
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
  const heard = new Set(seen.map(row => row.hour))
  const hours = ok.length ? Math.ceil((to - (from - (from % hour))) / hour) : 0
  return {
    window: ok.length ? { from, to } : null,
    accepted: total(ok, row => (row.action === 'ACCEPT' ? row.records : 0)),
    rejected: total(ok, row => (row.action === 'REJECT' ? row.records : 0)),
    silentHours: Array.from({ length: hours }, (_, i) => from - (from % hour) + i * hour).filter(start => !heard.has(start)),
    interval: total(ok, row => row.long) > common * total(ok, row => row.records) ? 600 : 60,
  }
}

const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity)
