import { type Bound, coerce, converted, quoted } from '../bind/bound.js'
import { atZone, cast, timestampText, withZone } from '../bind/cast.js'
import { clock } from '../bind/clock.js'
import type { Scope } from '../bind/scope.js'
import { unified } from '../bind/unified.js'
import { clockOf, instantOf, zoneName } from '../bind/zones.js'
import { type Place, refuse } from '../fail.js'
import type { Call } from '../syntax.js'
import { bigint, date, double, type Type, typeName, varchar } from '../types.js'
import { argumentsOf } from './arguments.js'
import { jodaFormat, mysqlFormat, strftime, strptime } from './formats.js'
import type { Special } from './form.js'
import { isoTimestamp } from './iso.js'
import { eastSql } from './offset.js'

type Moment =
  { readonly kind: 'date' } | Extract<Type, { kind: 'timestamp' }> | Extract<Type, { kind: 'timestamp with time zone' }>

/** Microseconds of the units that are always as long; the others go by the calendar. */
const micros: Readonly<Record<string, number>> = { millisecond: 1e3, second: 1e6, minute: 6e7, hour: 36e8 }
const months: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 }
const days: Readonly<Record<string, number>> = { day: 1, week: 7 }
const units = [...Object.keys(micros), ...Object.keys(days), ...Object.keys(months)]

