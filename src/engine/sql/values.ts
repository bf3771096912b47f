import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBIntervalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  type DuckDBValue,
} from '@duckdb/node-api'
import ipaddr from 'ipaddr.js'
import type { Value } from '../engine.js'
import { offsetMinutes } from './bind/zones.js'
import { type Type, varchar } from './types.js'

export type ValueReader = (value: DuckDBValue) => Value

/** Gives the reader of a column: from DuckDB's value to what Trino's protocol says of the type. */
export function valueReader(type: Type): ValueReader {
  const read = presentReader(type)
  return value => (value === null ? null : read(value))
}

function presentReader(type: Type): ValueReader {
  switch (type.kind) {
    case 'decimal':
      return value => (value instanceof DuckDBDecimalValue ? value.toString() : text(value))
    case 'real':
      return value => (typeof value === 'number' ? floating(shortReal(value)) : text(value))
    case 'date':
      return value => (value instanceof DuckDBDateValue ? day(value.days) : text(value))
    case 'timestamp':
      return value => (value instanceof DuckDBTimestampValue ? timestamp(value.micros, type.precision) : text(value))
    case 'timestamp with time zone':
      return value => (value instanceof DuckDBTimestampValue ? zoned(value.micros, type.precision, type.zone) : text(value))
    case 'time':
      return value => (value instanceof DuckDBTimeValue ? clock(value.micros, type.precision) : text(value))
    case 'time with time zone':
      return value => (value instanceof DuckDBTimeValue ? `${clock(value.micros, type.precision)}+00:00` : text(value))
    case 'interval day to second':
      return value => (value instanceof DuckDBIntervalValue ? daysToSeconds(value) : text(value))
    case 'interval year to month':
      return value => (value instanceof DuckDBIntervalValue ? yearsToMonths(value.months) : text(value))
    case 'varbinary':
      return value => (value instanceof DuckDBBlobValue ? Buffer.from(value.bytes).toString('base64') : text(value))
    case 'ipaddress':
      return value => (typeof value === 'bigint' ? addressText(value) : text(value))
    case 'array': {
      const element = valueReader(type.element)
      return value => (value instanceof DuckDBListValue ? value.items.map(element) : text(value))
    }
    case 'map': {
      const [key, item] = [valueReader(type.key), valueReader(type.value)]
      return value => {
        if (!(value instanceof DuckDBMapValue)) return text(value)
        return Object.fromEntries(value.entries.map(entry => [keyText(key(entry.key)), item(entry.value)]))
      }
    }
    case 'row': {
      const fields = type.fields.map(field => valueReader(field.type))
      return value => {
        if (!(value instanceof DuckDBStructValue)) return text(value)
        const items = Object.values(value.entries)
        return fields.map((field, i) => field(items[i] ?? null))
      }
    }
    case 'boolean':
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'double':
    case 'varchar':
    case 'json':
    case 'unknown':
      return scalar
  }
}

function keyText(key: Value): string {
  return typeof key === 'string' ? key : JSON.stringify(key)
}

function scalar(value: DuckDBValue): Value {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
  if (typeof value === 'number') return floating(value)
  return typeof value === 'boolean' ? value : text(value)
}

function text(value: DuckDBValue): string {
  return typeof value === 'string' ? value : String(value)
}

function floating(value: number): Value {
  return Number.isFinite(value) ? value : String(value)
}

/** The fewest digits that tell a 32-bit number from its neighbours. */
function shortReal(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return short
  }
  return value
}

function day(days: number): string {
  return date(days * 86_400_000)
}

/** Years beyond four digits and those before the first have a sign. */
function date(milliseconds: number): string {
  const moment = new Date(milliseconds)
  const year = moment.getUTCFullYear()
  const [month, dayOfMonth] = [moment.getUTCMonth() + 1, moment.getUTCDate()].map(part => String(part).padStart(2, '0'))
  return `${year < 0 ? '-' : year > 9999 ? '+' : ''}${String(Math.abs(year)).padStart(4, '0')}-${month}-${dayOfMonth}`
}

