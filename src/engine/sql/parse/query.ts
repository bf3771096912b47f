import { refuse } from '../fail.js'
import type { Alias, Expression, Grouping, Name, Query, QueryBody, Select, SelectItem, SortItem, Source } from '../syntax.js'
import { parseSortItems, parseWindow } from './call.js'
import { QueryCursor } from './cursor.js'
import { parseExpression, parseValue } from './expression.js'
import { parsePrimary } from './primary.js'
import { tokens } from './tokens.js'

/** Reads one statement that must be a query; a semicolon may end it. */
export function parseStatement(statement: string): Query {
  const cursor = new QueryCursor(tokens(statement), { expression: parseExpression, value: parseValue, query: parseQuery })
  if (!cursor.startsQuery()) {
    const { at, source, kind } = cursor.peek()
    const message = kind === 'end' ? 'The statement is empty.' : `A query begins with SELECT, WITH or VALUES, not with ${source}.`
    throw refuse(kind === 'end' ? 'sql-syntax' : 'sql-refused', message, at)
  }
  const query = parseQuery(cursor)
  cursor.symbol(';')
  if (cursor.peek().kind !== 'end') {
    if (cursor.isSymbol(';', -1)) throw refuse('sql-refused', 'A query is one statement; here follows another.', cursor.at)
    throw cursor.unexpected('the end of the query')
  }
  return query
}

export function parseQuery(cursor: QueryCursor): Query {
  const at = cursor.at
  if (!cursor.words('WITH')) return { ...queryTail(cursor, setOperations(cursor)), at, recursive: false, with: [] }
  const recursive = cursor.words('RECURSIVE')
  const named = cursor.list(() => {
    const name = cursor.name()
    const columns = cursor.isSymbol('(') ? cursor.inParentheses(() => cursor.list(() => cursor.name())) : []
    cursor.expectWords('AS')
    return { name, columns, query: cursor.inParentheses(() => parseQuery(cursor)) }
  })
  return { ...queryTail(cursor, setOperations(cursor)), at, recursive, with: named }
}

type Tail = { body: QueryBody; orderBy: readonly SortItem[]; offset?: Expression; limit?: Expression }

function queryTail(cursor: QueryCursor, body: QueryBody): Tail {
  const orderBy = cursor.words('ORDER', 'BY') ? parseSortItems(cursor) : []
  const offset: { offset?: Expression } = cursor.words('OFFSET') ? { offset: rowCount(cursor) } : {}
  if (offset.offset && !cursor.words('ROWS')) cursor.words('ROW')
  if (cursor.words('LIMIT')) {
    if (cursor.words('ALL')) return { body, orderBy, ...offset }
    const limit = rowCount(cursor)
    if (cursor.isWord('OFFSET')) throw refuse('sql-syntax', 'OFFSET stands before LIMIT.', cursor.at)
    return { body, orderBy, ...offset, limit }
  }
  if (cursor.words('FETCH')) {
    if (!cursor.words('FIRST')) cursor.expectWords('NEXT')
    const at = cursor.at
    const limit: Expression = cursor.isWord('ROW') || cursor.isWord('ROWS') ? { kind: 'number', at, text: '1' } : rowCount(cursor)
    if (!cursor.words('ROWS')) cursor.expectWords('ROW')
    if (cursor.isWord('WITH'))
      throw refuse('sql-refused', 'FETCH FIRST … WITH TIES is not among the forms that Weir knows.', cursor.at)
    cursor.expectWords('ONLY')
    return { body, orderBy, ...offset, limit }
  }
  return { body, orderBy, ...offset }
}

function rowCount(cursor: QueryCursor): Expression {
  if (cursor.peek().kind === 'number' || cursor.isSymbol(':')) return parsePrimary(cursor)
  throw cursor.unexpected('a number of rows')
}

/** INTERSECT binds tighter than UNION and EXCEPT, which go from left to right. */
function setOperations(cursor: QueryCursor): QueryBody {
  return setOperation(cursor, ['UNION', 'EXCEPT'], () => setOperation(cursor, ['INTERSECT'], () => queryPrimary(cursor)))
}

function setOperation(
  cursor: QueryCursor,
  operators: readonly ('UNION' | 'EXCEPT' | 'INTERSECT')[],
  read: () => QueryBody,
): QueryBody {
  let left = read()
  for (;;) {
    const at = cursor.at
    const operator = operators.find(word => cursor.words(word))
    if (operator === undefined) return left
    const all = cursor.words('ALL')
    if (!all) cursor.words('DISTINCT')
    left = { kind: 'set', at, operator, all, left, right: read() }
  }
}