/** Functions of dates and times that take a unit, a format or a zone, which must be written as text in the statement. */
export const moments: Readonly<Record<string, Special>> = {
  now: {
    usage: '() -> timestamp(3) with time zone',
    bind(call, scope) {
      argumentsOf(call, scope, 0)
      scope.statement.edit({ kind: 'clock', at: call.at, name: 'CURRENT_TIMESTAMP', precision: undefined })
      return clock('CURRENT_TIMESTAMP', undefined, scope.statement.now, call.at)
    },
  },
  date: {
    usage: '(varchar | date | timestamp) -> date',
    bind(call, scope) {
      const [only] = argumentsOf(call, scope, 1)
      return { ...cast(only ?? missing(call), date), at: call.at }
    },
  },
  date_trunc: {
    usage: "('unit', date | timestamp) -> the same",
    bind(call, scope) {
      const [unit, value] = two(call, scope)
      const { name, type } = unitOf(unit, value)
      const sql = `date_trunc('${name}', ${clockOf(value)})`
      return shownAs(type.kind === 'date' ? `CAST(${sql} AS DATE)` : sql, type, call.at)
    },
  },
  date_add: {
    usage: "('unit', bigint, date | timestamp) -> the same",
    bind(call, scope) {
      const [unit, count, value] = three(call, scope)
      const { name, type } = unitOf(unit, value)
      const times = coerce(count, bigint).sql
      const [step, day, month] = [micros[name], days[name], months[name]]
      if (step !== undefined) return { sql: `(${value.sql} + to_microseconds(${times} * ${step}))`, type, at: call.at }
      const interval =
        day === undefined ? `to_months(CAST(${times} * ${month ?? 1} AS INTEGER))` : `to_days(CAST(${times} * ${day} AS INTEGER))`
      const sql = `(${clockOf(value)} + ${interval})`
      return shownAs(type.kind === 'date' ? `CAST(${sql} AS DATE)` : sql, type, call.at)
    },
  },
  date_diff: {
    usage: "('unit', date | timestamp, date | timestamp) -> bigint",
    bind(call, scope) {
      const [unit, first, second] = three(call, scope)
      const { items } = unified([first, second], 'date_diff', call.at)
      const [from = first, to = second] = items
      const { name, type } = unitOf(unit, from)
      return { sql: difference(name, type, from, to), type: bigint, at: call.at }
    },
  },
  date_format: {
    usage: "(date | timestamp, 'format') -> varchar",
    bind(call, scope) {
      const [value, format] = two(call, scope)
      return { sql: strftime(clockOf(moment(value)), mysqlFormat(literal(format), format.at), value), type: varchar, at: call.at }
    },
  },
  date_parse: {
    usage: "(varchar, 'format') -> timestamp(3)",
    bind(call, scope) {
      const [value, format] = two(call, scope)
      const sql = strptime(coerce(value, varchar).sql, mysqlFormat(literal(format), format.at), format.at)
      return { sql, type: { kind: 'timestamp', precision: 3 }, at: call.at }
    },
  },
  format_datetime: {
    usage: "(date | timestamp, 'format') -> varchar",
    bind(call, scope) {
      const [value, format] = two(call, scope)
      return { sql: strftime(clockOf(moment(value)), jodaFormat(literal(format), format.at), value), type: varchar, at: call.at }
    },
  },
  parse_datetime: {
    usage: "(varchar, 'format') -> timestamp(3) with time zone",
    bind(call, scope) {
      const [value, format] = two(call, scope)
      const pieces = jodaFormat(literal(format), format.at)
      if (pieces.some(piece => piece.kind === 'part' && piece.specifier === '%y')) {
        throw refuse(
          'sql-function',
          'In parse_datetime a year of two digits depends on the day that it is read; write yyyy.',
          format.at,
        )
      }
      const sql = strptime(coerce(value, varchar).sql, pieces, format.at)
      return { sql, type: { kind: 'timestamp with time zone', precision: 3, zone: 'UTC' }, at: call.at }
    },
  },
  to_iso8601: {
    usage: '(date | timestamp) -> varchar',
    bind(call, scope) {
      const [only] = argumentsOf(call, scope, 1)
      const value = moment(only ?? missing(call))
      const { type } = value
      if (type.kind === 'date')
        return { sql: `CAST(${value.sql} AS VARCHAR)`, type: { kind: 'varchar', length: 16 }, at: call.at }
      const width = type.precision === 0 ? 22 : 23 + type.precision
      const text = timestampText(clockOf(value), type.precision, 'T')
      if (type.kind === 'timestamp') return { sql: text, type: { kind: 'varchar', length: width }, at: call.at }
      const offset = type.zone === 'UTC' ? "'Z'" : `athena.offset_text(${eastSql(value)}, ':')`
      return { sql: `(${text} || ${offset})`, type: { kind: 'varchar', length: width + 6 }, at: call.at }
    },
  },
  from_iso8601_timestamp: { usage: '(varchar) -> timestamp(3) with time zone', bind: (call, scope) => isoTimestamp(call, scope) },
  at_timezone: {
    usage: "(timestamp, 'zone') -> timestamp with time zone",
    bind(call, scope) {
      const [value, zone] = two(call, scope)
      return { ...atZone(value, zoneName(literal(zone), zone.at)), at: call.at }
    },
  },
  with_timezone: {
    usage: "(timestamp, 'zone') -> timestamp with time zone",
    bind(call, scope) {
      const [value, zone] = two(call, scope)
      return { ...withZone(value, zoneName(literal(zone), zone.at)), at: call.at }
    },
  },
  from_unixtime: {
    usage: "(bigint | double[, 'zone' | hours, minutes]) -> timestamp(3) with time zone",
    bind(call, scope) {
      const [seconds, zone, minutes] = argumentsOf(call, scope, 1, 3)
      const value = seconds ?? missing(call)
      const type: Type = { kind: 'timestamp with time zone', precision: 3, zone: zone ? unixZone(zone, minutes) : 'UTC' }
      if (coercesToBigint(value)) return { sql: `make_timestamp(${coerce(value, bigint).sql} * 1000000)`, type, at: call.at }
      return { sql: `make_timestamp(CAST(floor(${coerce(value, double).sql} * 1000 + 0.5) AS BIGINT) * 1000)`, type, at: call.at }
    },
  },
  timezone_hour: { usage: '(timestamp with time zone) -> bigint', bind: (call, scope) => zonePart(call, scope, '// 60') },
  timezone_minute: { usage: '(timestamp with time zone) -> bigint', bind: (call, scope) => zonePart(call, scope, '% 60') },
  timezone: {
    usage: '(timestamp with time zone) -> varchar',
    bind(call, scope) {
      const [only] = argumentsOf(call, scope, 1)
      const type = only?.type
      if (type?.kind !== 'timestamp with time zone')
        throw refuse('sql-function', 'timezone needs a timestamp with time zone.', call.at)
      return { sql: `CASE WHEN ${only?.sql ?? 'NULL'} IS NOT NULL THEN ${quoted(type.zone)} END`, type: varchar, at: call.at }
    },
  },
}

