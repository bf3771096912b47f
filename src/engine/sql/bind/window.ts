import { refuse } from '../fail.js'
import type { FrameBound, Name, SortItem, WindowSpecification } from '../syntax.js'
import type { Scope } from './scope.js'

/** `OVER (…)`, with a window that WINDOW named written out. */
export function windowSql(over: WindowSpecification | Name, scope: Scope): string {
  const specification = 'partitionBy' in over ? over : scope.window(over)
  const base = specification.base && scope.window(specification.base)
  if (
    base &&
    (specification.partitionBy.length > 0 || (base.orderBy.length > 0 && specification.orderBy.length > 0) || base.base)
  ) {
    throw refuse('sql-refused', 'A window built on another may only add an order or a frame.', specification.at)
  }
  const partitionBy = base?.partitionBy ?? specification.partitionBy
  const orderBy = specification.orderBy.length > 0 ? specification.orderBy : (base?.orderBy ?? [])
  const { frame } = specification
  const parts = [
    ...(partitionBy.length > 0 ? [`PARTITION BY ${partitionBy.map(item => scope.expression(item).sql).join(', ')}`] : []),
    ...(orderBy.length > 0 ? [`ORDER BY ${orderSql(orderBy, item => scope.expression(item.expression).sql)}`] : []),
    ...(frame
      ? [`${frame.unit} BETWEEN ${bound(frame.start, scope)} AND ${frame.end ? bound(frame.end, scope) : 'CURRENT ROW'}`]
      : []),
  ]
  return `OVER (${parts.join(' ')})`
}

function bound({ kind, value }: FrameBound, scope: Scope): string {
  return value ? `${scope.expression(value).sql} ${kind.toUpperCase()}` : kind.toUpperCase()
}

/** Sort items with direction and the place of NULL said outright, as the defaults of DuckDB are settings. */
export function orderSql(items: readonly SortItem[], sql: (item: SortItem) => string): string {
  return items
    .map(item => `${sql(item)} ${item.descending ? 'DESC' : 'ASC'} NULLS ${item.nullsFirst ? 'FIRST' : 'LAST'}`)
    .join(', ')
}
