import { type Place, refuse } from './fail.js'
import { Cursor } from './parse/cursor.js'
import { tokens } from './parse/tokens.js'
import { parseType } from './parse/types.js'
import type { TypeSyntax } from './syntax.js'

export type IntegerKind = 'tinyint' | 'smallint' | 'integer' | 'bigint'
type PlainKind =
  | IntegerKind
  | 'boolean'
  | 'real'
  | 'double'
  | 'date'
  | 'varbinary'
  | 'json'
  | 'ipaddress'
  | 'interval day to second'
  | 'interval year to month'
  | 'unknown'

/** An Athena (Trino) type. `unknown` is the type of a bare NULL. */
export type Type =
  | { readonly kind: PlainKind }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  /** Without a length any text. */
  | { readonly kind: 'varchar'; readonly length?: number }
  | { readonly kind: 'time'; readonly precision: number }
  | { readonly kind: 'timestamp'; readonly precision: number }
  | { readonly kind: 'time with time zone'; readonly precision: number; readonly zone: string }
  /** The zone is part of the type: all values of a column are in one zone, mostly UTC. */
  | { readonly kind: 'timestamp with time zone'; readonly precision: number; readonly zone: string }
  | { readonly kind: 'array'; readonly element: Type }
  | { readonly kind: 'map'; readonly key: Type; readonly value: Type }
  | { readonly kind: 'row'; readonly fields: readonly Field[] }

export interface Field {
  readonly name?: string
  readonly type: Type
}

export const bigint: Type = { kind: 'bigint' }
export const integer: Type = { kind: 'integer' }
export const double: Type = { kind: 'double' }
export const boolean: Type = { kind: 'boolean' }
export const varchar: Type = { kind: 'varchar' }
export const date: Type = { kind: 'date' }
export const unknown: Type = { kind: 'unknown' }

const integerKinds: readonly string[] = ['tinyint', 'smallint', 'integer', 'bigint']

export function isInteger(type: Type): type is { readonly kind: IntegerKind } {
  return integerKinds.includes(type.kind)
}

export function isNumeric(type: Type): boolean {
  return isInteger(type) || ['decimal', 'real', 'double'].includes(type.kind)
}

export function isFloating(type: Type): boolean {
  return type.kind === 'real' || type.kind === 'double'
}

/** The decimal that holds every value of an integer type. */
export function decimalOf(
  type: Type,
): { readonly kind: 'decimal'; readonly precision: number; readonly scale: number } | undefined {
  if (type.kind === 'decimal') return type
  const digits = { tinyint: 3, smallint: 5, integer: 10, bigint: 19 }
  return isInteger(type) ? { kind: 'decimal', precision: digits[type.kind], scale: 0 } : undefined
}

/** The name as Trino writes it: `timestamp(3) with time zone`, `array(varchar)`, `row(x bigint)`. */
export function typeName(type: Type): string {
  switch (type.kind) {
    case 'decimal':
      return `decimal(${type.precision}, ${type.scale})`
    case 'varchar':
      return type.length === undefined ? 'varchar' : `varchar(${type.length})`
    case 'time':
    case 'timestamp':
      return `${type.kind}(${type.precision})`
    case 'time with time zone':
    case 'timestamp with time zone':
      return type.kind.replace(' ', `(${type.precision}) `)
    case 'array':
      return `array(${typeName(type.element)})`
    case 'map':
      return `map(${typeName(type.key)}, ${typeName(type.value)})`
    case 'row':
      return `row(${type.fields.map(({ name, type }) => (name === undefined ? typeName(type) : `${rowName(name)} ${typeName(type)}`)).join(', ')})`
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'boolean':
    case 'double':
    case 'date':
    case 'json':
    case 'real':
    case 'varbinary':
    case 'ipaddress':
    case 'interval day to second':
    case 'interval year to month':
    case 'unknown':
      return type.kind
  }
}

function rowName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/i.test(name) ? name : `"${name.replaceAll('"', '""')}"`
}

/**
 * The DuckDB type whose values stand for the type's. Times with a zone are kept as the instant in UTC without one
 * (the zone is known from the type), addresses as a number of 128 bits with IPv4 mapped into IPv6.
 */
export function duckdbType(type: Type): string {
  switch (type.kind) {
    case 'real':
      return 'FLOAT'
    case 'varbinary':
      return 'BLOB'
    case 'ipaddress':
      return 'UHUGEINT'
    case 'decimal':
      return `DECIMAL(${type.precision}, ${type.scale})`
    case 'varchar':
      return 'VARCHAR'
    case 'time':
    case 'time with time zone':
      return 'TIME'
    case 'timestamp':
    case 'timestamp with time zone':
      return 'TIMESTAMP'
    case 'interval day to second':
    case 'interval year to month':
      return 'INTERVAL'
    case 'unknown':
      return '"NULL"'
    case 'array':
      return `${duckdbType(type.element)}[]`
    case 'map':
      return `MAP(${duckdbType(type.key)}, ${duckdbType(type.value)})`
    case 'row':
      return `STRUCT(${type.fields.map((field, i) => `${fieldName(field, i)} ${duckdbType(field.type)}`).join(', ')})`
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'boolean':
    case 'double':
    case 'date':
    case 'json':
      return type.kind.toUpperCase()
  }
}

/** The name, quoted, that a row's field has in DuckDB: always by place, as Trino's fields may lack names or share them. */
export function fieldName(_field: Field, index: number): string {
  return `"field${index}"`
}

