import type { BinaryOperator, ComparisonOperator, Expression } from '../syntax.js'
import type { QueryCursor } from './cursor.js'
import { parsePrimary } from './primary.js'

const comparisons: readonly ComparisonOperator[] = ['=', '<>', '<=', '>=', '<', '>']

/** Trino's `expression`: OR binds loosest, then AND, NOT, one predicate, `||`, `+ -`, `* / %`, sign, AT TIME ZONE. */
export function parseExpression(cursor: QueryCursor): Expression {
  return chain(cursor, 'OR', () => chain(cursor, 'AND', () => negation(cursor)))
}

function chain(cursor: QueryCursor, operator: 'AND' | 'OR', read: () => Expression): Expression {
  const at = cursor.at
  const first = read()
  const items = [first]
  while (cursor.words(operator)) items.push(read())
  return items.length === 1 ? first : { kind: 'logical', at, operator, items }
}

function negation(cursor: QueryCursor): Expression {
  const at = cursor.at
  if (cursor.words('NOT')) return { kind: 'not', at, operand: negation(cursor) }
  return predicate(cursor)
}

/** A value with at most one predicate after it: `a = b = c` is no Athena SQL. */
function predicate(cursor: QueryCursor): Expression {
  const at = cursor.at
  const left = parseValue(cursor)
  const operator = comparisons.find(symbol => cursor.symbol(symbol))
  if (operator !== undefined) {
    const quantifier = cursor.words('ALL') ? 'ALL' : cursor.words('ANY') || cursor.words('SOME') ? 'ANY' : undefined
    if (quantifier === undefined) return { kind: 'comparison', at, operator, left, right: parseValue(cursor) }
    return { kind: 'quantified', at, operator, quantifier, left, query: cursor.inParentheses(() => cursor.query()) }
  }
  if (cursor.words('IS')) {
    const negated = cursor.words('NOT')
    if (cursor.words('DISTINCT', 'FROM')) return { kind: 'distinct', at, negated, left, right: parseValue(cursor) }
    cursor.expectWords('NULL')
    return { kind: 'is null', at, negated, operand: left }
  }
  const negated = ['BETWEEN', 'IN', 'LIKE'].some(word => cursor.isWord(word, 1)) && cursor.words('NOT')
  if (cursor.words('BETWEEN')) {
    const low = parseValue(cursor)
    cursor.expectWords('AND')
    return { kind: 'between', at, negated, operand: left, low, high: parseValue(cursor) }
  }
  if (cursor.words('IN')) return membership(cursor, left, negated)
  if (cursor.words('LIKE')) {
    const pattern = parseValue(cursor)
    const escape = cursor.words('ESCAPE') ? { escape: parseValue(cursor) } : {}
    return { kind: 'like', at, negated, operand: left, pattern, ...escape }
  }
  return left
}

function membership(cursor: QueryCursor, operand: Expression, negated: boolean): Expression {
  const at = operand.at
  return cursor.inParentheses(() => {
    if (cursor.startsQuery()) return { kind: 'in query', at, negated, operand, query: cursor.query() }
    return { kind: 'in', at, negated, operand, items: cursor.list(() => parseExpression(cursor)) }
  })
}

/** Trino's `valueExpression`: what a predicate compares. */
export function parseValue(cursor: QueryCursor): Expression {
  const product = () => arithmetic(cursor, ['*', '/', '%'], () => sign(cursor))
  const sum = () => arithmetic(cursor, ['+', '-'], product)
  return arithmetic(cursor, ['||'], sum)
}

function arithmetic(cursor: QueryCursor, operators: readonly BinaryOperator[], read: () => Expression): Expression {
  let left = read()
  for (;;) {
    const at = cursor.at
    const operator = operators.find(symbol => cursor.symbol(symbol))
    if (operator === undefined) return left
    left = { kind: 'arithmetic', at, operator, left, right: read() }
  }
}

function sign(cursor: QueryCursor): Expression {
  const at = cursor.at
  if (cursor.symbol('-')) return { kind: 'sign', at, operand: sign(cursor) }
  if (cursor.symbol('+')) return sign(cursor)
  let operand = parsePrimary(cursor)
  while (cursor.isWord('AT') && cursor.isWord('TIME', 1)) {
    cursor.expectWords('AT', 'TIME', 'ZONE')
    operand = { kind: 'zone', at, operand, zone: parsePrimary(cursor) }
  }
  return operand
}
