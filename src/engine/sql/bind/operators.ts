import { type Place, refuse } from '../fail.js'
import type { BinaryOperator, ComparisonOperator } from '../syntax.js'
import {
  boolean,
  commonType,
  decimalOf,
  duckdbType,
  isFloating,
  isInteger,
  isNumeric,
  type Type,
  typeName,
  varchar,
} from '../types.js'
import { type Bound, coerce, converted, failing } from './bound.js'
import { negated } from './literals.js'
import { clockOf, instantOf } from './zones.js'

/** `-x`. */
export function negation(operand: Bound): Bound {
  const { type, at } = operand
  if (operand.number !== undefined && !operand.number.startsWith('-')) return negated(operand)
  if (isNumeric(type)) return { sql: `(- ${operand.sql})`, type, at }
  if (isInterval(type)) return { ...operand, sql: `(- ${operand.sql})` }
  throw refuse('sql-type', `There is no minus of ${typeName(type)}.`, at)
}

/** `+ - * / % ||` as Trino computes them. */
export function arithmetic(operator: BinaryOperator, left: Bound, right: Bound, at: Place): Bound {
  const result = (sql: string, type: Type): Bound => ({ sql, type, at })
  if (operator === '||') return concatenation(left, right, at)
  const timed = momentArithmetic(operator, left, right, at)
  if (timed) return timed
  const type = commonType(left.type, right.type)
  if (type?.kind === 'unknown') return result('CAST(NULL AS INTEGER)', { kind: 'integer' })
  if (!type || !isNumeric(type)) {
    throw refuse('sql-type', `There is no ${operator} between ${typeName(left.type)} and ${typeName(right.type)}.`, at)
  }
  if (type.kind === 'decimal') return decimalArithmetic(operator, left, right, at)
  const [a, b] = [converted(left, type), converted(right, type)]
  if (operator === '/' && isInteger(type)) return result(divided('//', a, b), type)
  if (operator === '%' && isInteger(type)) return result(divided('%', a, b), type)
  return result(`(${a.sql} ${operator} ${b.sql})`, type)
}

/** Division of whole numbers: DuckDB gives NULL where Trino fails. */
function divided(operator: '//' | '%', a: Bound, b: Bound): string {
  const sql = `(${a.sql} ${operator} ${b.sql})`
  if (b.number !== undefined && Number(b.number) !== 0) return sql
  return `CASE WHEN ${b.sql} = 0 THEN ${failing('Division by zero', a.type)} ELSE ${sql} END`
}

function decimalArithmetic(operator: '+' | '-' | '*' | '/' | '%', left: Bound, right: Bound, at: Place): Bound {
  const [x, y] = [decimalOf(left.type) ?? decimalOf(right.type), decimalOf(right.type) ?? decimalOf(left.type)]
  if (!x || !y)
    throw refuse('sql-type', `There is no ${operator} between ${typeName(left.type)} and ${typeName(right.type)}.`, at)
  const [a, b] = [converted(left, x), converted(right, y)]
  const scale = operator === '*' ? x.scale + y.scale : Math.max(x.scale, y.scale)
  const whole = { a: x.precision - x.scale, b: y.precision - y.scale }
  const precision = {
    '+': Math.max(whole.a, whole.b) + scale + 1,
    '-': Math.max(whole.a, whole.b) + scale + 1,
    '*': x.precision + y.precision,
    '/': x.precision + y.scale + Math.max(0, y.scale - x.scale),
    '%': Math.min(whole.a, whole.b) + scale,
  }[operator]
  const type: Type = { kind: 'decimal', precision: Math.min(38, precision), scale }
  const target = duckdbType(type)
  if (operator === '/' || operator === '%') {
    const zero = `${b.sql} = 0`
    const value =
      operator === '/'
        ? `athena.decimal_quotient(${a.sql}, ${b.sql}, ${scale + y.scale - x.scale}, ${scale})`
        : `athena.decimal_remainder(${a.sql}, ${b.sql}, ${scale - x.scale}, ${scale - y.scale}, ${scale})`
    return { sql: `CASE WHEN ${zero} THEN ${failing('Division by zero', type)} ELSE CAST(${value} AS ${target}) END`, type, at }
  }
  return { sql: `CAST(${a.sql} ${operator} ${b.sql} AS ${target})`, type, at }
}

function concatenation(left: Bound, right: Bound, at: Place): Bound {
  const [a, b] = [left.type, right.type]
  if (a.kind === 'array' || b.kind === 'array') {
    const type = commonType(
      a.kind === 'array' ? a : { kind: 'array', element: a },
      b.kind === 'array' ? b : { kind: 'array', element: b },
    )
    if (type?.kind !== 'array') throw refuse('sql-type', `There is no || between ${typeName(a)} and ${typeName(b)}.`, at)
    const part = (bound: Bound) =>
      bound.type.kind === 'array' ? coerce(bound, type).sql : `[${coerce(bound, type.element).sql}]`
    const nulls = [left, right].filter(({ type }) => type.kind === 'array').map(({ sql }) => `${sql} IS NULL`)
    const list = duckdbType(type)
    return {
      sql: `CASE WHEN ${nulls.join(' OR ')} THEN CAST(NULL AS ${list}) ELSE list_concat(${part(left)}, ${part(right)}) END`,
      type,
      at,
    }
  }
  const type = commonType(a, b)
  if ((type?.kind !== 'varchar' && type?.kind !== 'varbinary') || a.kind === 'unknown' || b.kind === 'unknown') {
    throw refuse('sql-type', `There is no || between ${typeName(a)} and ${typeName(b)}.`, at, { action: 'CAST both to varchar' })
  }
  const to = type.kind === 'varbinary' ? type : varchar
  return { sql: `(${converted(left, to).sql} || ${converted(right, to).sql})`, type: to, at }
}

