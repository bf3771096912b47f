import { refuse } from '../fail.js'
import { duckdbType, type Field, fieldName, isFloating, isInteger, isNumeric, type Type, typeName } from '../types.js'
import { type Bound, converted, failing, quoted } from './bound.js'
import { clockAt, clockOf, instantOf } from './zones.js'

/** CAST as Trino does it. Refuses pairs of types that it does not cast between, or that were not tested. */
export function cast(operand: Bound, type: Type): Bound {
  const { at } = operand
  const sql = castSql(operand, type)
  if (sql !== undefined) return { sql, type, at }
  throw refuse('sql-type', `${typeName(operand.type)} cannot be cast to ${typeName(type)}.`, at)
}

/**
 * TRY_CAST: NULL where CAST fails. Without TRY where that can be: DuckDB may compute an expression that stands in two
 * places once and outside of both.
 */
export function tryCast(operand: Bound, type: Type): Bound {
  const strict = cast(operand, type)
  const text = operand.type.kind === 'varchar' ? textCast(operand.sql, type) : undefined
  const number = isNumeric(type) && strict.sql.startsWith('CAST(') ? `TRY_${strict.sql}` : undefined
  return { ...strict, sql: text ?? number ?? `TRY(${strict.sql})` }
}

/** What a text must look like for Trino to read it as a whole number; DuckDB reads more. */
const wholeNumber = quoted('\\s*[+-]?[0-9]+\\s*')

/** A text read as a type, NULL where it does not say a value of it. */
function textCast(sql: string, type: Type): string | undefined {
  const target = duckdbType(type)
  switch (type.kind) {
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
      return `CASE WHEN regexp_full_match(${sql}, ${wholeNumber}) THEN TRY_CAST(${sql} AS ${target}) END`
    case 'double':
      return `athena.text_double(${sql})`
    case 'real':
      return `athena.double_real(athena.text_double(${sql}))`
    case 'decimal':
      return `TRY_CAST(athena.text_decimal(${sql}) AS ${target})`
    case 'boolean':
      return `CASE WHEN lower(${sql}) IN ('t', 'true', '1') THEN TRUE WHEN lower(${sql}) IN ('f', 'false', '0') THEN FALSE END`
    case 'date':
      return `athena.text_date(${sql})`
    case 'timestamp':
      return rounded(`athena.text_timestamp(${sql})`, 6, type.precision)
    case 'ipaddress':
      return `address_key(${sql})`
    default:
      return undefined
  }
}

function castSql(operand: Bound, type: Type): string | undefined {
  const { sql, type: from } = operand
  const target = duckdbType(type)
  const plain = `CAST(${sql} AS ${target})`
  if (from.kind === 'unknown') return plain
  if (type.kind === 'varchar') return varcharSql(operand, type.length)
  if (from.kind === 'varchar') {
    const text = textCast(sql, type)
    const fails = `CASE WHEN ${sql} IS NOT NULL THEN ${quoted(`Cannot cast to ${typeName(type)}: `)} || ${sql} END`
    if (text !== undefined) return `coalesce(${text}, CAST(${fails} AS ${target}))`
  }
  if (isNumeric(type)) return numberCast(operand, type)
  switch (type.kind) {
    case 'boolean':
      if (from.kind === 'boolean') return sql
      if (isNumeric(from)) return `(${sql} <> 0)`
      return undefined
    case 'date':
      if (from.kind === 'date') return sql
      if (from.kind === 'timestamp' || from.kind === 'timestamp with time zone') return `CAST(${clockOf(operand)} AS DATE)`
      return undefined
    case 'timestamp':
    case 'timestamp with time zone':
      return timestampCast(operand, type)
    case 'time':
      if (from.kind === 'timestamp' || from.kind === 'timestamp with time zone') {
        return `CAST(${rounded(clockOf(operand), from.precision, type.precision)} AS TIME)`
      }
      return from.kind === 'varchar' || (from.kind === 'time' && from.precision <= type.precision) ? plain : undefined
    case 'ipaddress':
      if (from.kind === 'ipaddress') return sql
      if (from.kind === 'varbinary') return `athena.bytes_address(${sql})`
      return undefined
    case 'varbinary':
      if (from.kind === 'ipaddress') return `athena.address_bytes(${sql})`
      return from.kind === 'varbinary' ? sql : undefined
    case 'array': {
      if (from.kind !== 'array') return undefined
      const element = lambda('element', from.element, operand, type.element)
      return element && `list_transform(${sql}, ${element})`
    }
    case 'map': {
      if (from.kind !== 'map') return undefined
      const [key, value] = [lambda('key', from.key, operand, type.key), lambda('value', from.value, operand, type.value)]
      return key && value && `map(list_transform(map_keys(${sql}), ${key}), list_transform(map_values(${sql}), ${value}))`
    }
    case 'row':
      return from.kind === 'row' ? rowCast(operand, from.fields, type.fields) : undefined
    case 'json':
      return from.kind === 'json' ? sql : undefined
    case 'interval day to second':
    case 'interval year to month':
      return from.kind === type.kind ? sql : undefined
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'real':
    case 'double':
    case 'decimal':
    case 'unknown':
    case 'time with time zone':
      return undefined
  }
}

function lambda(name: string, from: Type, { at }: Bound, to: Type): string | undefined {
  const sql = castSql({ sql: `"${name}"`, type: from, at }, to)
  return sql && `lambda "${name}": ${sql}`
}