function queryPrimary(cursor: QueryCursor): QueryBody {
  const at = cursor.at
  if (cursor.isSymbol('(')) return { kind: 'nested', at, query: cursor.inParentheses(() => parseQuery(cursor)) }
  if (cursor.words('VALUES')) return { kind: 'values', at, rows: cursor.list(() => cursor.expression()) }
  if (cursor.words('TABLE')) {
    const from: Source = { kind: 'table', at, parts: qualifiedName(cursor) }
    return {
      kind: 'select',
      at,
      distinct: false,
      items: [{ kind: 'star', at, qualifier: [] }],
      from: [from],
      groupBy: [],
      windows: [],
    }
  }
  return parseSelect(cursor)
}

function parseSelect(cursor: QueryCursor): Select {
  const at = cursor.at
  cursor.expectWords('SELECT')
  const distinct = cursor.words('DISTINCT')
  if (!distinct) cursor.words('ALL')
  const items = cursor.list(() => selectItem(cursor))
  const from = cursor.words('FROM') ? cursor.list(() => joins(cursor)) : []
  const where = cursor.words('WHERE') ? { where: cursor.expression() } : {}
  const groupBy = cursor.words('GROUP', 'BY') ? groupings(cursor) : []
  const having = cursor.words('HAVING') ? { having: cursor.expression() } : {}
  const windows = cursor.words('WINDOW')
    ? cursor.list(() => {
        const name = cursor.name()
        cursor.expectWords('AS')
        return { name, specification: parseWindow(cursor) }
      })
    : []
  return { kind: 'select', at, distinct, items, from, ...where, groupBy, ...having, windows }
}

function selectItem(cursor: QueryCursor): SelectItem {
  const at = cursor.at
  if (cursor.symbol('*')) return { kind: 'star', at, qualifier: [] }
  const qualifier = cursor.attempt(() => {
    const parts: Name[] = []
    while (cursor.isName() && cursor.isSymbol('.', 1)) {
      parts.push(cursor.name())
      cursor.next()
    }
    return parts.length > 0 && cursor.symbol('*') ? parts : undefined
  })
  if (qualifier) return { kind: 'star', at, qualifier }
  const item = cursor.expression()
  if (cursor.words('AS') || isAlias(cursor)) return { kind: 'expression', at, expression: item, alias: cursor.name() }
  return { kind: 'expression', at, expression: item }
}

/** Whether a name comes next that is no clause: LIMIT, OFFSET, FETCH and WINDOW are not reserved in Trino. */
function isAlias(cursor: QueryCursor): boolean {
  if (cursor.isWord('LIMIT') || cursor.isWord('OFFSET')) return !startsRowCount(cursor)
  if (cursor.isWord('FETCH')) return !cursor.isWord('FIRST', 1) && !cursor.isWord('NEXT', 1)
  if (cursor.isWord('WINDOW')) return !(cursor.isName(1) && cursor.isWord('AS', 2))
  return cursor.isName()
}

function startsRowCount(cursor: QueryCursor): boolean {
  return cursor.peek(1).kind === 'number' || cursor.isSymbol(':', 1) || cursor.isWord('ALL', 1)
}

function groupings(cursor: QueryCursor): Grouping[] {
  if (cursor.isWord('DISTINCT'))
    throw refuse('sql-refused', 'GROUP BY DISTINCT is not among the forms that Weir knows.', cursor.at)
  cursor.words('ALL')
  return cursor.list((): Grouping => {
    const at = cursor.at
    const kind = cursor.words('ROLLUP')
      ? 'rollup'
      : cursor.words('CUBE')
        ? 'cube'
        : cursor.words('GROUPING', 'SETS')
          ? 'sets'
          : undefined
    if (kind) return { kind, at, sets: cursor.inParentheses(() => cursor.list(() => groupingSet(cursor))) }
    if (cursor.isSymbol('(') && cursor.isSymbol(')', 1)) return { kind: 'simple', at, items: groupingSet(cursor) }
    const item = cursor.expression()
    return { kind: 'simple', at, items: item.kind === 'row' ? item.items : [item] }
  })
}

