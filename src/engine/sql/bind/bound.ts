import { type Place, refuse } from '../fail.js'
import { coercible, duckdbType, isNumeric, type Type, typeName } from '../types.js'

/** An expression in DuckDB's SQL, safe to stand anywhere without parentheses of its own, with the type that Trino gives it. */
export interface Bound {
  readonly sql: string
  readonly type: Type
  readonly at: Place
  /** The value of a text literal, for functions that must know it beforehand: units, formats, zones. */
  readonly text?: string
  /** The digits of a number literal, with its sign. */
  readonly number?: string
  /** Of an interval: whether it is made of whole days, so that it may be added to a date. */
  readonly wholeDays?: boolean
}

/** A quoted text of DuckDB's SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** A quoted name of DuckDB's SQL. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** Turns a value into a type that Trino would turn it into by itself. */
export function coerce(bound: Bound, type: Type): Bound {
  if (!coercible(bound.type, type)) {
    throw refuse('sql-type', `Here belongs ${typeName(type)}, not ${typeName(bound.type)}.`, bound.at, {
      action: `write CAST(… AS ${typeName(type)})`,
    })
  }
  return converted(bound, type)
}

/** The value in another type; only the representation is looked at. */
export function converted(bound: Bound, type: Type): Bound {
  const target = duckdbType(type)
  if (bound.number !== undefined && isNumeric(type)) return { ...bound, type, sql: numberSql(bound.number, target) }
  if (target === duckdbType(bound.type)) return { ...bound, type }
  return { sql: `CAST(${bound.sql} AS ${target})`, type, at: bound.at }
}

/** A number literal in a type. DuckDB would read a bare 1.5 as it likes. */
export function numberSql(digits: string, target: string): string {
  return `CAST(${digits} AS ${target})`
}

/**
 * An expression of a type that fails with a message when it is evaluated. It is a cast that cannot succeed, and not
 * `error()`, which DuckDB holds for volatile and does not take inside TRY.
 */
export function failing(message: string, type: Type): string {
  const target = duckdbType(type)
  if (!['VARCHAR', 'BLOB', 'JSON', '"NULL"'].includes(target)) return `CAST(${quoted(message)} AS ${target})`
  return `CAST(CAST(${quoted(message)} AS TINYINT) AS VARCHAR)`
}
