import { type Place, refuse } from '../fail.js'
import { mayBeNever } from '../early.js'
import type { Expression, Grouping, Name, Select, SelectItem, SortItem } from '../syntax.js'
import { boolean, type Type } from '../types.js'
import { callsIn } from '../walk.js'
import { coerce, identifier } from './bound.js'
import { bindFrom } from './from.js'
import { seekSides } from './seek.js'
import type { BoundQuery, Scope, ScopeColumn } from './scope.js'
import { orderSql } from './window.js'

/** A column of the result, and the expression that it was made of. */
interface Output {
  readonly name: string
  readonly sql: string
  readonly type: Type
  readonly expression?: Expression
}

/** Binds a SELECT together with the ORDER BY that follows it, which sees what the SELECT reads. */
export function bindSelect(select: Select, orderBy: readonly SortItem[], limited: boolean, scope: Scope): BoundQuery {
  const read = bindFrom(select.from, scope)
  const windows = new Map(select.windows.map(({ name, specification }) => [name.text.toLowerCase(), specification]))
  const inner = scope.withColumns(read.columns).withWindows(windows)
  const from = seekSides(read, select.from, select.where, inner)
  const outputs = select.items.flatMap(item => selectItem(item, from.columns, inner))
  const aliases = uniqueNames(outputs)
  const where = select.where && coerce(inner.expression(select.where), boolean).sql
  const having = select.having && coerce(inner.expression(select.having), boolean).sql
  const aggregated =
    select.groupBy.length > 0 ||
    select.items.some(
      item => item.kind === 'expression' && callsIn(item.expression).some(call => scope.statement.isAggregate(call)),
    )
  if (limited && orderBy.length === 0 && !aggregated && !select.distinct) scope.statement.stopsEarly()
  const conditions = [select.where, select.having].flatMap(condition => condition ?? [])
  const never = conditions.some(condition =>
    mayBeNever(condition, column => from.columns.find(({ name }) => sameName(name, column))?.type),
  )
  if (never || (conditions.length > 0 && from.filtered)) scope.statement.stopsEarly()
  const order = orderSql(orderBy, item => sortSql(item, outputs, inner, select.distinct))
  const clauses = [
    `SELECT ${select.distinct ? 'DISTINCT ' : ''}${outputs.map(({ sql }, i) => `${sql} AS ${aliases[i] ?? ''}`).join(', ')}`,
    ...(from.sql ? [`FROM ${from.sql}`] : []),
    ...(where ? [`WHERE ${where}`] : []),
    ...(select.groupBy.length > 0
      ? [`GROUP BY ${select.groupBy.map(grouping => groupSql(grouping, outputs, inner)).join(', ')}`]
      : []),
    ...(having ? [`HAVING ${having}`] : []),
    ...(orderBy.length > 0 ? [`ORDER BY ${order}`] : []),
  ]
  const columns = outputs.map(({ name, type }, i) => ({ name, sql: aliases[i] ?? '', type }))
  return { sql: clauses.join(' '), columns, reads: new Map(), filtered: conditions.length > 0 || from.filtered }
}

function selectItem(item: SelectItem, columns: readonly ScopeColumn[], scope: Scope): Output[] {
  if (item.kind === 'star') return star(item.qualifier, columns, item.at, scope)
  const { expression, alias } = item
  const { sql, type } = scope.expression(expression)
  return [{ name: alias?.text ?? columnName(expression), sql, type, expression }]
}

/** A column keeps its name, also when it is a relation's or a row's; anything else has none and is counted. */
function columnName(expression: Expression): string {
  if (expression.kind === 'column') return expression.name.text
  return expression.kind === 'field' && columnName(expression.base) !== '' ? expression.name.text : ''
}

