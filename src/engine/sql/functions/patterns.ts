import { type Bound, coerce, quoted } from '../bind/bound.js'
import type { Scope } from '../bind/scope.js'
import { refuse } from '../fail.js'
import type { Call } from '../syntax.js'
import { bigint, type Type, varchar } from '../types.js'
import { argumentsOf } from './arguments.js'
import type { Special } from './form.js'

/** What Java's regular expressions have and DuckDB's lack. */
const beyond = /\(\?(?:=|!|<=|<!|>)|\\[1-9]|\\k<|[*+?}]\+/

/** Functions of regular expressions whose pattern or replacement is looked at before the query runs. */
export const patterns: Readonly<Record<string, Special>> = {
  regexp_like: {
    usage: '(varchar, pattern) -> boolean',
    bind(call, scope) {
      const [text, pattern] = argumentsOf(call, scope, 2)
      return { sql: `regexp_matches(${textOf(text, call)}, ${patternOf(pattern, call)})`, type: { kind: 'boolean' }, at: call.at }
    },
  },
  regexp_extract: {
    usage: '(varchar, pattern[, group]) -> varchar',
    bind(call, scope) {
      const [text, pattern, group] = argumentsOf(call, scope, 2, 3)
      const [subject, expression] = [textOf(text, call), patternOf(pattern, call)]
      const place = group && groupOf(group, pattern, call)
      const found = `regexp_extract(${subject}, ${expression}${place ? `, ${place}` : ''})`
      const value = place && !mayBeEmpty(pattern, place, call) ? `nullif(${found}, '')` : found
      return {
        sql: `CASE WHEN regexp_matches(${subject}, ${expression}) THEN ${value} END`,
        type: text?.type ?? varchar,
        at: call.at,
      }
    },
  },
  regexp_extract_all: {
    usage: '(varchar, pattern[, group]) -> array(varchar)',
    bind(call, scope) {
      const [text, pattern, group] = argumentsOf(call, scope, 2, 3)
      const place = group && groupOf(group, pattern, call)
      if (place) mayBeEmpty(pattern, place, call)
      const sql = `regexp_extract_all(${textOf(text, call)}, ${patternOf(pattern, call)}${place ? `, ${place}` : ''})`
      return { sql, type: { kind: 'array', element: text?.type ?? varchar }, at: call.at }
    },
  },
  regexp_count: {
    usage: '(varchar, pattern) -> bigint',
    bind(call, scope) {
      const [text, pattern] = argumentsOf(call, scope, 2)
      return { sql: `len(regexp_extract_all(${textOf(text, call)}, ${patternOf(pattern, call)}))`, type: bigint, at: call.at }
    },
  },
  regexp_position: {
    usage: '(varchar, pattern[, bigint]) -> integer',
    bind(call, scope) {
      const [text, pattern, start] = argumentsOf(call, scope, 2, 3)
      const from = start ? coerce(start, bigint).sql : '1'
      const sql = `athena.regexp_position(${textOf(text, call)}, ${patternOf(pattern, call)}, ${from})`
      return { sql, type: { kind: 'integer' }, at: call.at }
    },
  },
  regexp_split: {
    usage: '(varchar, pattern) -> array(varchar)',
    bind(call, scope) {
      const [text, pattern] = argumentsOf(call, scope, 2)
      const sql = `regexp_split_to_array(${textOf(text, call)}, ${patternOf(pattern, call)})`
      return { sql, type: { kind: 'array', element: text?.type ?? varchar }, at: call.at }
    },
  },
  regexp_replace: { usage: '(varchar, pattern[, replacement]) -> varchar', bind: (call, scope) => replace(call, scope) },
}

function textOf(bound: Bound | undefined, call: Call): string {
  if (!bound) throw refuse('sql-function', `${call.name} lacks an argument.`, call.at)
  return coerce(bound, bound.type.kind === 'varchar' ? bound.type : varchar).sql
}

