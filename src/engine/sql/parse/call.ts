import { type Place, refuse } from '../fail.js'
import type { Call, Expression, FrameBound, Name, SortItem, WindowSpecification } from '../syntax.js'
import { type QueryCursor, reserved } from './cursor.js'

/** Reads `name(…)` with everything that may follow it: FILTER, IGNORE NULLS, OVER. */
export function parseCall(cursor: QueryCursor): Call {
  const at = cursor.at
  if (cursor.words('TRIM')) return trim(cursor, at)
  if (cursor.words('LISTAGG')) return listagg(cursor, at)
  const { kind, text } = cursor.peek()
  if (kind === 'name' && reserved.has(text.toUpperCase()) && !cursor.isWord('GROUPING')) {
    throw refuse('sql-refused', `${text.toUpperCase()}(…) is not among the forms that Weir knows.`, at)
  }
  const name = cursor.next().text.toLowerCase()
  return suffixed(
    cursor,
    cursor.inParentheses(() => callArguments(cursor, name, at)),
  )
}

function call(name: string, at: Place, items: readonly Expression[]): Call {
  return { kind: 'call', at, name, arguments: items, star: false, distinct: false, orderBy: [] }
}

function callArguments(cursor: QueryCursor, name: string, at: Place): Call {
  if (cursor.symbol('*')) return { ...call(name, at, []), star: true }
  if (cursor.isSymbol(')')) return call(name, at, [])
  const standard = cursor.attempt(() => standardArguments(cursor, name))
  if (standard) return call(name, at, standard)
  const distinct = cursor.words('DISTINCT')
  if (!distinct) cursor.words('ALL')
  const items = cursor.list(() => cursor.expression())
  const orderBy = cursor.words('ORDER', 'BY') ? parseSortItems(cursor) : []
  return { ...call(name, at, items), distinct, orderBy }
}

/** `substring(x FROM 2 FOR 3)` and `position(x IN y)`, as the arguments of the plain call. */
function standardArguments(cursor: QueryCursor, name: string): Expression[] | undefined {
  if (name !== 'substring' && name !== 'position') return undefined
  const first = cursor.value()
  if (!cursor.words(name === 'position' ? 'IN' : 'FROM')) return undefined
  const second = cursor.value()
  if (name === 'position') return [first, second]
  return cursor.words('FOR') ? [first, second, cursor.value()] : [first, second]
}

/** `TRIM([[LEADING | TRAILING | BOTH] [x] FROM] y)` as a call of trim, ltrim or rtrim. */
function trim(cursor: QueryCursor, at: Place): Call {
  return cursor.inParentheses(() => {
    const side = ['LEADING', 'TRAILING', 'BOTH'].find(word => cursor.words(word))
    const name = side === 'LEADING' ? 'ltrim' : side === 'TRAILING' ? 'rtrim' : 'trim'
    if (cursor.words('FROM')) return call(name, at, [cursor.value()])
    const first = cursor.value()
    if (cursor.words('FROM')) return call(name, at, [cursor.value(), first])
    if (side !== undefined) throw cursor.unexpected('FROM')
    return call(name, at, cursor.symbol(',') ? [first, cursor.value()] : [first])
  })
}

function listagg(cursor: QueryCursor, at: Place): Call {
  const inside = cursor.inParentheses(() => callArguments(cursor, 'listagg', at))
  cursor.expectWords('WITHIN', 'GROUP')
  const orderBy = cursor.inParentheses(() => {
    cursor.expectWords('ORDER', 'BY')
    return parseSortItems(cursor)
  })
  return suffixed(cursor, { ...inside, orderBy })
}

function suffixed(cursor: QueryCursor, base: Call): Call {
  const filter = cursor.isWord('FILTER') && cursor.isSymbol('(', 1) && cursor.words('FILTER')
  const filtered = filter
    ? cursor.inParentheses(() => {
        cursor.expectWords('WHERE')
        return { ...base, filter: cursor.expression() }
      })
    : base
  const nulls = cursor.words('IGNORE', 'NULLS') ? 'IGNORE' : cursor.words('RESPECT', 'NULLS') ? 'RESPECT' : undefined
  const withNulls = nulls ? ({ ...filtered, nulls } satisfies Call) : filtered
  if (!cursor.words('OVER')) return withNulls
  return { ...withNulls, over: cursor.isSymbol('(') ? parseWindow(cursor) : cursor.name() }
}

export function parseWindow(cursor: QueryCursor): WindowSpecification {
  const at = cursor.at
  return cursor.inParentheses(() => {
    const base: { base?: Name } =
      cursor.isName() && !['PARTITION', 'ROWS', 'RANGE', 'GROUPS'].some(word => cursor.isWord(word))
        ? { base: cursor.name() }
        : {}
    const partitionBy = cursor.words('PARTITION', 'BY') ? cursor.list(() => cursor.expression()) : []
    const orderBy = cursor.words('ORDER', 'BY') ? parseSortItems(cursor) : []
    const unit = (['ROWS', 'RANGE', 'GROUPS'] as const).find(word => cursor.words(word))
    if (unit === undefined) return { at, ...base, partitionBy, orderBy }
    if (!cursor.words('BETWEEN')) return { at, ...base, partitionBy, orderBy, frame: { unit, start: frameBound(cursor) } }
    const start = frameBound(cursor)
    cursor.expectWords('AND')
    return { at, ...base, partitionBy, orderBy, frame: { unit, start, end: frameBound(cursor) } }
  })
}

function frameBound(cursor: QueryCursor): FrameBound {
  if (cursor.words('UNBOUNDED', 'PRECEDING')) return { kind: 'unbounded preceding' }
  if (cursor.words('UNBOUNDED', 'FOLLOWING')) return { kind: 'unbounded following' }
  if (cursor.words('CURRENT', 'ROW')) return { kind: 'current row' }
  const value = cursor.expression()
  if (cursor.words('PRECEDING')) return { kind: 'preceding', value }
  if (cursor.words('FOLLOWING')) return { kind: 'following', value }
  throw cursor.unexpected('PRECEDING or FOLLOWING')
}

export function parseSortItems(cursor: QueryCursor): SortItem[] {
  return cursor.list(() => {
    const expression = cursor.expression()
    const descending = cursor.words('DESC')
    if (!descending) cursor.words('ASC')
    const nullsFirst = cursor.words('NULLS', 'FIRST')
    if (!nullsFirst) cursor.words('NULLS', 'LAST')
    return { expression, descending, nullsFirst }
  })
}
