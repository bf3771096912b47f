import { type Place, refuse } from '../fail.js'
import type { Expression, Name, Query, QueryBody } from '../syntax.js'
import { bigint, commonType, type Type, typeName } from '../types.js'
import { type Bound, converted, identifier } from './bound.js'
import { bindSelect } from './select.js'
import type { BoundQuery, CommonTable, Reads, Scope, ScopeColumn } from './scope.js'
import { orderSql } from './window.js'

/** Binds a query with its WITH, ORDER BY and LIMIT. */
export function bindQuery(query: Query, outer: Scope): BoundQuery {
  const start = outer.forQuery()
  if (query.recursive) throw refuse('sql-refused', 'WITH RECURSIVE is not among the forms that Weir knows.', query.at)
  let scope = start
  const named: string[] = []
  for (const { name, columns, query: inner } of query.with) {
    const bound = renamed(scope.query(inner), columns, name)
    const target = identifier(scope.statement.unique(name.text.toLowerCase()))
    named.push(`${target} AS (${bound.sql})`)
    const table: CommonTable = { target, query: { columns: bound.columns, reads: bound.reads, filtered: bound.filtered } }
    scope = scope.withCommonTable(name.text, table)
  }
  const limits = limitSql(query, scope)
  const { sql, columns, reads, filtered } = ordered(query, scope)
  const all = new Map(reads)
  for (const [relation, times] of start.reads) all.set(relation, (all.get(relation) ?? 0) + times)
  const prefix = named.length > 0 ? `WITH ${named.join(', ')} ` : ''
  return { sql: `${prefix}${sql}${limits}`, columns, reads: all, filtered }
}

/** The body with its ORDER BY; a SELECT sorts by what it reads too, other bodies by their columns alone. */
function ordered(query: Query, scope: Scope): BoundQuery {
  const { body, orderBy } = query
  const limited = query.limit !== undefined || query.offset !== undefined
  if (body.kind === 'select') return bindSelect(body, orderBy, limited, scope)
  const bound = bindBody(body, scope)
  if (limited && orderBy.length === 0) scope.statement.stopsEarly()
  if (orderBy.length === 0 && !limited) return bound
  const target = identifier(scope.statement.unique('query'))
  const columns: ScopeColumn[] = bound.columns.map(({ name, sql, type }) => ({
    name,
    sql: `${target}.${sql}`,
    type,
    hidden: false,
  }))
  const inner = scope.withColumns(columns)
  const order = orderSql(orderBy, ({ expression }) => ordinal(expression, columns)?.sql ?? inner.expression(expression).sql)
  const sorted = orderBy.length > 0 ? ` ORDER BY ${order}` : ''
  return { ...bound, sql: `SELECT * FROM (${bound.sql}) AS ${target}${sorted}` }
}

/** The column that a number in ORDER BY or GROUP BY means. */
export function ordinal<T>(expression: Expression, columns: readonly T[]): T | undefined {
  if (expression.kind !== 'number' || !/^\d+$/.test(expression.text)) return undefined
  const column = columns[Number(expression.text) - 1]
  if (column === undefined)
    throw refuse('sql-column', `There is no column ${expression.text}: the query gives ${columns.length}.`, expression.at)
  return column
}

function limitSql(query: Query, scope: Scope): string {
  const count = (expression: Expression | undefined): number | undefined => {
    if (expression === undefined) return undefined
    const { number, type, at } = scope.expression(expression)
    if (number !== undefined && commonType(type, bigint)?.kind === 'bigint' && !number.startsWith('-')) return Number(number)
    throw refuse('sql-type', 'LIMIT and OFFSET take a whole number of rows.', at)
  }
  const [limit, offset] = [count(query.limit), count(query.offset)]
  if (limit === 0) scope.statement.stopsEarly()
  return `${limit === undefined ? '' : ` LIMIT ${limit}`}${offset === undefined ? '' : ` OFFSET ${offset}`}`
}