function rowCast({ sql, at }: Bound, from: readonly Field[], to: readonly Field[]): string | undefined {
  if (from.length !== to.length) return undefined
  const fields = to.map((field, i) => {
    const given = from[i]
    const part =
      given && castSql({ sql: `struct_extract(${sql}, '${unquoted(fieldName(given, i))}')`, type: given.type, at }, field.type)
    return part && `${fieldName(field, i)} := ${part}`
  })
  return fields.every(field => field !== undefined) ? `struct_pack(${fields.join(', ')})` : undefined
}

function unquoted(name: string): string {
  return name.slice(1, -1)
}

function numberCast(operand: Bound, type: Type): string | undefined {
  const { sql, type: from } = operand
  const target = duckdbType(type)
  if (operand.number !== undefined && type.kind === 'double') return converted(operand, type).sql
  if (from.kind === 'boolean') return `CAST(${sql} AS ${target})`
  if (!isNumeric(from)) return undefined
  // Trino rounds halves away from zero, DuckDB's casts from floating numbers round them to even.
  if (isFloating(from) && isInteger(type)) return `CAST(round(${sql}) AS ${target})`
  if (isFloating(from) && type.kind === 'decimal') return `CAST(athena.double_decimal(${sql}) AS ${target})`
  if (from.kind === 'double' && type.kind === 'real') return `athena.double_real(${sql})`
  return target === duckdbType(from) ? sql : `CAST(${sql} AS ${target})`
}

function varcharSql(operand: Bound, length: number | undefined): string | undefined {
  const { sql, type: from } = operand
  const text = textSql(operand)
  if (text === undefined || length === undefined) return text
  if (from.kind === 'varchar') return from.length !== undefined && from.length <= length ? sql : `left(${sql}, ${length})`
  return `CASE WHEN length(${text}) > ${length} THEN ${failing(`The value does not fit into varchar(${length})`, { kind: 'varchar' })} ELSE ${text} END`
}

/** A value as Trino writes it in text; undefined for types that it does not cast to text. */
export function textSql(operand: Bound): string | undefined {
  const { sql, type } = operand
  switch (type.kind) {
    case 'varchar':
      return sql
    case 'unknown':
      return 'CAST(NULL AS VARCHAR)'
    case 'boolean':
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'date':
      return `CAST(${sql} AS VARCHAR)`
    case 'decimal': {
      // DuckDB leaves out the zero before the point where the type has no place for it.
      const roomy = type.precision === type.scale && type.precision < 38 ? { ...type, precision: type.precision + 1 } : type
      return `CAST(CAST(${sql} AS ${duckdbType(roomy)}) AS VARCHAR)`
    }
    case 'double':
      return `athena.double_text(${sql})`
    case 'real':
      return `athena.real_text(${sql})`
    case 'ipaddress':
      return `address_text(${sql})`
    case 'timestamp':
      return timestampText(sql, type.precision, ' ')
    case 'timestamp with time zone':
      return `(${timestampText(clockAt(sql, type.zone), type.precision, ' ')} || ${quoted(` ${type.zone}`)})`
    case 'time':
      return `left(strftime(DATE '2000-01-01' + ${sql}, '%H:%M:%S.%f'), ${type.precision === 0 ? 8 : 9 + type.precision})`
    case 'interval day to second':
    case 'interval year to month':
    case 'varbinary':
    case 'json':
    case 'array':
    case 'map':
    case 'row':
    case 'time with time zone':
      return undefined
  }
}

/** Date and time with as many digits of the second as the precision says. */
export function timestampText(sql: string, precision: number, between: ' ' | 'T'): string {
  const format = `%Y-%m-%d${between}%H:%M:%S`
  if (precision === 0) return `strftime(${sql}, '${format}')`
  return `left(strftime(${sql}, '${format}.%f'), ${20 + precision})`
}

function timestampCast(
  operand: Bound,
  type: Extract<Type, { kind: 'timestamp' | 'timestamp with time zone' }>,
): string | undefined {
  const { sql, type: from } = operand
  switch (from.kind) {
    case 'date':
      return `CAST(${sql} AS TIMESTAMP)`
    case 'timestamp':
      return rounded(sql, from.precision, type.precision)
    case 'timestamp with time zone':
      return rounded(type.kind === 'timestamp' ? clockOf(operand) : sql, from.precision, type.precision)
    default:
      return undefined
  }
}

/** A timestamp rounded to fewer digits of the second. */
export function rounded(sql: string, from: number, to: number): string {
  if (to >= from) return sql
  const step = 10 ** (6 - to)
  return `make_timestamp(CAST(floor((epoch_us(${sql}) + ${step / 2}) / ${step}) AS BIGINT) * ${step})`
}

/** A timestamp with a zone cast to one without keeps what its clock shows; one without is taken as UTC. */
export function atZone(operand: Bound, zone: string): Bound {
  const { type } = operand
  if (type.kind === 'timestamp')
    return { ...operand, type: { kind: 'timestamp with time zone', precision: type.precision, zone } }
  if (type.kind === 'timestamp with time zone') return { ...operand, type: { ...type, zone } }
  throw refuse('sql-type', `AT TIME ZONE needs a timestamp, not ${typeName(type)}.`, operand.at)
}

/** `with_timezone`: the instant at which a clock in the zone shows the timestamp. */
export function withZone(operand: Bound, zone: string): Bound {
  const { type } = operand
  if (type.kind !== 'timestamp') throw refuse('sql-type', `with_timezone needs a timestamp, not ${typeName(type)}.`, operand.at)
  return {
    ...operand,
    sql: instantOf(operand.sql, zone),
    type: { kind: 'timestamp with time zone', precision: type.precision, zone },
  }
}
