import type { Bound } from '../bind/bound.js'
import type { Scope } from '../bind/scope.js'
import type { Call } from '../syntax.js'

/**
 * A form of a function: its signature, and what it is in DuckDB's SQL. `$1` is the first argument, `$*` all of them with
 * commas between, `$clock1` the time that the first shows in its zone. Aggregates and window functions mark the call that
 * DISTINCT, ORDER BY, FILTER and OVER belong to by braces: `CAST(sum{$1} AS BIGINT)`.
 */
export type Form = readonly [signature: string, sql: string]

/** A function whose result or SQL follows from more than the types of its arguments. */
export interface Special {
  /** What the manual says of its arguments. */
  readonly usage: string
  bind(call: Call, scope: Scope): Bound
}

export type Forms = Readonly<Record<string, readonly Form[]>>