function star(qualifier: readonly Name[], columns: readonly ScopeColumn[], at: Place, scope: Scope): Output[] {
  const table = qualifier.at(-1)?.text.toLowerCase()
  const found = columns.filter(column => !column.hidden && (table === undefined || column.qualifier?.toLowerCase() === table))
  scope.statement.edit({ kind: 'star', at, columns: found })
  if (found.length > 0) return found.map(({ name, sql, type }) => ({ name, sql, type }))
  if (table === undefined) throw refuse('sql-syntax', 'SELECT * needs a FROM.', at)
  throw refuse('sql-relation', `No relation is named ${qualifier.map(({ text }) => text).join('.')} here.`, at)
}

/** Names for DuckDB: lower case, none twice; what has no name is `_col` and its place from 0, as in Trino. */
function uniqueNames(outputs: readonly Output[]): string[] {
  const seen = new Set<string>()
  return outputs.map(({ name }, i) => {
    const stem = name === '' ? `_col${i}` : name.toLowerCase()
    let unique = stem
    for (let n = 2; seen.has(unique); n++) unique = `${stem}#${n}`
    seen.add(unique)
    return identifier(unique)
  })
}

/** GROUP BY knows numbers and what the FROM gives, not the names that SELECT gives. */
function groupSql(grouping: Grouping, outputs: readonly Output[], scope: Scope): string {
  const item = (expression: Expression) => outputAt(expression, outputs)?.sql ?? scope.expression(expression).sql
  const column = (expression: Expression) => {
    if (['column', 'field', 'number'].includes(expression.kind)) return item(expression)
    throw refuse('sql-refused', 'ROLLUP, CUBE and GROUPING SETS take columns, not expressions.', expression.at)
  }
  const list = (items: readonly Expression[]) => `(${items.map(column).join(', ')})`
  switch (grouping.kind) {
    case 'simple':
      return grouping.items.length === 0 ? '()' : grouping.items.map(item).join(', ')
    case 'rollup':
      return `ROLLUP (${grouping.sets.map(list).join(', ')})`
    case 'cube':
      return `CUBE (${grouping.sets.map(list).join(', ')})`
    case 'sets':
      return `GROUPING SETS (${grouping.sets.map(list).join(', ')})`
  }
}

function outputAt(expression: Expression, outputs: readonly Output[]): Output | undefined {
  if (expression.kind !== 'number' || !/^\d+$/.test(expression.text)) return undefined
  const output = outputs[Number(expression.text) - 1]
  if (output) return output
  throw refuse('sql-column', `There is no column ${expression.text}: the query gives ${outputs.length}.`, expression.at)
}

/** ORDER BY knows numbers, then the names that SELECT gives, then what the FROM gives. */
function sortSql({ expression }: SortItem, outputs: readonly Output[], scope: Scope, distinct: boolean): string {
  const output = outputAt(expression, outputs) ?? outputNamed(expression, outputs)
  if (output) return String(outputs.indexOf(output) + 1)
  const named = outputs.flatMap(({ name, sql, type }): ScopeColumn[] => (name === '' ? [] : [{ name, sql, type, hidden: false }]))
  if (expression.kind === 'field' && expression.base.kind === 'column') {
    const { name } = expression.base
    if (named.some(column => sameName(column.name, name.text))) {
      throw refuse('sql-column', `${name.text} is a column of the query here, not a relation.`, name.at, {
        action: 'give the column another name',
      })
    }
  }
  const inner = scope.columns.map(column =>
    named.some(({ name }) => sameName(name, column.name)) ? { ...column, hidden: true } : column,
  )
  const { sql } = scope.withColumns([...named, ...inner]).expression(expression)
  const same = outputs.findIndex(output => output.sql === sql)
  if (same >= 0) return String(same + 1)
  if (distinct) throw refuse('sql-column', 'After SELECT DISTINCT only what it gives can be sorted by.', expression.at)
  return sql
}

function outputNamed(expression: Expression, outputs: readonly Output[]): Output | undefined {
  if (expression.kind !== 'column') return undefined
  const found = outputs.filter(({ name }) => sameName(name, expression.name.text))
  const [first] = found
  if (found.some(output => output.sql !== first?.sql)) {
    throw refuse('sql-column', `More than one column of the query is named ${expression.name.text}.`, expression.at)
  }
  return first
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
