import type { Parameter } from '../../engine.js'
import { type Place, refuse } from '../fail.js'
import { bigint, boolean, date, double, integer, microseconds, resolveType, type Type, unknown } from '../types.js'
import type { Expression } from '../syntax.js'
import { type Bound, converted, numberSql, quoted } from './bound.js'
import { cast } from './cast.js'
import { instantOf, zoneName } from './zones.js'

type Typed = Extract<Expression, { kind: 'typed' }>
type Interval = Extract<Expression, { kind: 'interval' }>

export function nullLiteral(at: Place): Bound {
  return { sql: 'NULL', type: unknown, at }
}

export function booleanLiteral(value: boolean, at: Place): Bound {
  return { sql: value ? 'TRUE' : 'FALSE', type: boolean, at }
}

export function textLiteral(text: string, at: Place): Bound {
  return { sql: quoted(text), type: { kind: 'varchar', length: Array.from(text).length }, at, text }
}

export function binaryLiteral(hex: string, at: Place): Bound {
  const digits = hex.replace(/\s/g, '')
  if (!/^([0-9a-f]{2})*$/i.test(digits))
    throw refuse('sql-syntax', `X'${hex}' is not a whole number of bytes in hexadecimal digits.`, at)
  return { sql: `unhex('${digits}')`, type: { kind: 'varbinary' }, at }
}

/** `7` is an integer or bigint, `7.0` a decimal with as many digits as are written, `7e0` a double. */
export function numberLiteral(text: string, at: Place): Bound {
  const type = numberType(text, at)
  const digits = text.startsWith('.') ? `0${text}` : text
  const sql = numberSql(digits, type.kind === 'decimal' ? `DECIMAL(${type.precision}, ${type.scale})` : type.kind.toUpperCase())
  return { sql, type, at, number: digits }
}

function numberType(text: string, at: Place): Type {
  if (/e/i.test(text)) return double
  if (text.includes('.')) {
    const [whole = '', fraction = ''] = text.split('.')
    const precision = Math.max(1, whole.replace(/^0+/, '').length + fraction.length)
    if (precision > 38) throw refuse('sql-syntax', `${text} has more than 38 digits.`, at)
    return { kind: 'decimal', precision, scale: fraction.length }
  }
  const value = BigInt(text)
  if (value > 9223372036854775807n) throw refuse('sql-syntax', `${text} is greater than the greatest bigint.`, at)
  return value > 2147483647n ? bigint : integer
}

/** A parameter's value as the literal that one would write for it. */
export function parameterLiteral(value: Parameter, at: Place): Bound {
  if (typeof value === 'string') return textLiteral(value, at)
  if (typeof value === 'boolean') return booleanLiteral(value, at)
  if (!Number.isFinite(value)) throw refuse('sql-type', `${value} is not a number that SQL can write.`, at)
  const text = Number.isSafeInteger(value) ? String(Math.abs(value)) : Math.abs(value).toExponential()
  const literal = numberLiteral(text, at)
  return value < 0 ? negated(literal) : literal
}

/** The literal with a minus before it. */
export function negated(literal: Bound): Bound {
  const number = `-${literal.number ?? ''}`
  return converted({ ...literal, number }, literal.type)
}

/** `DATE '2024-01-01'`, `BIGINT '5'`, `IPADDRESS '10.0.0.1'`: text that is read as a type. */
export function typedLiteral({ type: syntax, value, at }: Typed): Bound {
  const bare = syntax.numbers.length === 0 && !syntax.withTimeZone
  if (syntax.name === 'timestamp' && bare) return timestampLiteral(value, at)
  if (syntax.name === 'time' && bare) return timeLiteral(value, at)
  const type = resolveType(syntax)
  if (syntax.name === 'decimal' && bare) {
    const digits = value.replace(/^[+-]/, '')
    if (!/^(\d+(\.\d*)?|\.\d+)$/.test(digits)) throw refuse('sql-syntax', `${value} is not a decimal.`, at)
    return cast(textLiteral(value, at), numberType(digits.includes('.') ? digits : `${digits}.`, at))
  }
  if (type.kind === 'date' && !isDay(value)) throw refuse('sql-syntax', `${value} is not a date.`, at, { expected: 'YYYY-MM-DD' })
  if (type.kind === 'date') return { sql: `DATE ${quoted(value)}`, type: date, at }
  if (/^-?\d+$/.test(value) && ['tinyint', 'smallint', 'integer', 'bigint'].includes(type.kind)) {
    return converted({ ...numberLiteral(value.replace('-', ''), at), number: value }, type)
  }
  return cast(textLiteral(value, at), type)
}

