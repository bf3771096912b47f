import { Fault } from '../../../fault/index.js'
import { quotedName, stringValue } from './strings.js'
import { placeOf, placeText, type Token } from '../lexer.js'

/** Walks over the tokens of one statement. What is not as expected is a Fault `sql-syntax` that names the place. */
export class Cursor {
  #next = 0

  constructor(
    /** The whole script, so that places are told as they stand in it. */
    readonly text: string,
    readonly tokens: readonly Token[],
  ) {}

  get token(): Token | undefined {
    return this.tokens[this.#next]
  }

  /** Whether the next tokens are these keywords or symbols, in any case. */
  at(...words: readonly string[]): boolean {
    return words.every((word, i) => isWord(this.tokens[this.#next + i], word))
  }

  /** Steps over these keywords or symbols when they come next. */
  take(...words: readonly string[]): boolean {
    if (!this.at(...words)) return false
    this.#next += words.length
    return true
  }

  expect(...words: readonly string[]): void {
    for (const word of words) if (!this.take(word)) throw this.syntax(words.join(' '))
  }

  /** A name: a word, or quoted. Athena keeps names in lower case. */
  name(what: string): string {
    const { token } = this
    if (token === undefined) throw this.syntax(what)
    const named =
      token.kind === 'quoted' || token.raw.startsWith('"') ? quotedName(token.raw) : token.kind === 'word' ? token.raw : ''
    if (named === '') throw this.syntax(what)
    this.#next += 1
    return named.toLowerCase()
  }

  /** A table's or view's name; catalog and database before it are read and left out, as Weir has one of each. */
  relation(what: string): string {
    let name = this.name(what)
    while (this.take('.')) name = this.name(what)
    return name
  }

  string(what: string): string {
    const { token } = this
    if (token?.kind !== 'string') throw this.syntax(`${what} in quotes`)
    this.#next += 1
    return stringValue(token.raw)
  }

  /** A plain number, as it was written. */
  digits(what: string): string {
    const { token } = this
    if (token === undefined || !/^\d+$/.test(token.raw)) throw this.syntax(what)
    this.#next += 1
    return token.raw
  }

  /** `( item, item … )`, at least one. */
  list<Item>(item: () => Item): Item[] {
    this.expect('(')
    const items = [item()]
    while (this.take(',')) items.push(item())
    this.expect(')')
    return items
  }

  /** Everything that is left, as it was written. */
  rest(what: string): string {
    const { token } = this
    const last = this.tokens.at(-1)
    if (token === undefined || last === undefined) throw this.syntax(what)
    this.#next = this.tokens.length
    return this.text.slice(token.start, last.end)
  }

  end(expected = 'the end of the statement'): void {
    if (this.token !== undefined) throw this.syntax(expected)
  }

  syntax(expected: string): Fault {
    const found = this.token === undefined ? 'the statement ends' : `${this.token.raw} stands`
    return new Fault({
      code: 'sql-syntax',
      kind: 'usage',
      message: `${found} where ${expected} belongs`,
      where: this.where(),
      expected,
    })
  }

  /** A statement, or a part of one, that is well-formed and that Weir does not carry out. */
  refused(message: string, expected: string, action?: string): Fault {
    const detail = { code: 'sql-refused', kind: 'usage', message, where: this.where(), expected } as const
    return new Fault(action === undefined ? detail : { ...detail, action })
  }

  where(): string {
    return placeText(placeOf(this.text, this.token?.start ?? this.tokens.at(-1)?.end ?? 0))
  }
}

export function isWord(token: Token | undefined, word: string): boolean {
  return token !== undefined && (token.kind === 'word' || token.kind === 'symbol') && token.raw.toUpperCase() === word
}
