import type { Call, Expression, Query } from './syntax.js'

/** The calls in an expression, without those in queries inside it. */
export function callsIn(expression: Expression): Call[] {
  return nodesIn(expression).filter(node => node.kind === 'call')
}

/** The names of the functions that a query calls anywhere, as often as it does. */
export function callsOf(query: Query): string[] {
  const found: Expression[] = []
  visit(query, found, true)
  return found.flatMap(node => (node.kind === 'call' ? [node.name] : node.kind === 'extract' ? [node.field] : []))
}

/** The names of the columns in an expression, in lower case, without those in queries inside it. */
export function columnsIn(expression: Expression): string[] {
  return nodesIn(expression).flatMap(node => {
    if (node.kind === 'field') return [node.name.text.toLowerCase()]
    return node.kind === 'column' ? [node.name.text.toLowerCase()] : []
  })
}

export function holdsNull(expression: Expression): boolean {
  return nodesIn(expression).some(node => node.kind === 'null')
}

/** An expression and all that it is made of, from the outside in. */
function nodesIn(expression: Expression): Expression[] {
  const found: Expression[] = []
  visit(expression, found)
  return found
}

function visit(node: unknown, found: Expression[], intoQueries = false): void {
  if (typeof node !== 'object' || node === null) return
  if (isExpression(node)) found.push(node)
  for (const [key, value] of Object.entries(node)) if (intoQueries || key !== 'query') visit(value, found, intoQueries)
}

/** Of what hangs on an expression, only expressions have both a kind and a place; frames have the one, names the other. */
function isExpression(node: object): node is Expression {
  return 'kind' in node && 'at' in node
}
