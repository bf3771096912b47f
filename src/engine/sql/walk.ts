import type { Call, Expression } from './syntax.js'

/** The calls in an expression, without those in queries inside it. */
export function calls(expression: Expression): Call[] {
  const found: Call[] = []
  visit(expression, found)
  return found
}

function visit(node: unknown, found: Call[]): void {
  if (typeof node !== 'object' || node === null) return
  if (isCall(node)) found.push(node)
  for (const [key, value] of Object.entries(node)) if (key !== 'query') visit(value, found)
}

function isCall(node: object): node is Call {
  return 'kind' in node && node.kind === 'call'
}