function patternOf(bound: Bound | undefined, call: Call): string {
  const sql = textOf(bound, call)
  const text = bound?.text
  if (text === undefined) return sql
  const lacking = beyond.exec(text)
  if (lacking) {
    throw refuse('sql-function', `${lacking[0]} in a regular expression is not among the forms that Weir knows.`, bound?.at, {
      expected: 'a pattern without look-around, back references and possessive quantifiers',
    })
  }
  return quoted(text.replaceAll(/\(\?<([A-Za-z]\w*)>/g, '(?P<$1>'))
}

/** The groups of a pattern in order, with the name of each that has one and the text inside it. */
function groupsOf(pattern: string): { name: string | undefined; inside: string; optional: boolean }[] {
  const groups: { name: string | undefined; start: number; inside: string; optional: boolean }[] = []
  const open: ({ readonly group: number } | undefined)[] = []
  let inClass = false
  for (let i = 0; i < pattern.length; i++) {
    const letter = pattern[i]
    if (letter === '\\') i++
    else if (letter === '[') inClass = true
    else if (letter === ']') inClass = false
    else if (inClass) continue
    else if (letter === '(') {
      const name = /^\(\?P?<([A-Za-z]\w*)>/.exec(pattern.slice(i))
      if (pattern[i + 1] === '?' && !name) open.push(undefined)
      else {
        open.push({ group: groups.length })
        groups.push({ name: name?.[1], start: i + (name?.[0].length ?? 1), inside: '', optional: false })
      }
    } else if (letter === ')') {
      const closed = open.pop()
      const group = closed && groups[closed.group]
      if (group) {
        group.inside = pattern.slice(group.start, i)
        group.optional = ['?', '*', '{'].includes(pattern[i + 1] ?? '')
      }
    }
  }
  return groups
}

function groupOf(group: Bound, pattern: Bound | undefined, call: Call): number {
  const place = Number(group.number)
  if (!Number.isInteger(place) || pattern?.text === undefined) {
    throw refuse(
      'sql-refused',
      `Weir knows ${call.name} with a group only when pattern and group are written in the statement.`,
      group.at,
    )
  }
  const count = groupsOf(pattern.text).length
  if (place < 0 || place > count) throw refuse('sql-function', `The pattern has ${count} groups, not ${place}.`, group.at)
  return place
}

/**
 * Whether a group may match nothing at all. DuckDB says '' also of a group that took no part, where Trino says NULL: what
 * can be both is refused.
 */
function mayBeEmpty(pattern: Bound | undefined, place: number, call: Call): boolean {
  const group = groupsOf(pattern?.text ?? '')[place - 1]
  if (!group) return false
  const empty = canBeEmpty(group.inside)
  const apart =
    group.optional ||
    (pattern?.text ?? '').includes('|') ||
    groupsOf(pattern?.text ?? '').some(other => other.optional && other !== group)
  if (apart && (empty || call.name === 'regexp_extract_all')) {
    throw refuse('sql-refused', `Weir cannot tell whether group ${place} of the pattern took part.`, pattern?.at)
  }
  return empty
}

function canBeEmpty(inside: string): boolean {
  try {
    return new RegExp(`^(?:${inside})$`).test('')
  } catch {
    return true
  }
}

/** Trino writes groups as $1 and ${name} and takes a backslash for the letter after it. */
function replace(call: Call, scope: Scope): Bound {
  if (call.arguments.some(({ kind }) => kind === 'lambda'))
    throw refuse('sql-function', 'regexp_replace with a lambda is not among the forms that Weir knows.', call.at)
  const [text, pattern, replacement] = argumentsOf(call, scope, 2, 3)
  const written = replacement === undefined ? '' : replacement.text
  if (written === undefined)
    throw refuse('sql-refused', 'Weir knows the replacement of regexp_replace only as text in the statement.', replacement?.at)
  const converted = written.replace(/\\(.)|\$\{(\w+)\}|\$(\d+)|(\\|\$)/gs, (_, plain?: string, name?: string, place?: string) => {
    if (plain !== undefined) return plain === '\\' ? '\\\\' : plain
    const groups = groupsOf(pattern?.text ?? '')
    const index = name === undefined ? Number(place) : groups.findIndex(group => group.name === name) + 1
    if (
      (name === undefined && place === undefined) ||
      pattern?.text === undefined ||
      (name !== undefined && index === 0) ||
      index > groups.length ||
      index > 9
    ) {
      throw refuse('sql-function', `The replacement ${written} names no group of the pattern.`, replacement?.at)
    }
    return `\\${index}`
  })
  const sql = `regexp_replace(${textOf(text, call)}, ${patternOf(pattern, call)}, ${quoted(converted)}, 'g')`
  return { sql, type: replacedType(text?.type, replacement?.type), at: call.at }
}

/** The longest text that Trino expects of a replacement. */
function replacedType(text: Type | undefined, replacement: Type | undefined): Type {
  if (text?.kind !== 'varchar' || text.length === undefined) return varchar
  if (replacement === undefined) return text
  if (replacement.kind !== 'varchar' || replacement.length === undefined) return varchar
  const { length } = text
  const longest = length + Math.max(Math.floor((length * replacement.length) / 2), replacement.length) * (length + 1)
  return { kind: 'varchar', length: Math.min(2147483647, longest) }
}