function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? []
  const found = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return found.getUTCMonth() === Number(month) - 1 && found.getUTCDate() === Number(day)
}

function timestampLiteral(value: string, at: Place): Bound {
  const match = /^(\d{4}-\d{1,2}-\d{1,2})(?: (\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)?)?(?: ?([A-Za-z+-].*))?$/.exec(
    value.trim(),
  )
  const [, day = '', hour = '0', minute = '0', second = '0', fraction = '', zoneText] = match ?? []
  if (!isDay(day) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    throw refuse('sql-syntax', `${value} is not a timestamp.`, at, { expected: 'YYYY-MM-DD hh:mm:ss' })
  }
  const precision = microseconds(fraction.length, 'timestamp', at)
  const clock = `TIMESTAMP '${day} ${[hour, minute, second].map(part => part.padStart(2, '0')).join(':')}${fraction && `.${fraction}`}'`
  if (zoneText === undefined) return { sql: clock, type: { kind: 'timestamp', precision }, at }
  const zone = zoneName(zoneText, at)
  return { sql: instantOf(clock, zone), type: { kind: 'timestamp with time zone', precision, zone }, at }
}

function timeLiteral(value: string, at: Place): Bound {
  const match = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,6}))?)?$/.exec(value.trim())
  if (!match) throw refuse('sql-syntax', `${value} is not a time that Weir knows.`, at, { expected: 'hh:mm:ss' })
  const [, hour = '0', minute = '0', second = '0', fraction = ''] = match
  const text = `${[hour, minute, second].map(part => part.padStart(2, '0')).join(':')}${fraction && `.${fraction}`}`
  return { sql: `TIME '${text}'`, type: { kind: 'time', precision: fraction.length }, at }
}

const seconds: Readonly<Record<string, number>> = { week: 604800, day: 86400, hour: 3600, minute: 60, second: 1 }

/** Intervals of days and less are kept in microseconds, those of years and months in months. */
export function intervalLiteral({ value, negative, from, to, at }: Interval): Bound {
  const wrong = () => refuse('sql-syntax', `'${value}' is not an interval of ${to ? `${from} to ${to}` : from}.`, at)
  const signed = value.startsWith('-') !== negative ? -1 : 1
  const digits = value.trim().replace(/^[+-]/, '')
  if (from === 'year' || from === 'month') {
    const form = to === 'month' ? /^(\d+)-(\d+)$/ : /^(\d+)$/
    const [, first, second = '0'] = form.exec(digits) ?? []
    if (first === undefined || (to !== undefined && (from !== 'year' || to !== 'month'))) throw wrong()
    const months = signed * (from === 'year' ? Number(first) * 12 + Number(second) : Number(first))
    return { sql: `to_months(${months})`, type: { kind: 'interval year to month' }, at }
  }
  const total = to === undefined ? simpleSeconds(digits, from) : spanSeconds(digits, from, to)
  if (total === undefined) throw wrong()
  const micros = signed * Math.round(total * 1e6)
  const wholeDays = micros % 86_400_000_000 === 0
  return { sql: `to_microseconds(${micros})`, type: { kind: 'interval day to second' }, at, wholeDays }
}

function simpleSeconds(digits: string, unit: string): number | undefined {
  if (!(unit === 'second' ? /^\d+(\.\d+)?$/ : /^\d+$/).test(digits)) return undefined
  return Number(digits) * (seconds[unit] ?? 0)
}

const spanUnits = ['day', 'hour', 'minute', 'second']

/** `1 02:03:04.5` as DAY TO SECOND, `02:03` as HOUR TO MINUTE. */
function spanSeconds(digits: string, from: string, to: string): number | undefined {
  const units = spanUnits.slice(spanUnits.indexOf(from), spanUnits.indexOf(to) + 1)
  const parts = digits.split(/[ :]/)
  if (units.length < 2 || parts.length !== units.length || !parts.every(part => /^\d+(\.\d+)?$/.test(part))) return undefined
  return units.reduce((sum, unit, i) => sum + Number(parts[i]) * (seconds[unit] ?? 0), 0)
}
