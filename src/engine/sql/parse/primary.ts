import type { Expression, Name } from '../syntax.js'
import { parseCall } from './call.js'
import type { QueryCursor } from './cursor.js'
import { parseType } from './types.js'

const clocks = ['CURRENT_DATE', 'CURRENT_TIME', 'CURRENT_TIMESTAMP', 'LOCALTIME', 'LOCALTIMESTAMP']

/** Trino's `primaryExpression` with the subscripts and field names that follow it. */
export function parsePrimary(cursor: QueryCursor): Expression {
  let base = primary(cursor)
  for (;;) {
    const at = cursor.at
    if (cursor.symbol('[')) {
      base = { kind: 'subscript', at, base, index: cursor.value() }
      cursor.expectSymbol(']')
    } else if (cursor.isSymbol('.') && cursor.isName(1)) {
      cursor.next()
      base = { kind: 'field', at, base, name: cursor.name() }
    } else return base
  }
}

function primary(cursor: QueryCursor): Expression {
  const token = cursor.peek()
  const at = token.at
  const expression = () => cursor.expression()
  switch (token.kind) {
    case 'number':
      return { kind: 'number', at, text: cursor.next().text }
    case 'string':
      return { kind: 'string', at, value: cursor.next().text }
    case 'binary':
      return { kind: 'binary', at, hex: cursor.next().text }
    case 'symbol':
      if (token.text === ':') return parameter(cursor)
      if (token.text === '(') return parenthesised(cursor)
      throw cursor.unexpected('an expression')
    case 'quoted':
      return named(cursor)
    case 'end':
      throw cursor.unexpected('an expression')
    case 'name':
  }
  const word = token.text.toUpperCase()
  if (clocks.includes(word)) {
    cursor.next()
    return {
      kind: 'clock',
      at,
      name: word,
      ...(cursor.isSymbol('(') ? { precision: cursor.inParentheses(() => cursor.integer()) } : {}),
    }
  }
  switch (word) {
    case 'NULL':
      cursor.next()
      return { kind: 'null', at }
    case 'TRUE':
    case 'FALSE':
      cursor.next()
      return { kind: 'boolean', at, value: word === 'TRUE' }
    case 'CASE':
      return parseCase(cursor)
    case 'CAST':
    case 'TRY_CAST':
      if (!cursor.isSymbol('(', 1)) break
      cursor.next()
      return cursor.inParentheses(() => {
        const operand = expression()
        cursor.expectWords('AS')
        return { kind: 'cast', at, operand, type: parseType(cursor), attempt: word === 'TRY_CAST' }
      })
    case 'EXISTS':
      cursor.next()
      return { kind: 'exists', at, query: cursor.inParentheses(() => cursor.query()) }
    case 'EXTRACT':
      cursor.next()
      return cursor.inParentheses(() => {
        const field = cursor.name().text.toLowerCase()
        cursor.expectWords('FROM')
        return { kind: 'extract', at, field, from: cursor.value() }
      })
    case 'ARRAY':
      if (!cursor.isSymbol('[', 1)) break
      cursor.next()
      cursor.next()
      if (cursor.symbol(']')) return { kind: 'array', at, items: [] }
      return closing(cursor, ']', { kind: 'array', at, items: cursor.list(expression) })
    case 'ROW':
      if (!cursor.isSymbol('(', 1)) break
      cursor.next()
      return { kind: 'row', at, items: cursor.inParentheses(() => cursor.list(expression)) }
    case 'INTERVAL':
      if (cursor.peek(1).kind !== 'string' && !cursor.isSymbol('-', 1) && !cursor.isSymbol('+', 1)) break
      return interval(cursor)
  }
  return named(cursor)
}

function closing(cursor: QueryCursor, symbol: string, expression: Expression): Expression {
  cursor.expectSymbol(symbol)
  return expression
}

/** A column, a call, a lambda of one parameter, or a literal of a named type: `DATE '2024-01-01'`, `IPADDRESS '10.0.0.1'`. */
function named(cursor: QueryCursor): Expression {
  const at = cursor.at
  if (cursor.isSymbol('(', 1)) return parseCall(cursor)
  if (!cursor.isName()) throw cursor.unexpected('an expression')
  if (cursor.isSymbol('->', 1)) {
    const parameters = [cursor.name()]
    cursor.next()
    return { kind: 'lambda', at, parameters, body: cursor.expression() }
  }
  const typed = cursor.attempt(() => {
    if (cursor.peek().kind !== 'name') return undefined
    if (cursor.peek(1).kind !== 'string' && !cursor.isWord('PRECISION', 1)) return undefined
    const type = parseType(cursor)
    return cursor.peek().kind === 'string' ? ({ kind: 'typed', at, type, value: cursor.string() } as const) : undefined
  })
  return typed ?? { kind: 'column', at, name: cursor.name() }
}

function parameter(cursor: QueryCursor): Expression {
  const at = cursor.at
  const colon = cursor.next()
  const token = cursor.peek()
  if (token.kind !== 'name' || token.start !== colon.end)
    throw cursor.unexpected('the name of a parameter, right after the colon')
  cursor.next()
  return { kind: 'parameter', at, name: token.text }
}

/** `(a)`, a row `(a, b)`, a query `(SELECT …)`, or the parameters of a lambda `(a, b) -> …`. */
function parenthesised(cursor: QueryCursor): Expression {
  const at = cursor.at
  const lambda = cursor.attempt(() => lambdaParameters(cursor))
  if (lambda) return { kind: 'lambda', at, parameters: lambda, body: cursor.expression() }
  const subquery = cursor.attempt(() => {
    if (!cursor.startsQuery()) return undefined
    cursor.next()
    const inner = cursor.query()
    return cursor.symbol(')') ? inner : undefined
  })
  if (subquery) return { kind: 'subquery', at, query: subquery }
  return cursor.inParentheses(() => {
    const items = cursor.list(() => cursor.expression())
    const [only] = items
    return items.length === 1 && only ? only : { kind: 'row', at, items }
  })
}

function lambdaParameters(cursor: QueryCursor): Name[] | undefined {
  cursor.next()
  const names: Name[] = []
  while (cursor.isName()) {
    names.push(cursor.name())
    if (!cursor.symbol(',')) break
  }
  return cursor.symbol(')') && cursor.symbol('->') ? names : undefined
}

function parseCase(cursor: QueryCursor): Expression {
  const at = cursor.at
  cursor.expectWords('CASE')
  const operand = cursor.isWord('WHEN') ? {} : { operand: cursor.expression() }
  const whens: { when: Expression; then: Expression }[] = []
  do {
    cursor.expectWords('WHEN')
    const when = cursor.expression()
    cursor.expectWords('THEN')
    whens.push({ when, then: cursor.expression() })
  } while (cursor.isWord('WHEN'))
  const otherwise = cursor.words('ELSE') ? { otherwise: cursor.expression() } : {}
  cursor.expectWords('END')
  return { kind: 'case', at, ...operand, whens, ...otherwise }
}

const units = ['YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND', 'WEEK']

function interval(cursor: QueryCursor): Expression {
  const at = cursor.at
  cursor.expectWords('INTERVAL')
  const negative = cursor.symbol('-')
  if (!negative) cursor.symbol('+')
  const value = cursor.string()
  const unit = () => {
    const word = units.find(unit => cursor.words(unit))
    if (word === undefined) throw cursor.unexpected('YEAR, MONTH, DAY, HOUR, MINUTE or SECOND')
    return word.toLowerCase()
  }
  const from = unit()
  return { kind: 'interval', at, value, negative, from, ...(cursor.words('TO') ? { to: unit() } : {}) }
}