function isInterval(type: Type): boolean {
  return type.kind === 'interval day to second' || type.kind === 'interval year to month'
}

function isMoment(type: Type): boolean {
  return type.kind === 'date' || type.kind === 'timestamp' || type.kind === 'timestamp with time zone'
}

/** Sums and differences of dates, timestamps and intervals; undefined when neither side is one. */
function momentArithmetic(operator: '+' | '-' | '*' | '/' | '%', left: Bound, right: Bound, at: Place): Bound | undefined {
  if (operator === '+' && isInterval(left.type) && isMoment(right.type)) return shifted(right, left, '+', at)
  if ((operator === '+' || operator === '-') && isMoment(left.type) && isInterval(right.type))
    return shifted(left, right, operator, at)
  if ((operator === '+' || operator === '-') && isInterval(left.type) && left.type.kind === right.type.kind) {
    const wholeDays = left.wholeDays === true && right.wholeDays === true
    return { sql: `(${left.sql} ${operator} ${right.sql})`, type: left.type, at, wholeDays }
  }
  if (operator === '*' && isInterval(left.type) && isInteger(right.type))
    return { ...left, sql: `(${left.sql} * ${right.sql})`, at }
  if (operator === '*' && isInteger(left.type) && isInterval(right.type))
    return { ...right, sql: `(${right.sql} * ${left.sql})`, at }
  if (operator === '-' && isMoment(left.type) && isMoment(right.type)) {
    const instant = (bound: Bound) => (bound.type.kind === 'date' ? `CAST(${bound.sql} AS TIMESTAMP)` : bound.sql)
    const micros = `epoch_us(${instant(left)}) - epoch_us(${instant(right)})`
    return { sql: `to_microseconds(${micros})`, type: { kind: 'interval day to second' }, at }
  }
  return undefined
}

function shifted(moment: Bound, interval: Bound, operator: '+' | '-', at: Place): Bound {
  const { type } = moment
  const add = (sql: string) => `(${sql} ${operator} ${interval.sql})`
  if (type.kind === 'date') {
    if (interval.type.kind === 'interval day to second' && interval.wholeDays !== true) {
      throw refuse('sql-type', 'To a date only whole days, months or years can be added.', at, {
        action: 'CAST the date to timestamp',
      })
    }
    return { sql: `CAST(${add(moment.sql)} AS DATE)`, type, at }
  }
  if (type.kind !== 'timestamp' && type.kind !== 'timestamp with time zone')
    throw refuse('sql-type', `There is no ${operator} here.`, at)
  if (interval.type.kind === 'interval day to second') {
    return { sql: add(moment.sql), type: { ...type, precision: Math.max(3, type.precision) }, at }
  }
  const sql = type.kind === 'timestamp' ? add(moment.sql) : instantOf(add(clockOf(moment)), type.zone)
  return { sql, type, at }
}

/** The type in which two values are compared; timestamps with a zone compare by the instant, whatever the zones. */
export function comparableType(left: Type, right: Type): Type | undefined {
  return commonType(inUtc(left), inUtc(right))
}

function inUtc(type: Type): Type {
  return type.kind === 'timestamp with time zone' ? { ...type, zone: 'UTC' } : type
}

export function comparison(operator: ComparisonOperator, left: Bound, right: Bound, at: Place): Bound {
  const [a, b] = comparable(left, right, `compared by ${operator}`, at)
  return { sql: comparisonSql(operator, a, b), type: boolean, at }
}

/** Both sides in the type in which they are compared. */
export function comparable(left: Bound, right: Bound, how: string, at: Place): readonly [Bound, Bound] {
  const type = comparableType(left.type, right.type)
  if (!type || type.kind === 'json' || type.kind === 'map') {
    throw refuse('sql-type', `${typeName(left.type)} and ${typeName(right.type)} cannot be ${how}.`, at, {
      action: 'CAST one of them',
    })
  }
  return [converted(left, type), converted(right, type)]
}

/** In Trino NaN equals nothing and is neither less nor greater; in DuckDB it equals itself and is the greatest. */
function comparisonSql(operator: ComparisonOperator, a: Bound, b: Bound): string {
  const sql = `${a.sql} ${operator} ${b.sql}`
  const greater = operator === '<' || operator === '<=' ? b : a
  if (!isFloating(a.type) || greater.number !== undefined) return `(${sql})`
  if (operator === '<>') return `(${sql} OR isnan(${a.sql}))`
  return `(${sql} AND NOT isnan(${greater.sql}))`
}
