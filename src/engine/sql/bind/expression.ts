import { type Place, refuse } from '../fail.js'
import type { Expression, Name } from '../syntax.js'
import { boolean, duckdbType, fieldName, resolveType, type Type, typeName } from '../types.js'
import { type Bound, coerce, identifier } from './bound.js'
import { atZone, cast, tryCast } from './cast.js'
import { clock } from './clock.js'
import {
  binaryLiteral,
  booleanLiteral,
  intervalLiteral,
  nullLiteral,
  numberLiteral,
  parameterLiteral,
  textLiteral,
  typedLiteral,
} from './literals.js'
import { arithmetic, comparable, comparison, negation } from './operators.js'
import { knownNames, type Scope } from './scope.js'
import { unified } from './unified.js'
import { subscript } from './subscript.js'
import { zoneName } from './zones.js'

/** Turns an expression into DuckDB's SQL. What Weir does not know is refused here: there is no case that lets it through. */
export function bindExpression(node: Expression, scope: Scope): Bound {
  const { at } = node
  const bind = (expression: Expression) => scope.expression(expression)
  switch (node.kind) {
    case 'null':
      return nullLiteral(at)
    case 'boolean':
      return booleanLiteral(node.value, at)
    case 'number':
      return numberLiteral(node.text, at)
    case 'string':
      return textLiteral(node.value, at)
    case 'binary':
      return binaryLiteral(node.hex, at)
    case 'typed':
      return typedLiteral(node)
    case 'interval':
      return intervalLiteral(node)
    case 'parameter': {
      const value = scope.statement.parameter(node.name)
      if (value === undefined) throw refuse('sql-refused', `The parameter :${node.name} has no value.`, at)
      scope.statement.edit({ kind: 'parameter', at, value })
      return parameterLiteral(value, at)
    }
    case 'clock':
      scope.statement.edit({ kind: 'clock', at, name: node.name, precision: node.precision })
      return clock(node.name, node.precision, scope.statement.now, at)
    case 'column': {
      const { sql, type } = scope.column(node.name)
      return { sql, type, at }
    }
    case 'field':
      return field(node, scope)
    case 'subscript':
      return subscript(bind(node.base), bind(node.index), at)
    case 'call':
      return scope.statement.bind.call(node, scope)
    case 'lambda':
      throw refuse('sql-refused', 'A lambda stands only among the arguments of a function that takes one.', at)
    case 'extract':
      return scope.statement.bind.call(extraction(node), scope)
    case 'cast': {
      const operand = bind(node.operand)
      const type = resolveType(node.type)
      return node.attempt ? tryCast(operand, type) : cast(operand, type)
    }
    case 'row': {
      const items = node.items.map(bind)
      const fields = items.map(({ type }) => ({ type }))
      const sql = `struct_pack(${items.map((item, i) => `${fieldName({ type: item.type }, i)} := ${item.sql}`).join(', ')})`
      return { sql, type: { kind: 'row', fields }, at }
    }
    case 'array': {
      const { items, type } = unified(node.items.map(bind), 'An array', at)
      const list: Type = { kind: 'array', element: type }
      return { sql: `CAST([${items.map(({ sql }) => sql).join(', ')}] AS ${duckdbType(list)})`, type: list, at }
    }
    case 'sign':
      return negation(bind(node.operand))
    case 'not':
      return predicate(`(NOT ${condition(bind(node.operand))})`, at)
    case 'zone': {
      const zone = bind(node.zone)
      if (zone.text === undefined)
        throw refuse('sql-refused', 'Weir knows AT TIME ZONE only with a zone written as text.', zone.at)
      return atZone(bind(node.operand), zoneName(zone.text, zone.at))
    }
    case 'arithmetic':
      return arithmetic(node.operator, bind(node.left), bind(node.right), at)
    case 'logical': {
      const items = node.items.map(bind)
      return predicate(`(${items.map(condition).join(` ${node.operator} `)})`, at)
    }
    case 'comparison':
      return comparison(node.operator, bind(node.left), bind(node.right), at)
    case 'distinct': {
      const [left, right] = comparable(bind(node.left), bind(node.right), 'compared', at)
      return predicate(`(${left.sql} IS ${node.negated ? 'NOT ' : ''}DISTINCT FROM ${right.sql})`, at)
    }
    case 'between': {
      const operand = bind(node.operand)
      const [low, high] = [comparison('>=', operand, bind(node.low), at), comparison('<=', operand, bind(node.high), at)]
      return predicate(`(${node.negated ? 'NOT ' : ''}(${low.sql} AND ${high.sql}))`, at)
    }
    case 'in': {
      const { items, type } = unified([node.operand, ...node.items].map(bind), 'IN', at)
      const [operand, ...listed] = items.map(({ sql }) => sql)
      if (type.kind === 'json') throw refuse('sql-type', 'json cannot be compared.', at)
      return predicate(`(${operand ?? ''} ${node.negated ? 'NOT IN' : 'IN'} (${listed.join(', ')}))`, at)
    }
    case 'in query':
    case 'quantified':
      return comparisonWithQuery(node, scope)
    case 'like': {
      const [operand, pattern] = [text(bind(node.operand)), text(bind(node.pattern))]
      const escape = node.escape ? ` ESCAPE ${escapeSql(text(bind(node.escape)), pattern)}` : ''
      return predicate(`(${operand.sql} ${node.negated ? 'NOT ' : ''}LIKE ${pattern.sql}${escape})`, at)
    }
    case 'is null': {
      const operand = bind(node.operand)
      return predicate(`(${operand.sql} IS ${node.negated ? 'NOT ' : ''}NULL)`, at)
    }
    case 'case':
      return caseExpression(node, scope)
    case 'exists':
      return predicate(`EXISTS (${scope.subquery(node.query).sql})`, at)
    case 'subquery': {
      const { sql, columns } = scope.subquery(node.query)
      const [only] = columns
      if (!only || columns.length > 1)
        throw refuse('sql-type', `A query in an expression gives one column, not ${columns.length}.`, at)
      return { sql: `(${sql})`, type: only.type, at }
    }
  }
}

