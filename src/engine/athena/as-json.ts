import { Fault } from '../../fault/index.js'
import type { Column } from '../relation.js'
import { tokensOf, type Token } from '../sql/lexer.js'
import { quotedName } from '../sql/quote.js'
import { textType, typeNamed } from './cells.js'

/** A statement whose arrays, maps and rows come as JSON, and how many lines stand before it. */
export interface AsJson {
  readonly sql: string
  readonly linesBefore: number
}

/**
 * Athena gives arrays, maps and rows as `[a, b]` and `{k=v}`, where nobody can tell `a, b` from two. So it is asked for JSON in their
 * place: around the statement, or within its select list where its rows have an order, which a subquery would lose.
 */
export function asJson(sql: string, columns: readonly Column[]): AsJson {
  if (columns.every(({ type }) => typeNamed(type) === undefined)) return { sql, linesBefore: 0 }
  if (columns.some(({ name }) => name === '')) throw nameless()
  const tokens = tokensOf(sql, 0, 'query').tokens.filter(({ raw }) => raw !== ';')
  const outer = outermost(tokens)
  const order = outer.findIndex((token, i) => isWord(token, 'ORDER') && isWord(outer[i + 1], 'BY'))
  const ordered = outer[order]
  if (ordered === undefined) return { sql: around(sql.slice(0, tokens.at(-1)?.end), columns), linesBefore: 1 }
  checkOrder(outer.slice(order + 2), columns)
  const within = inSelectList(sql, tokens, outer, columns)
  if (within !== undefined) return { sql: within, linesBefore: 0 }
  // What is sorted is a UNION, DISTINCT or a star: its order is one of output columns, and may stand outside.
  return {
    sql: `${around(sql.slice(0, ordered.start), columns)}\n${sql.slice(ordered.start, tokens.at(-1)?.end)}`,
    linesBefore: 1,
  }
}

function around(sql: string, columns: readonly Column[]): string {
  const names = columns.map((_, i) => `c${i}`)
  const list = columns.map(({ name, type }, i) => `${jsonOf(names[i] ?? '', type)} AS ${quotedName(name)}`)
  return `SELECT ${list.join(', ')} FROM (\n${sql}\n) AS answer (${names.join(', ')})`
}

function jsonOf(expression: string, name: string): string {
  const type = typeNamed(name)
  return type === undefined ? expression : `json_format(CAST(CAST(${expression} AS ${textType(type)}) AS json))`
}

/** Each item of the select list, edited where it stands; undefined where that is no list of the columns, one by one. */
function inSelectList(
  sql: string,
  tokens: readonly Token[],
  outer: readonly Token[],
  columns: readonly Column[],
): string | undefined {
  const select = outer.findIndex(token => isWord(token, 'SELECT'))
  const isOne = !outer.some(token => ['UNION', 'INTERSECT', 'EXCEPT'].some(word => isWord(token, word)))
  if (select === -1 || !isOne || isWord(outer[select + 1], 'DISTINCT')) return undefined
  const from = outer.findIndex((token, i) => i > select && ['FROM', 'ORDER', 'WHERE'].some(word => isWord(token, word)))
  const [first, last] = [outer[select], outer[from]]
  if (!first || !last) return undefined
  const items = itemsOf(tokens.filter(({ start }) => start >= first.end && start < last.start))
  if (items.length !== columns.length) return undefined
  const edited = items.map((item, i) => {
    const [start, end] = [item[0]?.start ?? 0, (withoutAlias(item).at(-1) ?? item.at(-1))?.end ?? 0]
    const { name = '', type = '' } = columns[i] ?? {}
    if (typeNamed(type) === undefined) return sql.slice(start, item.at(-1)?.end)
    return `${jsonOf(sql.slice(start, end), type)} AS ${quotedName(name)}`
  })
  return `${sql.slice(0, first.end)} ${edited.join(', ')} ${sql.slice(last.start, tokens.at(-1)?.end)}`
}

function itemsOf(tokens: readonly Token[]): Token[][] {
  const items: Token[][] = [[]]
  const commas = new Set(outermost(tokens).filter(({ raw }) => raw === ','))
  for (const token of tokens) {
    if (commas.has(token)) items.push([])
    else items.at(-1)?.push(token)
  }
  return items
}

/** `a.b AS name`, `f(x) name` → the expression. */
function withoutAlias(item: readonly Token[]): readonly Token[] {
  const [before, last] = [item.at(-2), item.at(-1)]
  if (isWord(before, 'AS')) return item.slice(0, -2)
  const isName = last?.kind === 'quoted' || (last?.kind === 'word' && !isWord(last, 'END'))
  const isValue = before !== undefined && (before.kind !== 'symbol' || [')', ']'].includes(before.raw))
  return isName && isValue ? item.slice(0, -1) : item
}

/** The tokens that stand in no parentheses. */
function outermost(tokens: readonly Token[]): Token[] {
  let depth = 0
  return tokens.filter(({ raw, kind }) => {
    if (kind === 'symbol' && (raw === '(' || raw === '[')) depth += 1
    const isOuter = depth === 0
    if (kind === 'symbol' && (raw === ')' || raw === ']')) depth -= 1
    return isOuter
  })
}

/** Sorted by an array, a map or a row, the rows would be sorted by its JSON. */
function checkOrder(tokens: readonly Token[], columns: readonly Column[]): void {
  const limit = tokens.findIndex(token => ['LIMIT', 'OFFSET', 'FETCH'].some(word => isWord(token, word)))
  const keys = tokens.slice(0, limit === -1 ? undefined : limit)
  const structured = columns.flatMap(({ name, type }, i) => (typeNamed(type) ? [name.toLowerCase(), String(i + 1)] : []))
  const found = keys.find((token, i) => isKey(token, keys[i - 1]) && structured.includes(unquoted(token.raw).toLowerCase()))
  if (found === undefined) return
  throw new Fault({
    code: 'sql-refused',
    kind: 'usage',
    message: `ORDER BY ${found.raw} sorts by an array, a map or a row that is a column of the result`,
    where: 'athena',
    action: 'sort by something else, or sort in a subquery with a LIMIT',
  })
}

/** A number is the place of a column only where it is all of a key. */
const isKey = (token: Token, before: Token | undefined): boolean =>
  token.kind !== 'number' || before === undefined || before.raw === ','

const isWord = (token: Token | undefined, word: string): boolean => token?.kind === 'word' && token.raw.toUpperCase() === word

const unquoted = (raw: string): string => (raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw)

const nameless = (): Fault =>
  new Fault({
    code: 'sql-refused',
    kind: 'usage',
    message: 'the name of a column holds a comma, beside an array, a map or a row',
    where: 'athena',
    action: 'give the column another name: AS name',
  })