function groupingSet(cursor: QueryCursor): readonly Expression[] {
  if (cursor.isSymbol('(') && cursor.isSymbol(')', 1)) {
    cursor.next()
    cursor.next()
    return []
  }
  const item = cursor.expression()
  return item.kind === 'row' ? item.items : [item]
}

function joins(cursor: QueryCursor): Source {
  let left = source(cursor)
  for (;;) {
    const at = cursor.at
    if (cursor.isWord('NATURAL'))
      throw refuse('sql-refused', 'NATURAL JOIN is not among the forms that Weir knows: name the columns with USING.', at)
    if (cursor.words('CROSS', 'JOIN')) {
      left = { kind: 'join', at, type: 'CROSS', left, right: source(cursor) }
      continue
    }
    const side = (['LEFT', 'RIGHT', 'FULL'] as const).find(word => cursor.words(word))
    if (side) cursor.words('OUTER')
    if (side || cursor.isWord('INNER') || cursor.isWord('JOIN')) {
      cursor.words('INNER')
      cursor.expectWords('JOIN')
      const right = joinedSource(cursor)
      left = { kind: 'join', at, type: side ?? 'INNER', left, right, ...joinCondition(cursor) }
    } else return left
  }
}

/** `a JOIN b JOIN c ON … ON …`: what is joined may itself be a join when two conditions follow. */
function joinedSource(cursor: QueryCursor): Source {
  const right = source(cursor)
  const follows = ['ON', 'USING'].some(word => cursor.isWord(word))
  if (!follows) throw cursor.unexpected('ON or USING')
  return right
}

function joinCondition(cursor: QueryCursor): { on: Expression } | { using: readonly Name[] } {
  if (cursor.words('ON')) return { on: cursor.expression() }
  cursor.expectWords('USING')
  return { using: cursor.inParentheses(() => cursor.list(() => cursor.name())) }
}

function source(cursor: QueryCursor): Source {
  const at = cursor.at
  if (cursor.isWord('UNNEST') && cursor.isSymbol('(', 1)) {
    cursor.next()
    const items = cursor.inParentheses(() => cursor.list(() => cursor.expression()))
    const ordinality = cursor.words('WITH', 'ORDINALITY')
    return { kind: 'unnest', at, items, ordinality, ...alias(cursor) }
  }
  if (cursor.isWord('LATERAL') && cursor.isSymbol('(', 1)) {
    cursor.next()
    return { kind: 'derived', at, lateral: true, query: cursor.inParentheses(() => parseQuery(cursor)), ...alias(cursor) }
  }
  if (cursor.isSymbol('(')) {
    const query = cursor.attempt(() => {
      if (!cursor.startsQuery()) return undefined
      cursor.next()
      const inner = parseQuery(cursor)
      return cursor.symbol(')') ? inner : undefined
    })
    if (query) return { kind: 'derived', at, lateral: false, query, ...alias(cursor) }
    const inner = cursor.inParentheses(() => joins(cursor))
    if (alias(cursor).alias) throw refuse('sql-refused', 'A join in parentheses takes no name.', at)
    return inner
  }
  if (cursor.isSymbol('(', 1))
    throw refuse('sql-refused', `${cursor.peek().source}(…) cannot stand in FROM.`, at, {
      expected: 'a relation, a query, UNNEST or LATERAL',
    })
  if (cursor.peek().kind === 'string')
    throw refuse('sql-relation', 'A text in quotes is not a relation.', at, { expected: 'the name of a relation' })
  const parts = qualifiedName(cursor)
  for (const form of ['TABLESAMPLE', 'FOR', 'MATCH_RECOGNIZE']) {
    if (cursor.isWord(form))
      throw refuse('sql-refused', `${form} after a relation is not among the forms that Weir knows.`, cursor.at)
  }
  return { kind: 'table', at, parts, ...alias(cursor) }
}

function qualifiedName(cursor: QueryCursor): Name[] {
  const parts = [cursor.name()]
  while (cursor.symbol('.')) parts.push(cursor.name())
  return parts
}

function alias(cursor: QueryCursor): { alias?: Alias } {
  const explicit = cursor.words('AS')
  if (!explicit && !isAlias(cursor)) return {}
  const name = cursor.name()
  const columns = cursor.isSymbol('(') ? cursor.inParentheses(() => cursor.list(() => cursor.name())) : []
  return { alias: { name, columns } }
}