function predicate(sql: string, at: Place): Bound {
  return { sql, type: boolean, at }
}

/** A boolean for WHERE, AND, OR and NOT. */
export function condition(bound: Bound): string {
  return coerce(bound, boolean).sql
}

function text(bound: Bound): Bound {
  if (bound.type.kind === 'varchar' || bound.type.kind === 'unknown') return bound
  throw refuse('sql-type', `LIKE takes varchar, not ${typeName(bound.type)}.`, bound.at, { action: 'CAST it to varchar' })
}

/** Trino fails where the escape stands before anything but a wildcard or itself; DuckDB takes it. */
function escapeSql(escape: Bound, pattern: Bound): string {
  if (escape.text === undefined || pattern.text === undefined)
    throw refuse('sql-refused', 'Weir knows LIKE … ESCAPE only with both written as text.', escape.at)
  const letters = Array.from(pattern.text)
  if (Array.from(escape.text).length !== 1) throw refuse('sql-syntax', 'ESCAPE takes one character.', escape.at)
  for (let i = 0; i < letters.length; i++) {
    if (letters[i] !== escape.text) continue
    i++
    if (!['%', '_', escape.text].includes(letters[i] ?? ''))
      throw refuse('sql-syntax', `In LIKE ${escape.text} must stand before %, _ or itself.`, pattern.at)
  }
  return escape.sql
}

