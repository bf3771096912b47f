import { type Bound, coerce, converted, identifier } from '../bind/bound.js'
import type { Scope, ScopeColumn } from '../bind/scope.js'
import { orderSql, windowSql } from '../bind/window.js'
import { clockOf } from '../bind/zones.js'
import { refuse } from '../fail.js'
import type { Call, Expression } from '../syntax.js'
import { boolean, duckdbType, type Type, typeName } from '../types.js'
import type { Form } from './form.js'
import { type Bindings, distance, type Pattern, settled, signature, type Signature } from './signature.js'

type Argument =
  | { readonly kind: 'value'; readonly bound: Bound }
  | { readonly kind: 'lambda'; readonly node: Extract<Expression, { kind: 'lambda' }> }

interface Match {
  readonly form: Form
  readonly signature: Signature
  readonly bindings: Bindings
  readonly distance: number
}

/** Binds a call to the form of the function that its arguments are nearest to. */
export function bindForms(call: Call, forms: readonly Form[], scope: Scope, dressed: boolean): Bound {
  const given: Argument[] = call.arguments.map(node =>
    node.kind === 'lambda' ? { kind: 'lambda', node } : { kind: 'value', bound: scope.expression(node) },
  )
  const matches = forms.flatMap(form => match(form, given) ?? []).sort((a, b) => a.distance - b.distance)
  const [best] = matches
  if (!best) throw wrongArguments(call, given, forms)
  const values = given.map((argument, i) => {
    const pattern = parameter(best.signature, i)
    return argument.kind === 'lambda'
      ? lambda(argument.node, pattern, best.bindings, scope, call.name)
      : pass(argument.bound, pattern, best.bindings)
  })
  const type = settled(best.signature.result, best.bindings, resultGiven(best.signature, values))
  const template = typed(best.form[1], type)
  const sql = dressed ? dress(template, values, call, scope) : fill(template, values)
  return { sql, type, at: call.at }
}

/** A wide result such as `timestamp` is the type of the first argument of that kind. */
function resultGiven({ result, parameters }: Signature, values: readonly Bound[]): Type | undefined {
  if (result.kind !== 'wide' || result.length !== undefined || result.name === 'varchar') return undefined
  const at = parameters.findIndex(parameter => parameter.kind === 'wide' && parameter.name === result.name)
  return values[at]?.type
}

function match(form: Form, given: readonly Argument[]): Match | undefined {
  const wanted = signature(form[0])
  const { parameters, variadic } = wanted
  if (variadic ? given.length < parameters.length : given.length !== parameters.length) return undefined
  const bindings: Bindings = { types: new Map(), lengths: new Map() }
  let total = 0
  for (const [i, argument] of given.entries()) {
    const pattern = parameter(wanted, i)
    if (argument.kind === 'lambda') {
      if (pattern.kind !== 'lambda' || pattern.parameters.length !== argument.node.parameters.length) return undefined
      continue
    }
    const far = distance(pattern, argument.bound.type, bindings)
    if (far === undefined) return undefined
    total += far
  }
  return { form, signature: wanted, bindings, distance: total }
}

function parameter({ parameters }: Signature, index: number): Pattern {
  return parameters[Math.min(index, parameters.length - 1)] ?? { kind: 'exact', type: { kind: 'unknown' } }
}

function pass(bound: Bound, pattern: Pattern, bindings: Bindings): Bound {
  const type = settled(pattern, bindings, bound.type)
  if (pattern.kind === 'wide' && pattern.name === 'varchar')
    return bound.type.kind === 'unknown' ? converted(bound, { kind: 'varchar' }) : bound
  return coerce(bound, type)
}

/** A lambda in DuckDB's form; its parameters get names that nothing else has. */
function lambda(
  node: Extract<Expression, { kind: 'lambda' }>,
  pattern: Pattern,
  bindings: Bindings,
  scope: Scope,
  name: string,
): Bound {
  if (pattern.kind !== 'lambda') throw refuse('sql-type', `${name} takes no lambda here.`, node.at)
  const element = identifier(scope.statement.unique('element'))
  const parameters = node.parameters.map((written, i): ScopeColumn => {
    const type = settled(pattern.parameters[i] ?? { kind: 'exact', type: { kind: 'unknown' } }, bindings)
    const sql = pattern.packed ? `${element}[${i + 1}]` : identifier(scope.statement.unique(written.text.toLowerCase()))
    return { name: written.text, sql, type, hidden: false }
  })
  const body = scope.inside(parameters).expression(node.body)
  if (distance(pattern.result, body.type, bindings) === undefined) {
    throw refuse('sql-type', `The lambda of ${name} gives ${typeName(body.type)}.`, node.at)
  }
  const result = coerce(body, settled(pattern.result, bindings, body.type))
  return {
    ...result,
    sql: `lambda ${pattern.packed ? element : parameters.map(({ sql }) => sql).join(', ')}: ${result.sql}`,
    at: node.at,
  }
}

function fill(template: string, values: readonly Bound[]): string {
  return template.replace(/\$(\*|(clock)?(\d))/g, (_, all: string, clock: string | undefined, digit: string | undefined) => {
    if (all === '*') return values.map(({ sql }) => sql).join(', ')
    const value = values[Number(digit) - 1]
    return value ? (clock ? clockOf(value) : value.sql) : 'NULL'
  })
}

/** `$type` and `$scale` are those of the result. */
function typed(template: string, type: Type): string {
  return template.replace('$type', duckdbType(type)).replace('$scale', String(type.kind === 'decimal' ? type.scale : 0))
}

/** Puts DISTINCT, ORDER BY, IGNORE NULLS into the braces of an aggregate, and FILTER and OVER after them. */
function dress(template: string, values: readonly Bound[], call: Call, scope: Scope): string {
  if (call.filter && call.over) throw refuse('sql-refused', 'FILTER does not go with OVER.', call.at)
  const order =
    call.orderBy.length > 0 ? ` ORDER BY ${orderSql(call.orderBy, item => scope.expression(item.expression).sql)}` : ''
  const nulls = call.nulls === 'IGNORE' ? ' IGNORE NULLS' : ''
  const filter = call.filter ? ` FILTER (WHERE ${coerce(scope.expression(call.filter), boolean).sql})` : ''
  const over = call.over ? ` ${windowSql(call.over, scope)}` : ''
  const parts = template.split(/\{([^}]*)\}/)
  return parts
    .map((part, i) => {
      if (i % 2 === 0) return fill(part, values)
      const distinct = call.distinct && !part.startsWith('DISTINCT') ? 'DISTINCT ' : ''
      return `(${distinct}${fill(part, values)}${order}${nulls})${filter}${over}`
    })
    .join('')
}

function wrongArguments(call: Call, given: readonly Argument[], forms: readonly Form[]) {
  const types = given.map(argument => (argument.kind === 'lambda' ? 'a lambda' : typeName(argument.bound.type)))
  return refuse('sql-function', `${call.name}(${types.join(', ')}) is not a form of ${call.name} that Weir knows.`, call.at, {
    expected: forms.map(([signature]) => `${call.name}${signature}`).join(', '),
  })
}
