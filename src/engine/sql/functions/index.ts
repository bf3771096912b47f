import type { Bound } from '../bind/bound.js'
import type { Scope } from '../bind/scope.js'
import { isAddressFunction } from '../athena-addresses.js'
import { nearest, refuse } from '../fail.js'
import type { Call } from '../syntax.js'
import { addresses, literalAddresses } from './addresses.js'
import { aggregates, windows } from './aggregates.js'
import { bindForms } from './call.js'
import { collections } from './collections.js'
import { conditions } from './conditions.js'
import type { Form, Forms, Special } from './form.js'
import { formattings } from './formatting.js'
import { moments } from './moments.js'
import { patterns } from './patterns.js'
import { roundings } from './rounding.js'
import { numbers, texts } from './scalars.js'
import { times } from './times.js'

/** Other names of functions. */
const synonyms: Readonly<Record<string, string>> = { substring: 'substr' }

const scalars = joined([texts, numbers, collections, times, addresses])
const specials: ReadonlyMap<string, Special> = new Map(
  Object.entries({ ...conditions, ...moments, ...roundings, ...patterns, ...formattings, ...literalAddresses }),
)
const aggregated = joined([aggregates])
const windowed = joined([windows])

function joined(tables: readonly Forms[]): ReadonlyMap<string, readonly Form[]> {
  const all = new Map<string, readonly Form[]>()
  for (const table of tables)
    for (const [name, forms] of Object.entries(table)) all.set(name, [...(all.get(name) ?? []), ...forms])
  return all
}

/** Every function that Weir knows, by name, with its forms as signatures. */
export function functionForms(): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, string[]>()
  for (const table of [scalars, aggregated, windowed]) {
    for (const [name, forms] of table) all.set(name, [...(all.get(name) ?? []), ...forms.map(([signature]) => signature)])
  }
  for (const [name, { usage }] of specials) all.set(name, [...(all.get(name) ?? []), usage])
  for (const [name, other] of Object.entries(synonyms)) all.set(name, all.get(other) ?? [])
  return new Map([...all].sort(([a], [b]) => a.localeCompare(b)))
}

/** Binds a call of a listed function; any other name is refused. */
export function bindCall(call: Call, scope: Scope): Bound {
  const name = synonyms[call.name] ?? call.name
  const aggregate = aggregated.get(name)
  if (aggregate) {
    if (call.star && name !== 'count') throw refuse('sql-function', `${name}(*) is not a form of ${name}.`, call.at)
    return bindForms(call, aggregate, scope, true)
  }
  const window = windowed.get(name)
  if (window) {
    if (!call.over) throw refuse('sql-function', `${name} needs OVER.`, call.at)
    return bindForms(call, window, scope, true)
  }
  if (isAddressFunction(name)) scope.statement.edit({ kind: 'address', at: call.at, name })
  const [special, scalar] = [specials.get(name), scalars.get(name)]
  if (!special && !scalar) throw unknownFunction(call)
  if (call.star || call.distinct || call.orderBy.length > 0 || call.filter || call.over || call.nulls) {
    throw refuse('sql-function', `${name} is not an aggregate: it takes no *, DISTINCT, ORDER BY, FILTER or OVER.`, call.at)
  }
  return special ? special.bind(call, scope) : bindForms({ ...call, name }, scalar ?? [], scope, false)
}

function unknownFunction(call: Call) {
  const near = nearest(call.name, functionForms().keys())
  return refuse('sql-function', `The function ${call.name} is not among those that Weir knows.`, call.at, {
    ...(near.length > 0 ? { expected: near.join(', ') } : {}),
    action: 'docs/sql.md lists the functions',
  })
}

export function isAggregate(name: string): boolean {
  return aggregated.has(name)
}