/** `t.c`, `schema.t.c`, or a field of a row. */
function field(node: Extract<Expression, { kind: 'field' }>, scope: Scope): Bound {
  const { base, name, at } = node
  const qualifier = relationName(base, scope)
  if (qualifier) {
    const { sql, type } = scope.column(name, qualifier)
    return { sql, type, at: base.at }
  }
  if (base.kind === 'column' && !scope.find(base.name.text)) {
    throw refuse(
      'sql-relation',
      `No relation is named ${base.name.text} here.`,
      base.at,
      knownNames(
        base.name.text,
        scope.columns.flatMap(({ qualifier }) => qualifier ?? []),
      ),
    )
  }
  const row = scope.expression(base)
  if (row.type.kind !== 'row') throw refuse('sql-type', `${typeName(row.type)} has no field ${name.text}.`, at)
  const index = row.type.fields.findIndex(field => field.name?.toLowerCase() === name.text.toLowerCase())
  const found = row.type.fields[index]
  if (!found) {
    throw refuse(
      'sql-column',
      `The row has no field ${name.text}.`,
      at,
      knownNames(
        name.text,
        row.type.fields.flatMap(({ name }) => name ?? []),
      ),
    )
  }
  return { sql: `(${row.sql}).${fieldName(found, index)}`, type: found.type, at }
}

function relationName(base: Expression, scope: Scope): Name | undefined {
  if (base.kind === 'column') return scope.hasRelation(base.name.text) ? base.name : undefined
  if (base.kind === 'field' && scope.hasRelation(base.name.text)) return relationName(base.base, scope) ? undefined : base.name
  return undefined
}

function extraction(node: Extract<Expression, { kind: 'extract' }>): Extract<Expression, { kind: 'call' }> {
  const fields = ['year', 'quarter', 'month', 'week', 'day', 'day_of_month', 'day_of_week', 'dow', 'day_of_year', 'doy']
  const times = ['year_of_week', 'yow', 'hour', 'minute', 'second', 'timezone_hour', 'timezone_minute']
  if (![...fields, ...times].includes(node.field)) {
    throw refuse('sql-syntax', `EXTRACT does not know ${node.field}.`, node.at, knownNames(node.field, [...fields, ...times]))
  }
  return { kind: 'call', at: node.at, name: node.field, arguments: [node.from], star: false, distinct: false, orderBy: [] }
}

function caseExpression(node: Extract<Expression, { kind: 'case' }>, scope: Scope): Bound {
  const operand = node.operand && scope.expression(node.operand)
  const whens = node.whens.map(({ when }) => {
    const bound = scope.expression(when)
    return operand ? comparison('=', operand, bound, bound.at) : coerce(bound, boolean)
  })
  const results = [...node.whens.map(({ then }) => then), ...(node.otherwise ? [node.otherwise] : [])].map(item =>
    scope.expression(item),
  )
  const { items, type } = unified(results, 'CASE', node.at)
  const branches = whens.map((when, i) => `WHEN ${when.sql} THEN ${items[i]?.sql ?? 'NULL'}`)
  const otherwise = node.otherwise ? ` ELSE ${items.at(-1)?.sql ?? 'NULL'}` : ''
  return { sql: `CASE ${branches.join(' ')}${otherwise} END`, type, at: node.at }
}

function comparisonWithQuery(node: Extract<Expression, { kind: 'in query' | 'quantified' }>, scope: Scope): Bound {
  const left = scope.expression(node.kind === 'in query' ? node.operand : node.left)
  const query = scope.subquery(node.query)
  const [only] = query.columns
  if (!only || query.columns.length > 1) {
    throw refuse('sql-type', `A query to compare with gives one column, not ${query.columns.length}.`, node.query.at)
  }
  const column: Bound = { sql: `"compared".${only.sql}`, type: only.type, at: node.query.at }
  const [a, b] = comparable(left, column, 'compared', node.at)
  const values = b.sql === column.sql ? query.sql : `SELECT ${b.sql} FROM (${query.sql}) AS ${identifier('compared')}`
  if (node.kind === 'quantified') return predicate(`(${a.sql} ${node.operator} ${node.quantifier} (${values}))`, node.at)
  return predicate(`(${a.sql} ${node.negated ? 'NOT IN' : 'IN'} (${values}))`, node.at)
}