function coercesToBigint({ type }: Bound): boolean {
  return ['tinyint', 'smallint', 'integer', 'bigint'].includes(type.kind)
}

/** A place in the calendar of the value's zone, as a value again. */
function shownAs(sql: string, type: Moment, at: Place): Bound {
  return { sql: type.kind === 'timestamp with time zone' ? instantOf(sql, type.zone) : sql, type, at }
}

function difference(unit: string, type: Moment, from: Bound, to: Bound): string {
  const [step, day, month] = [micros[unit], days[unit], months[unit]]
  if (step !== undefined) return `((epoch_us(${to.sql}) - epoch_us(${from.sql})) // ${step})`
  if (month !== undefined) return `(date_sub('month', ${clockOf(from)}, ${clockOf(to)}) // ${month})`
  if (type.kind === 'date') return `(CAST(${to.sql} - ${from.sql} AS BIGINT) // ${day ?? 1})`
  return `((epoch_us(${clockOf(to)}) - epoch_us(${clockOf(from)})) // ${(day ?? 1) * 86_400_000_000})`
}

function unitOf(unit: Bound, value: Bound): { readonly name: string; readonly type: Moment } {
  const name = literal(unit).toLowerCase()
  const { type } = moment(value)
  if (!units.includes(name))
    throw refuse('sql-function', `${name} is not a unit of time.`, unit.at, { expected: units.join(', ') })
  if (type.kind === 'date' && micros[name] !== undefined) throw refuse('sql-function', `A date has no ${name}.`, unit.at)
  return { name, type }
}

function moment(value: Bound): Bound & { readonly type: Moment } {
  const { type } = value
  if (type.kind === 'date') return { ...value, type: { kind: 'date' } }
  if (type.kind === 'timestamp' || type.kind === 'timestamp with time zone') return { ...value, type }
  if (type.kind === 'unknown') return { ...converted(value, date), type: { kind: 'date' } }
  throw refuse('sql-type', `A date or a timestamp belongs here, not ${typeName(type)}.`, value.at)
}

function literal(bound: Bound): string {
  if (bound.text !== undefined) return bound.text
  throw refuse('sql-refused', 'Weir knows this argument only written as text in the statement.', bound.at)
}

function unixZone(zone: Bound, minutes: Bound | undefined): string {
  if (minutes === undefined) return zoneName(literal(zone), zone.at)
  const [hour, minute] = [Number(zone.number), Number(minutes.number)]
  if (!Number.isInteger(hour) || !Number.isInteger(minute))
    throw refuse('sql-refused', 'Weir knows an offset only written as numbers.', zone.at)
  const size = Math.abs(hour * 60 + minute)
  const text = [Math.floor(size / 60), size % 60].map(part => String(part).padStart(2, '0')).join(':')
  return zoneName(`${hour * 60 + minute < 0 ? '-' : '+'}${text}`, zone.at)
}

function zonePart(call: Call, scope: Scope, operation: string): Bound {
  const [only] = argumentsOf(call, scope, 1)
  if (only?.type.kind !== 'timestamp with time zone')
    throw refuse('sql-function', `${call.name} needs a timestamp with time zone.`, call.at)
  return {
    sql: `CASE WHEN ${only.sql} IS NOT NULL THEN CAST(${eastSql(only)} ${operation} AS BIGINT) END`,
    type: bigint,
    at: call.at,
  }
}

function two(call: Call, scope: Scope): [Bound, Bound] {
  const [a, b] = argumentsOf(call, scope, 2)
  return [a ?? missing(call), b ?? missing(call)]
}

function three(call: Call, scope: Scope): [Bound, Bound, Bound] {
  const [a, b, c] = argumentsOf(call, scope, 3)
  return [a ?? missing(call), b ?? missing(call), c ?? missing(call)]
}

function missing(call: Call): never {
  throw refuse('sql-function', `${call.name} lacks an argument.`, call.at)
}
