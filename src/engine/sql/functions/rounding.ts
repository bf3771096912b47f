import { type Bound, coerce } from '../bind/bound.js'
import { arithmetic } from '../bind/operators.js'
import type { Scope } from '../bind/scope.js'
import { refuse } from '../fail.js'
import type { Call } from '../syntax.js'
import { bigint, duckdbType, isInteger, isNumeric, type Type, typeName } from '../types.js'
import { argumentsOf } from './arguments.js'
import type { Special } from './form.js'

/** Functions whose result has a precision that follows from the argument's. */
export const roundings: Readonly<Record<string, Special>> = {
  round: { usage: '(N[, bigint]) -> N', bind: (call, scope) => round(call, scope) },
  truncate: { usage: '(N[, bigint]) -> N', bind: (call, scope) => truncate(call, scope) },
  ceil: { usage: '(N) -> N', bind: (call, scope) => whole(call, scope, 'ceil') },
  ceiling: { usage: '(N) -> N', bind: (call, scope) => whole(call, scope, 'ceil') },
  floor: { usage: '(N) -> N', bind: (call, scope) => whole(call, scope, 'floor') },
  mod: {
    usage: '(N, N) -> N',
    bind(call, scope) {
      const [a, b] = argumentsOf(call, scope, 2)
      if (!a || !b) throw refuse('sql-function', 'mod takes 2 arguments.', call.at)
      return arithmetic('%', a, b, call.at)
    },
  },
}

function numeric(call: Call, scope: Scope, most: number): [Bound, Bound | undefined] {
  const [value, places] = argumentsOf(call, scope, 1, most)
  if (value && isNumeric(value.type)) return [value, places]
  throw refuse('sql-type', `${call.name} takes a number, not ${value ? typeName(value.type) : 'nothing'}.`, call.at)
}

function round(call: Call, scope: Scope): Bound {
  const [value, places] = numeric(call, scope, 2)
  const { sql, type } = value
  const digits = places && `CAST(${coerce(places, bigint).sql} AS INTEGER)`
  const result = (sql: string, type: Type): Bound => ({ sql, type, at: call.at })
  if (isInteger(type))
    return digits ? result(`CAST(round(${sql}, ${digits}) AS ${duckdbType(type)})`, type) : { ...value, at: call.at }
  if (type.kind === 'real') {
    const wide = `CAST(${sql} AS DOUBLE)`
    return result(`CAST(${digits ? `round(${wide}, ${digits})` : `round(${wide})`} AS FLOAT)`, type)
  }
  if (type.kind !== 'decimal') return result(digits ? `round(${sql}, ${digits})` : `round(${sql})`, type)
  const { precision, scale } = type
  if (!digits) {
    const rounded: Type = { kind: 'decimal', precision: Math.min(38, precision - scale + Math.min(scale, 1)), scale: 0 }
    return result(`CAST(${sql} AS ${duckdbType(rounded)})`, rounded)
  }
  const kept = Number(places.number)
  if (!Number.isInteger(kept) || kept < 0)
    throw refuse('sql-refused', 'Weir rounds decimals only to places written as a number from 0.', call.at)
  const rounded: Type = { kind: 'decimal', precision: Math.min(38, precision + 1), scale }
  const shorter = `DECIMAL(${Math.min(38, precision + 1)}, ${Math.min(scale, kept)})`
  return result(`CAST(CAST(${sql} AS ${shorter}) AS ${duckdbType(rounded)})`, rounded)
}

function truncate(call: Call, scope: Scope): Bound {
  const [{ sql, type }, places] = numeric(call, scope, 2)
  const result = (sql: string, type: Type): Bound => ({ sql, type, at: call.at })
  if (!places && (type.kind === 'double' || type.kind === 'real')) return result(`trunc(${sql})`, type)
  if (type.kind !== 'decimal')
    throw refuse('sql-function', `truncate(${typeName(type)}) is not a form of truncate that Weir knows.`, call.at)
  const { precision, scale } = type
  const kept = places ? Number(places.number) : 0
  if (!Number.isInteger(kept) || kept < 0)
    throw refuse('sql-refused', 'Weir truncates decimals only to places written as a number from 0.', call.at)
  const text = `athena.decimal_truncated(${sql}, ${scale}, ${Math.min(scale, kept)})`
  if (places) return result(`CAST(${text} AS ${duckdbType(type)})`, type)
  const cut: Type = { kind: 'decimal', precision: Math.max(1, precision - scale), scale: 0 }
  return result(`CAST(${text} AS ${duckdbType(cut)})`, cut)
}

function whole(call: Call, scope: Scope, name: 'ceil' | 'floor'): Bound {
  const [value] = numeric(call, scope, 1)
  const { sql, type } = value
  if (isInteger(type)) return { ...value, at: call.at }
  if (type.kind !== 'decimal') return { sql: `${name}(${sql})`, type, at: call.at }
  const { precision, scale } = type
  const rounded: Type = { kind: 'decimal', precision: Math.min(38, precision - scale + Math.min(scale, 1)), scale: 0 }
  return { sql: `CAST(${name}(${sql}) AS ${duckdbType(rounded)})`, type: rounded, at: call.at }
}
