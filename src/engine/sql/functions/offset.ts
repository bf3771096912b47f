import type { Bound } from '../bind/bound.js'
import { clockOf, offsetMinutes } from '../bind/zones.js'

/** Minutes by which the clock of a value's zone is ahead of UTC, as SQL. */
export function eastSql(value: Bound): string {
  const fixed = value.type.kind === 'timestamp with time zone' ? offsetMinutes(value.type.zone) : 0
  return fixed === undefined ? `((epoch_us(${clockOf(value)}) - epoch_us(${value.sql})) // 60000000)` : String(fixed)
}
