import type { Expression, Source } from '../syntax.js'
import { boolean } from '../types.js'
import { coerce } from './bound.js'
import type { BoundSource } from './from.js'
import type { Scope } from './scope.js'

/**
 * `srcaddr = X OR dstaddr = X` keeps DuckDB from passing over groups of rows by their statistics and bloom filters, where each
 * side alone would let it (seen: the same with UNION ALL takes a twentieth of the time over a compacted lake). So where the relation
 * stands in Parquet, its rows are those of each side, one after the other, without those of the sides before.
 */
export function seekSides(
  from: BoundSource,
  sources: readonly Source[],
  where: Expression | undefined,
  scope: Scope,
): BoundSource {
  const { seekable } = from
  if (!seekable || sources.length !== 1 || !where) return from
  const sides = conjuncts(where)
    .map(sidesOf)
    .find(found => found.length > 1)
  if (!sides) return from
  const conditions = sides.map(side => coerce(scope.expression(side), boolean).sql)
  const arms = conditions.map((condition, i) => {
    const before = conditions.slice(0, i).map(each => ` AND (${each}) IS NOT TRUE`)
    return `SELECT * FROM ${from.sql} WHERE ${condition}${before.join('')}`
  })
  return { ...from, sql: `(${arms.join(' UNION ALL ')}) AS ${seekable.target}` }
}

const conjuncts = (condition: Expression): readonly Expression[] =>
  condition.kind === 'logical' && condition.operator === 'AND' ? condition.items.flatMap(conjuncts) : [condition]

/** The sides of an OR, where all compare a column with texts; `X IN (a, b)` is one too. */
function sidesOf(condition: Expression): readonly Expression[] {
  if (condition.kind === 'logical' && condition.operator === 'OR') {
    const sides = condition.items.map(item => (isSide(item) ? [item] : sidesOf(item)))
    return sides.every(side => side.length > 0) ? sides.flat() : []
  }
  if (condition.kind !== 'in' || condition.negated || condition.operand.kind !== 'string') return []
  const { operand, at } = condition
  if (!condition.items.every(isColumn)) return []
  return condition.items.map(item => ({ kind: 'comparison', at, operator: '=', left: item, right: operand }))
}

function isSide(condition: Expression): boolean {
  if (condition.kind === 'comparison' && condition.operator === '=') {
    const { left, right } = condition
    return (isColumn(left) && right.kind === 'string') || (isColumn(right) && left.kind === 'string')
  }
  if (condition.kind !== 'in' || condition.negated) return false
  return isColumn(condition.operand) && condition.items.every(({ kind }) => kind === 'string')
}

const isColumn = (expression: Expression): boolean =>
  expression.kind === 'column' || (expression.kind === 'field' && expression.base.kind === 'column')
