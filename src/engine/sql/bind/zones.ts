import { type Place, refuse } from '../fail.js'
import { type Bound, quoted } from './bound.js'

/** A zone's name as Trino writes it: `UTC`, `Europe/Berlin`, `+05:30`. */
export function zoneName(written: string, at: Place): string {
  const offset = /^([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(written)
  if (offset) {
    const [, sign = '+', hours = '0', minutes = '00'] = offset
    if (Number(hours) <= 14 && Number(minutes) < 60)
      return Number(hours) + Number(minutes) === 0 ? 'UTC' : `${sign}${hours.padStart(2, '0')}:${minutes}`
  }
  if (/^(utc|gmt|z|ut|etc\/utc)$/i.test(written)) return 'UTC'
  try {
    return new Intl.DateTimeFormat('en', { timeZone: written }).resolvedOptions().timeZone.toLowerCase() === 'utc'
      ? 'UTC'
      : written
  } catch {
    throw refuse('sql-type', `${written} is not a time zone.`, at, {
      expected: 'a name such as Europe/Berlin, or an offset such as +05:30',
    })
  }
}

/** Minutes east of UTC of a zone that is an offset. */
export function offsetMinutes(zone: string): number | undefined {
  const offset = /^([+-])(\d{2}):(\d{2})$/.exec(zone)
  if (!offset) return zone === 'UTC' ? 0 : undefined
  const [, sign, hours, minutes] = offset
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

/** What a clock in a zone shows at an instant; both are timestamps without a zone in DuckDB. */
export function clockAt(instant: string, zone: string): string {
  const minutes = offsetMinutes(zone)
  if (minutes === 0) return instant
  if (minutes !== undefined) return `(${instant} + to_minutes(${minutes}))`
  return `timezone(${quoted(zone)}, timezone('UTC', ${instant}))`
}

/** The instant at which a clock in a zone shows a time. */
export function instantOf(clock: string, zone: string): string {
  const minutes = offsetMinutes(zone)
  if (minutes === 0) return clock
  if (minutes !== undefined) return `(${clock} - to_minutes(${minutes}))`
  return `athena.instant(${clock}, ${quoted(zone)})`
}

/** Date and time as a clock shows them: in its zone where the value has one. */
export function clockOf(bound: Bound): string {
  return bound.type.kind === 'timestamp with time zone' ? clockAt(bound.sql, bound.type.zone) : bound.sql
}
