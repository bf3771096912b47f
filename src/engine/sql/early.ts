import type { Expression } from './syntax.js'
import type { Type } from './types.js'
import { columnsIn, holdsNull } from './walk.js'

/** A comparison of a column with something that is known before anything is read. */
interface Bound {
  readonly column: string
  readonly operator: '=' | '<>' | '<' | '<=' | '>' | '>=' | 'in' | 'null' | 'other'
  readonly value?: number | string
}

const ranges: Readonly<Record<string, number>> = { tinyint: 2 ** 7, smallint: 2 ** 15, integer: 2 ** 31, bigint: 2 ** 63 }

/**
 * Whether DuckDB might see, before it reads anything, that a condition never holds, and so read nothing. It errs on the side
 * of yes: two comparisons of one column may contradict each other unless they plainly span a range.
 */
export function mayBeNever(condition: Expression, typeOf: (column: string) => Type | undefined): boolean {
  if (holdsNull(condition)) return true
  const parts = conjuncts(condition)
  if (parts.some(part => columnsIn(part).length === 0)) return true
  if (parts.some(part => part.kind === 'logical' && part.items.some(branch => mayBeNever(branch, typeOf)))) return true
  const bounds = parts.flatMap(boundsOf)
  if (bounds.some(bound => outOfRange(bound, typeOf(bound.column)))) return true
  const columns = new Map<string, Bound[]>()
  for (const bound of bounds) columns.set(bound.column, [...(columns.get(bound.column) ?? []), bound])
  return [...columns.values()].some(mayContradict)
}

function conjuncts(condition: Expression): readonly Expression[] {
  return condition.kind === 'logical' && condition.operator === 'AND' ? condition.items.flatMap(conjuncts) : [condition]
}

const mirrored = { '=': '=', '<>': '<>', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

function boundsOf(part: Expression): Bound[] {
  switch (part.kind) {
    case 'comparison':
      if (columnsIn(part.right).length === 0) return [bound(part.left, part.operator, part.right)]
      if (columnsIn(part.left).length === 0) return [bound(part.right, mirrored[part.operator], part.left)]
      return []
    case 'between':
      if (part.negated) return [bound(part.operand, 'other')]
      return [bound(part.operand, '>=', part.low), bound(part.operand, '<=', part.high)]
    case 'in':
      return [bound(part.operand, part.negated ? '<>' : 'in')]
    case 'is null':
      return part.negated ? [] : [bound(part.operand, 'null')]
    case 'not':
      return [bound(part.operand, 'other')]
    default:
      return []
  }
}

function bound(column: Expression, operator: Bound['operator'], value?: Expression): Bound {
  const names = columnsIn(column)
  const known = valueOf(value)
  return { column: names[0] ?? '', operator, ...(known === undefined ? {} : { value: known }) }
}

function valueOf(value: Expression | undefined): number | string | undefined {
  if (value?.kind === 'number') return Number(value.text)
  if (value?.kind === 'sign' && value.operand.kind === 'number') return -Number(value.operand.text)
  if (value?.kind === 'string' || value?.kind === 'typed') return value.value
  return undefined
}

function outOfRange({ value }: Bound, type: Type | undefined): boolean {
  const limit = type && ranges[type.kind]
  return limit !== undefined && typeof value === 'number' && (!Number.isInteger(value) || value >= limit || value < -limit)
}

function mayContradict(bounds: readonly Bound[]): boolean {
  if (bounds.every(({ operator }) => operator === '<>')) return false
  if (bounds.length < 2) return false
  const [first, second] = bounds
  if (!first || !second || bounds.length > 2) return true
  const [low, high] = first.operator.startsWith('>') ? [first, second] : [second, first]
  if (!low.operator.startsWith('>') || !high.operator.startsWith('<') || high.operator === '<>') return true
  const [from, to] = [low.value, high.value]
  if (typeof from === 'number' && typeof to === 'number') return from >= to
  return !(typeof from === 'string' && typeof to === 'string' && from < to)
}
