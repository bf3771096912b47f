import type { Bound } from '../bind/bound.js'
import type { Scope } from '../bind/scope.js'
import { refuse } from '../fail.js'
import type { Call } from '../syntax.js'

/** The arguments of a call, of which there must be as many as said. */
export function argumentsOf(call: Call, scope: Scope, least: number, most = least): Bound[] {
  if (call.arguments.length >= least && call.arguments.length <= most) return call.arguments.map(node => scope.expression(node))
  const wanted = least === most ? String(least) : most === Infinity ? `${least} or more` : `${least} to ${most}`
  throw refuse('sql-function', `${call.name} takes ${wanted} arguments, not ${call.arguments.length}.`, call.at)
}
