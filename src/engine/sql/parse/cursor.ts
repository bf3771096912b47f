import { type Place, refuse } from '../fail.js'
import type { Expression, Name, Query } from '../syntax.js'
import type { Token } from './tokens.js'

/** Trino's reserved words: as a name they need quotes. */
export const reserved = new Set(
  `ALTER AND AS BETWEEN BY CASE CAST CONSTRAINT CREATE CROSS CUBE CURRENT_CATALOG CURRENT_DATE CURRENT_PATH CURRENT_ROLE
  CURRENT_SCHEMA CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DEALLOCATE DELETE DESCRIBE DISTINCT DROP ELSE END ESCAPE EXCEPT
  EXECUTE EXISTS EXTRACT FALSE FOR FROM FULL GROUP GROUPING HAVING IN INNER INSERT INTERSECT INTO IS JOIN JSON_ARRAY JSON_EXISTS
  JSON_OBJECT JSON_QUERY JSON_TABLE JSON_VALUE LEFT LIKE LISTAGG LOCALTIME LOCALTIMESTAMP NATURAL NORMALIZE NOT NULL ON OR ORDER
  OUTER PREPARE RECURSIVE RIGHT ROLLUP SELECT SKIP TABLE THEN TRIM TRUE UESCAPE UNION UNNEST USING VALUES WHEN WHERE WITH`.split(
    /\s+/,
  ),
)

/** Walks over tokens. Words are asked for in upper case and match without regard to it. */
export class Cursor {
  private position = 0

  constructor(private readonly tokens: readonly Token[]) {}

  peek(ahead = 0): Token {
    const token = this.tokens[Math.min(this.position + ahead, this.tokens.length - 1)]
    if (token === undefined) throw refuse('sql-syntax', 'The statement is empty.', undefined)
    return token
  }

  get at(): Place {
    return this.peek().at
  }

  next(): Token {
    const token = this.peek()
    this.position++
    return token
  }

  /** Tries a way to read on, and goes back when it gives nothing. */
  attempt<T>(read: () => T | undefined): T | undefined {
    const start = this.position
    const result = read()
    if (result === undefined) this.position = start
    return result
  }

  isWord(word: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'name' && token.text.toUpperCase() === word
  }

  isSymbol(symbol: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'symbol' && token.text === symbol
  }

  /** Takes the words when all of them come next, in this order. */
  words(...words: readonly string[]): boolean {
    if (!words.every((word, i) => this.isWord(word, i))) return false
    this.position += words.length
    return true
  }

  symbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false
    this.position++
    return true
  }

  expectWords(...words: readonly string[]): void {
    for (const word of words) if (!this.words(word)) throw this.unexpected(word)
  }

  expectSymbol(symbol: string): void {
    if (!this.symbol(symbol)) throw this.unexpected(symbol)
  }

  /** Whether a name that is not reserved, or a quoted one, comes next. */
  isName(ahead = 0): boolean {
    const { kind, text } = this.peek(ahead)
    return kind === 'quoted' || (kind === 'name' && !reserved.has(text.toUpperCase()))
  }

  name(): Name {
    if (!this.isName()) throw this.unexpected('a name')
    const { text, kind, at } = this.next()
    return { text, quoted: kind === 'quoted', at }
  }

  integer(): number {
    const token = this.peek()
    if (token.kind !== 'number' || !/^\d+$/.test(token.text)) throw this.unexpected('a whole number')
    this.position++
    return Number(token.text)
  }

  string(): string {
    if (this.peek().kind !== 'string') throw this.unexpected('a text in quotes')
    return this.next().text
  }

  /** One or more things with commas between them. */
  list<T>(read: () => T): T[] {
    const items = [read()]
    while (this.symbol(',')) items.push(read())
    return items
  }

  unexpected(expected: string) {
    const token = this.peek()
    const isReserved = token.kind === 'name' && reserved.has(token.text.toUpperCase())
    return refuse('sql-syntax', `${token.source} is not expected here.`, token.at, {
      expected,
      ...(isReserved && expected === 'a name'
        ? { action: `${token.text} is a reserved word: as a name write "${token.text.toLowerCase()}"` }
        : {}),
    })
  }
}

/** The parts of the grammar that use each other: an expression may hold a query, and a query expressions. */
export interface Grammar {
  expression(cursor: QueryCursor): Expression
  value(cursor: QueryCursor): Expression
  query(cursor: QueryCursor): Query
}

export class QueryCursor extends Cursor {
  constructor(
    tokens: readonly Token[],
    private readonly grammar: Grammar,
  ) {
    super(tokens)
  }

  /** Any expression. */
  expression(): Expression {
    return this.grammar.expression(this)
  }

  /** What a predicate compares: an expression without AND, OR, NOT and predicates on its outside. */
  value(): Expression {
    return this.grammar.value(this)
  }

  query(): Query {
    return this.grammar.query(this)
  }

  inParentheses<T>(read: () => T): T {
    this.expectSymbol('(')
    const inside = read()
    this.expectSymbol(')')
    return inside
  }

  /** Whether a query comes next rather than an expression, behind any number of parentheses. */
  startsQuery(): boolean {
    let ahead = 0
    while (this.isSymbol('(', ahead)) ahead++
    return ['SELECT', 'WITH', 'VALUES', 'TABLE'].some(word => this.isWord(word, ahead))
  }
}