function bindBody(body: QueryBody, scope: Scope): BoundQuery {
  switch (body.kind) {
    case 'select':
      return bindSelect(body, [], false, scope)
    case 'nested': {
      const bound = scope.query(body.query)
      return { ...bound, sql: `(${bound.sql})` }
    }
    case 'values':
      return values(body.rows, body.at, scope)
    case 'set': {
      const [left, right] = [bindBody(body.left, scope), bindBody(body.right, scope)]
      if (body.operator !== 'UNION') scope.statement.stopsEarly()
      return setOperation(`${body.operator}${body.all ? ' ALL' : ''}`, left, right, body.at)
    }
  }
}

/** Both sides are brought to the types that their columns share; the left side's names stay. */
function setOperation(operator: string, left: BoundQuery, right: BoundQuery, at: Place): BoundQuery {
  if (left.columns.length !== right.columns.length) {
    throw refuse(
      'sql-type',
      `${operator} joins queries of as many columns: here are ${left.columns.length} and ${right.columns.length}.`,
      at,
    )
  }
  const types = left.columns.map((column, i) => {
    const other = right.columns[i]?.type ?? column.type
    const type = commonType(column.type, other)
    if (!type)
      throw refuse(
        'sql-type',
        `Column ${i + 1} of ${operator} is ${typeName(column.type)} on one side and ${typeName(other)} on the other.`,
        at,
      )
    return type
  })
  const reads = sum(left.reads, right.reads)
  const columns = left.columns.map((column, i) => ({ ...column, type: types[i] ?? column.type }))
  return {
    sql: `(${retyped(left, types, at)}) ${operator} (${retyped(right, types, at)})`,
    columns,
    reads,
    filtered: left.filtered || right.filtered,
  }
}

function retyped(query: BoundQuery, types: readonly Type[], at: Place): string {
  const items = query.columns.map((column, i) => {
    const bound: Bound = { sql: `"side".${column.sql}`, type: column.type, at }
    return { before: bound.sql, after: converted(bound, types[i] ?? column.type).sql, name: column.sql }
  })
  if (items.every(({ before, after }) => before === after)) return query.sql
  return `SELECT ${items.map(({ after, name }) => `${after} AS ${name}`).join(', ')} FROM (${query.sql}) AS "side"`
}

function values(rows: readonly Expression[], at: Place, scope: Scope): BoundQuery {
  const bound = rows.map(row => (row.kind === 'row' ? row.items : [row]).map(item => scope.expression(item)))
  const width = bound[0]?.length ?? 0
  if (bound.some(row => row.length !== width)) throw refuse('sql-syntax', 'The rows of VALUES are of different lengths.', at)
  const types = Array.from({ length: width }, (_, i) =>
    bound.reduce<Type>(
      (type, row) => {
        const common = row[i] && commonType(type, row[i].type)
        if (!common) throw refuse('sql-type', `The values of column ${i + 1} of VALUES share no type.`, at)
        return common
      },
      { kind: 'unknown' },
    ),
  )
  const lines = bound.map(row => `(${row.map((item, i) => converted(item, types[i] ?? item.type).sql).join(', ')})`)
  const columns = types.map((type, i) => ({ name: '', sql: identifier(`_col${i}`), type }))
  const sql = `SELECT * FROM (VALUES ${lines.join(', ')}) AS "values"(${columns.map(column => column.sql).join(', ')})`
  return { sql, columns, reads: new Map(), filtered: false }
}

function renamed(query: BoundQuery, names: readonly Name[], table: Name): BoundQuery {
  if (names.length === 0) return query
  if (names.length !== query.columns.length) {
    throw refuse(
      'sql-column',
      `${table.text} has ${query.columns.length} columns, and ${names.length} names are given.`,
      table.at,
    )
  }
  return { ...query, columns: query.columns.map((column, i) => ({ ...column, name: names[i]?.text ?? column.name })) }
}

function sum(a: Reads, b: Reads): Reads {
  const total = new Map(a)
  for (const [name, times] of b) total.set(name, (total.get(name) ?? 0) + times)
  return total
}
