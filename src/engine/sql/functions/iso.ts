import { type Bound, coerce, quoted } from '../bind/bound.js'
import type { Scope } from '../bind/scope.js'
import { instantOf, zoneName } from '../bind/zones.js'
import { refuse } from '../fail.js'
import type { Call } from '../syntax.js'
import { type Type, varchar } from '../types.js'
import { argumentsOf } from './arguments.js'

const form =
  /^(\d{4}(?:-\d{2}-\d{2}|-W\d{2}-\d|-\d{3}|-\d{2}|))(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/

/**
 * `from_iso8601_timestamp`. The result shows the zone that the text has: that of a literal is known, a column's texts must
 * be in UTC, or the query fails, as a column of Weir has one zone.
 */
export function isoTimestamp(call: Call, scope: Scope): Bound {
  const [only] = argumentsOf(call, scope, 1)
  if (!only) throw refuse('sql-function', `${call.name} takes 1 argument.`, call.at)
  const inUtc: Type = { kind: 'timestamp with time zone', precision: 3, zone: 'UTC' }
  if (only.text === undefined) return { sql: `athena.iso_timestamp(${coerce(only, varchar).sql})`, type: inUtc, at: call.at }
  const [, day = '', hour = '00', minute = '00', second = '00', fraction = '', offset = 'Z'] = form.exec(only.text) ?? []
  if (day === '')
    throw refuse('sql-function', `${only.text} is not a time in ISO 8601.`, only.at, { expected: '2024-01-31T23:59:59Z' })
  const zone = zoneName(offset, only.at)
  const whole = day.length === 4 ? `${day}-01-01` : /^\d{4}-\d{2}$/.test(day) ? `${day}-01` : day
  const time = `${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}`
  const clock = `(athena.iso_date(${quoted(whole)}) + TIME '${time}')`
  return { sql: instantOf(clock, zone), type: { ...inUtc, zone }, at: call.at }
}
