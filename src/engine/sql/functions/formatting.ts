import { type Bound, coerce, quoted } from '../bind/bound.js'
import { textSql } from '../bind/cast.js'
import { arithmetic } from '../bind/operators.js'
import type { Scope } from '../bind/scope.js'
import { refuse } from '../fail.js'
import type { Call } from '../syntax.js'
import { isFloating, isInteger, isNumeric, type Type, typeName, varchar } from '../types.js'
import { argumentsOf } from './arguments.js'
import type { Special } from './form.js'

/** `concat`, and `format` with a format that is read before the query runs. */
export const formattings: Readonly<Record<string, Special>> = {
  concat: {
    usage: '(varchar...) -> varchar, (array(T)...) -> array(T)',
    bind(call, scope) {
      const [first, ...rest] = argumentsOf(call, scope, 1, Infinity)
      if (!first) throw refuse('sql-function', 'concat takes 1 or more arguments.', call.at)
      return rest.reduce((left, right) => arithmetic('||', left, right, call.at), first)
    },
  },
  format: {
    usage: "('format', T...) -> varchar",
    bind(call, scope) {
      const [format, ...values] = argumentsOf(call, scope, 1, Infinity)
      if (format?.text === undefined)
        throw refuse('sql-refused', 'Weir knows format only with its format as text in the statement.', call.at)
      return { sql: formatted(format.text, values, call), type: varchar, at: call.at }
    },
  },
  replace: {
    usage: '(varchar, varchar[, varchar]) -> varchar',
    bind(call, scope) {
      const [text, search, replacement] = argumentsOf(call, scope, 2, 3)
      const values = [text, search, replacement]
        .flatMap(bound => bound ?? [])
        .map(bound => coerce(bound, bound.type.kind === 'varchar' ? bound.type : varchar))
      const sql = `athena.replace(${values.map(({ sql }) => sql).join(', ')}${replacement ? '' : ", ''"})`
      return { sql, type: replacedType(text?.type, replacement?.type), at: call.at }
    },
  },
  split: { usage: '(varchar, varchar[, bigint]) -> array(varchar)', bind: (call, scope) => split(call, scope) },
}

/** The longest text that can come of it. */
function replacedType(text: Type | undefined, replacement: Type | undefined): Type {
  if (text?.kind !== 'varchar' || text.length === undefined) return varchar
  if (replacement === undefined) return text
  if (replacement.kind !== 'varchar' || replacement.length === undefined) return varchar
  return { kind: 'varchar', length: Math.min(2147483647, text.length + replacement.length * (text.length + 1)) }
}

/** Java's format specifiers, of those that Trino passes on. */
const specifier = /%(?:(\d+)\$)?([-0,+]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g

function formatted(format: string, values: readonly Bound[], call: Call): string {
  const pieces: string[] = []
  let end = 0
  let next = 0
  for (const match of format.matchAll(specifier)) {
    const [written, place, flags = '', width, precision, conversion = ''] = match
    if (match.index > end) pieces.push(quoted(format.slice(end, match.index)))
    end = match.index + written.length
    if (conversion === '%') {
      pieces.push("'%'")
      continue
    }
    const value = values[place === undefined ? next++ : Number(place) - 1]
    if (!value) throw refuse('sql-function', `The format has no value for ${written}.`, call.at)
    pieces.push(padded(converted(value, conversion, flags, width, precision, written), flags, width, conversion))
  }
  const rest = format.slice(end)
  if (rest.includes('%'))
    throw refuse('sql-function', `${rest.slice(rest.indexOf('%'), rest.indexOf('%') + 2)} in a format is not known.`, call.at)
  if (rest !== '' || pieces.length === 0) pieces.push(quoted(rest))
  return `(${pieces.join(' || ')})`
}

function converted(
  { sql, type, at }: Bound,
  conversion: string,
  flags: string,
  width: string | undefined,
  precision: string | undefined,
  written: string,
): string {
  const unknown = () => refuse('sql-function', `${written} of ${typeName(type)} is not among the formats that Weir knows.`, at)
  const present = (text: string) => `coalesce(${text}, 'null')`
  switch (conversion) {
    case 's':
    case 'S': {
      if (precision !== undefined || /[0,+]/.test(flags)) throw unknown()
      const text = isFloating(type) ? `athena.java_text(CAST(${sql} AS DOUBLE))` : textSql({ sql, type, at })
      if (text === undefined || type.kind === 'real') throw unknown()
      return present(conversion === 'S' ? `replace(upper(${text}), 'ẞ', 'SS')` : text)
    }
    case 'd': {
      if (precision !== undefined || !isInteger(type)) throw unknown()
      const zeros = flags.includes('0') && width !== undefined ? `0${width}` : ''
      if (zeros && flags.includes(',')) throw unknown()
      const grouped = flags.includes(',')
        ? `format('{:,}', CAST(${sql} AS BIGINT))`
        : `printf('%${flags.includes('+') ? '+' : ''}${zeros}d', CAST(${sql} AS BIGINT))`
      return present(
        flags.includes(',') && flags.includes('+') ? `(CASE WHEN ${sql} >= 0 THEN '+' ELSE '' END || ${grouped})` : grouped,
      )
    }
    case 'x':
    case 'X':
      if (precision !== undefined || !isInteger(type) || /[,+]/.test(flags) || flags.includes('0')) throw unknown()
      return present(`printf('%${conversion}', athena.unsigned_64(CAST(${sql} AS BIGINT)))`)
    case 'f': {
      if (!isNumeric(type) || isInteger(type) || /[0+]/.test(flags)) throw unknown()
      const places = Number(precision ?? 6)
      const plain = isFloating(type) ? `athena.double_decimal(CAST(${sql} AS DOUBLE))` : sql
      const fixed = `athena.fixed(CAST(CAST(${plain} AS DECIMAL(38, ${places})) AS VARCHAR), starts_with(CAST(${sql} AS VARCHAR), '-'))`
      return present(flags.includes(',') ? `athena.grouped(${fixed})` : fixed)
    }
    case 'e':
      if (!isFloating(type) || /[0,+]/.test(flags)) throw unknown()
      return present(`printf('%.${precision ?? 6}e', CAST(${sql} AS DOUBLE))`)
    default:
      throw unknown()
  }
}

function padded(text: string, flags: string, width: string | undefined, conversion: string): string {
  if (width === undefined || (flags.includes('0') && conversion === 'd')) return text
  return `${flags.includes('-') ? 'rpad' : 'lpad'}(${text}, CAST(greatest(length(${text}), ${width}) AS INTEGER), ' ')`
}

function split(call: Call, scope: Scope): Bound {
  const [text, delimiter, limit] = argumentsOf(call, scope, 2, 3)
  if (text?.type.kind !== 'varchar' || delimiter?.type.kind !== 'varchar')
    throw refuse('sql-type', 'split takes varchar.', call.at)
  if (!delimiter.text)
    throw refuse('sql-refused', 'Weir splits only at a delimiter that is written as text and is not empty.', delimiter.at)
  const type = { kind: 'array', element: text.type } as const
  if (!limit) return { sql: `string_split(${text.sql}, ${delimiter.sql})`, type, at: call.at }
  if (!(Number(limit.number) > 0)) throw refuse('sql-refused', 'Weir knows the limit of split only as a number from 1.', limit.at)
  return { sql: `athena.split_limit(${text.sql}, ${delimiter.sql}, ${limit.sql})`, type, at: call.at }
}
