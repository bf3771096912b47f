import { type Place, refuse } from '../fail.js'
import { date, microseconds } from '../types.js'
import type { Bound } from './bound.js'

/** `current_date` and its like, as literals: a statement has one clock, in UTC. */
export function clock(name: string, precision: number | undefined, now: Date, at: Place): Bound {
  const day = now.toISOString().slice(0, 10)
  const digits = microseconds(precision ?? 3, name.toLowerCase(), at)
  const time = `${now.toISOString().slice(11, 23)}000`.slice(0, digits === 0 ? 8 : 9 + digits)
  switch (name) {
    case 'CURRENT_DATE':
      return { sql: `DATE '${day}'`, type: date, at }
    case 'CURRENT_TIMESTAMP':
      return { sql: `TIMESTAMP '${day} ${time}'`, type: { kind: 'timestamp with time zone', precision: digits, zone: 'UTC' }, at }
    case 'LOCALTIMESTAMP':
      return { sql: `TIMESTAMP '${day} ${time}'`, type: { kind: 'timestamp', precision: digits }, at }
    case 'LOCALTIME':
      return { sql: `TIME '${time}'`, type: { kind: 'time', precision: digits }, at }
    case 'CURRENT_TIME':
      return { sql: `TIME '${time}'`, type: { kind: 'time with time zone', precision: digits, zone: 'UTC' }, at }
    default:
      throw refuse('sql-refused', `${name} is not a clock that Weir knows.`, at)
  }
}

/** The same as Trino's literals. */
export function clockText(name: string, precision: number | undefined, now: Date, at: Place): string {
  const { sql } = clock(name, precision, now, at)
  if (name === 'CURRENT_TIMESTAMP') return `${sql.slice(0, -1)} UTC'`
  return name === 'CURRENT_TIME' ? `${sql.slice(0, -1)}+00:00'` : sql
}