/** The type that a name such as `decimal(10,2)` or `string` says; Hive's names are known too. */
export function typeOf(name: string): Type {
  const cursor = new Cursor(tokens(name))
  return resolveType(parseType(cursor))
}

export function resolveType(syntax: TypeSyntax): Type {
  const { name, numbers, parameters, at } = syntax
  const [first, second] = parameters.map(parameter => resolveType(parameter.type))
  switch (name) {
    case 'int':
      return integer
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'boolean':
    case 'real':
    case 'double':
    case 'date':
    case 'varbinary':
    case 'json':
    case 'ipaddress':
    case 'interval day to second':
    case 'interval year to month':
    case 'unknown':
      return { kind: name }
    case 'float':
      return { kind: 'real' }
    case 'binary':
      return { kind: 'varbinary' }
    case 'string':
      return varchar
    case 'varchar':
      return numbers[0] === undefined ? varchar : { kind: 'varchar', length: numbers[0] }
    case 'decimal':
      return { kind: 'decimal', precision: numbers[0] ?? 38, scale: numbers[1] ?? 0 }
    case 'time':
    case 'timestamp': {
      const precision = microseconds(numbers[0] ?? 3, name, at)
      return syntax.withTimeZone ? { kind: `${name} with time zone`, precision, zone: 'UTC' } : { kind: name, precision }
    }
    case 'array':
      if (first && !second) return { kind: 'array', element: first }
      break
    case 'map':
      if (first && second) return { kind: 'map', key: first, value: second }
      break
    case 'row':
      return {
        kind: 'row',
        fields: parameters.map(({ name, type }) => ({ ...(name === undefined ? {} : { name }), type: resolveType(type) })),
      }
  }
  throw refuse('sql-refused', `The type ${name} is not among those that Weir knows.`, at)
}

/** Refuses what is finer than a microsecond, which DuckDB's timestamps do not hold together with their range. */
export function microseconds(precision: number, name: string, at: Place | undefined): number {
  if (precision <= 6) return precision
  throw refuse('sql-refused', `${name}(${precision}) is finer than a microsecond, which Weir does not keep.`, at)
}

const order = ['tinyint', 'smallint', 'integer', 'bigint', 'decimal', 'real', 'double']

/** The narrowest type that Trino turns both into by itself; undefined where there is none. */
export function commonType(a: Type, b: Type): Type | undefined {
  if (a.kind === 'unknown') return b
  if (b.kind === 'unknown') return a
  if (isNumeric(a) && isNumeric(b)) {
    if (a.kind === 'decimal' || b.kind === 'decimal') {
      if (isFloating(a)) return a
      if (isFloating(b)) return b
      const [x, y] = [decimalOf(a), decimalOf(b)]
      if (!x || !y) return undefined
      const scale = Math.max(x.scale, y.scale)
      const whole = Math.max(x.precision - x.scale, y.precision - y.scale)
      return { kind: 'decimal', precision: Math.min(38, whole + scale), scale }
    }
    return order.indexOf(a.kind) >= order.indexOf(b.kind) ? a : b
  }
  if (a.kind === 'varchar' && b.kind === 'varchar') {
    return a.length === undefined || b.length === undefined ? varchar : { kind: 'varchar', length: Math.max(a.length, b.length) }
  }
  if (a.kind === 'array' && b.kind === 'array') {
    const element = commonType(a.element, b.element)
    return element && { kind: 'array', element }
  }
  if (a.kind === 'map' && b.kind === 'map') {
    const [key, value] = [commonType(a.key, b.key), commonType(a.value, b.value)]
    return key && value && { kind: 'map', key, value }
  }
  if (a.kind === 'row' && b.kind === 'row') return commonRow(a.fields, b.fields)
  return commonMoment(a, b) ?? (a.kind === b.kind ? a : undefined)
}

function commonRow(a: readonly Field[], b: readonly Field[]): Type | undefined {
  if (a.length !== b.length) return undefined
  const fields: Field[] = []
  for (const [i, left] of a.entries()) {
    const right = b[i]
    const type = right && commonType(left.type, right.type)
    if (!type) return undefined
    fields.push(left.name !== undefined && left.name === right.name ? { name: left.name, type } : { type })
  }
  return { kind: 'row', fields }
}

/** Dates become timestamps, and timestamps ones with a zone; UTC is the session's. Two zones have nothing in common. */
function commonMoment(a: Type, b: Type): Type | undefined {
  if (a.kind === 'timestamp with time zone' || b.kind === 'timestamp with time zone') {
    const [zoned, other] = a.kind === 'timestamp with time zone' ? [a, b] : [b, a]
    if (zoned.kind !== 'timestamp with time zone') return undefined
    if (zoned.zone !== (other.kind === zoned.kind ? other.zone : 'UTC')) return undefined
    if (other.kind === 'date') return zoned
    if (other.kind !== 'timestamp' && other.kind !== zoned.kind) return undefined
    return { ...zoned, precision: Math.max(zoned.precision, other.precision) }
  }
  if (a.kind === 'timestamp' && b.kind === 'date') return a
  if (a.kind === 'date' && b.kind === 'timestamp') return b
  if ((a.kind === 'timestamp' && b.kind === 'timestamp') || (a.kind === 'time' && b.kind === 'time')) {
    return { kind: a.kind, precision: Math.max(a.precision, b.precision) }
  }
  return undefined
}

export function sameType(a: Type, b: Type): boolean {
  return typeName(a) === typeName(b)
}

/** Whether Trino turns a value of one type into the other by itself. */
export function coercible(from: Type, to: Type): boolean {
  const common = commonType(from, to)
  return common !== undefined && sameType(common, to)
}