const dayMicros = 86_400_000_000n

function timestamp(micros: bigint, precision: number): string {
  const inDay = ((micros % dayMicros) + dayMicros) % dayMicros
  return `${date(Number((micros - inDay) / 1000n))} ${clock(inDay, precision)}`
}

function clock(micros: bigint, precision: number): string {
  const seconds = micros / 1_000_000n
  const parts = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n].map(part => String(part).padStart(2, '0'))
  const fraction = String(micros % 1_000_000n)
    .padStart(6, '0')
    .slice(0, precision)
  return precision === 0 ? parts.join(':') : `${parts.join(':')}.${fraction}`
}

function zoned(micros: bigint, precision: number, zone: string): string {
  return `${timestamp(micros + BigInt(minutesEast(micros, zone)) * 60_000_000n, precision)} ${zone}`
}

function minutesEast(micros: bigint, zone: string): number {
  const fixed = offsetMinutes(zone)
  if (fixed !== undefined) return fixed
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
    Number(micros / 1000n),
  )
  const name = parts.find(part => part.type === 'timeZoneName')?.value ?? ''
  return offsetMinutes(name.replace('GMT', '')) ?? 0
}

function daysToSeconds({ months, days, micros }: DuckDBIntervalValue): string {
  const total = BigInt(months * 30 + days) * dayMicros + micros
  const size = total < 0n ? -total : total
  return `${total < 0n ? '-' : ''}${size / dayMicros} ${clock(size % dayMicros, 3)}`
}

function yearsToMonths(months: number): string {
  const size = Math.abs(months)
  return `${months < 0 ? '-' : ''}${Math.floor(size / 12)}-${size % 12}`
}

const mapped = 0xffff00000000n

function addressText(key: bigint): string {
  if (key >> 32n === 0xffffn) {
    const number = Number(key - mapped)
    return [24, 16, 8, 0].map(shift => (number >>> shift) & 255).join('.')
  }
  const bytes = Array.from({ length: 16 }, (_, i) => Number((key >> BigInt(120 - i * 8)) & 255n))
  return new ipaddr.IPv6(bytes).toRFC5952String()
}

const plainTypes: Readonly<Record<string, Type>> = {
  BOOLEAN: { kind: 'boolean' },
  TINYINT: { kind: 'tinyint' },
  SMALLINT: { kind: 'smallint' },
  INTEGER: { kind: 'integer' },
  BIGINT: { kind: 'bigint' },
  UTINYINT: { kind: 'smallint' },
  USMALLINT: { kind: 'integer' },
  UINTEGER: { kind: 'bigint' },
  UBIGINT: { kind: 'decimal', precision: 20, scale: 0 },
  HUGEINT: { kind: 'decimal', precision: 38, scale: 0 },
  UHUGEINT: { kind: 'ipaddress' },
  FLOAT: { kind: 'real' },
  DOUBLE: { kind: 'double' },
  DATE: { kind: 'date' },
  TIME: { kind: 'time', precision: 6 },
  TIMESTAMP: { kind: 'timestamp', precision: 3 },
  'TIMESTAMP WITH TIME ZONE': { kind: 'timestamp with time zone', precision: 3, zone: 'UTC' },
  BLOB: { kind: 'varbinary' },
  JSON: { kind: 'json' },
}

/** The Athena type that stands for a DuckDB type, for columns that DuckDB found by itself; what has none is text. */
export function athenaType(duckdb: string): Type {
  const plain = plainTypes[duckdb]
  if (plain) return plain
  if (duckdb.endsWith('[]')) return { kind: 'array', element: athenaType(duckdb.slice(0, -2)) }
  const [, precision, scale] = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(duckdb) ?? []
  return precision === undefined ? varchar : { kind: 'decimal', precision: Number(precision), scale: Number(scale) }
}
