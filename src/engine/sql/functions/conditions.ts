import { type Bound, coerce, converted, quoted } from '../bind/bound.js'
import { unified } from '../bind/unified.js'
import { comparison } from '../bind/operators.js'
import type { Scope } from '../bind/scope.js'
import { argumentsOf } from './arguments.js'
import { refuse } from '../fail.js'
import type { Call } from '../syntax.js'
import { boolean, typeName, varchar } from '../types.js'
import type { Special } from './form.js'

/** Functions that choose between values, and `typeof`. */
export const conditions: Readonly<Record<string, Special>> = {
  coalesce: {
    usage: '(T, T...) -> T',
    bind(call, scope) {
      const { items, type } = unified(argumentsOf(call, scope, 2, Infinity), 'coalesce', call.at)
      return { sql: `coalesce(${items.map(({ sql }) => sql).join(', ')})`, type, at: call.at }
    },
  },
  nullif: {
    usage: '(T, U) -> T',
    bind(call, scope) {
      const [a, b] = argumentsOf(call, scope, 2)
      if (!a || !b) throw refuse('sql-function', 'nullif takes 2 arguments.', call.at)
      return { sql: `CASE WHEN ${comparison('=', a, b, call.at).sql} THEN NULL ELSE ${a.sql} END`, type: a.type, at: call.at }
    },
  },
  if: {
    usage: '(boolean, T[, T]) -> T',
    bind(call, scope) {
      const [when, ...results] = argumentsOf(call, scope, 2, 3)
      const { items, type } = unified(results, 'if', call.at)
      const [then, otherwise] = items
      const condition = when ? coerce(when, boolean).sql : ''
      return { sql: `CASE WHEN ${condition} THEN ${then?.sql ?? 'NULL'} ELSE ${otherwise?.sql ?? 'NULL'} END`, type, at: call.at }
    },
  },
  try: {
    usage: '(T) -> T',
    bind(call, scope) {
      const [only] = argumentsOf(call, scope, 1)
      if (!only) throw refuse('sql-function', 'try takes 1 argument.', call.at)
      return { sql: `TRY(${only.sql})`, type: only.type, at: call.at }
    },
  },
  greatest: { usage: '(T, T...) -> T', bind: (call, scope) => extreme(call, scope) },
  least: { usage: '(T, T...) -> T', bind: (call, scope) => extreme(call, scope) },
  typeof: {
    usage: '(T) -> varchar',
    bind(call, scope) {
      const [only] = argumentsOf(call, scope, 1)
      const name = quoted(typeName(only?.type ?? { kind: 'unknown' }).replaceAll(/(decimal\(\d+), /g, '$1,'))
      // The argument stays, as it may be what makes the query one of groups.
      return { sql: `CASE WHEN ${only?.sql ?? 'NULL'} IS NULL THEN ${name} ELSE ${name} END`, type: varchar, at: call.at }
    },
  },
}

/** In Trino one NULL makes the result NULL; DuckDB leaves NULLs out. */
function extreme(call: Call, scope: Scope): Bound {
  const { items, type } = unified(argumentsOf(call, scope, 1, Infinity), call.name, call.at)
  const values = items.map(({ sql }) => sql)
  if (type.kind === 'unknown') return { sql: 'NULL', type, at: call.at }
  const known = items.filter(({ number, text }) => number === undefined && text === undefined)
  const chosen = `${call.name}(${values.join(', ')})`
  if (known.length === 0) return { sql: chosen, type, at: call.at }
  const nulls = known.map(({ sql }) => `${sql} IS NULL`).join(' OR ')
  return converted({ sql: `CASE WHEN ${nulls} THEN NULL ELSE ${chosen} END`, type, at: call.at }, type)
}
