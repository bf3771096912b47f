import { type Place, refuse } from '../fail.js'
import { placesIn, tokensOf, type Token as RawToken } from '../lexer.js'

export type TokenKind = 'name' | 'quoted' | 'string' | 'binary' | 'number' | 'symbol' | 'end'

/** A word of a statement. `text` is without quotes; names keep the case they were written in. */
export interface Token {
  readonly kind: TokenKind
  readonly text: string
  /** The text as it was written, and where it begins and ends. */
  readonly source: string
  readonly start: number
  readonly end: number
  readonly at: Place
}

const symbols = new Set([
  '(',
  ')',
  ',',
  '.',
  '[',
  ']',
  '+',
  '-',
  '*',
  '/',
  '%',
  '||',
  '=',
  '<>',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '->',
  ':',
  ';',
])
/** The tokens of a statement, an `end` last. What Trino's grammar does not know is refused. */
export function tokens(statement: string): Token[] {
  const { tokens: raw, broken } = tokensOf(statement, 0, 'query')
  const place = placesIn(statement)
  if (broken) throw refuse('sql-syntax', `${broken.message.charAt(0).toUpperCase()}${broken.message.slice(1)}.`, place(broken.at))
  const found = raw.map(token => {
    const at = place(token.start)
    const { kind, text } = judge(token, at)
    return { kind, text, source: token.raw, start: token.start, end: token.end, at }
  })
  found.forEach((token, i) => {
    const previous = found[i - 1]
    if (previous?.kind === 'number' && token.kind === 'name' && previous.end === token.start) {
      throw refuse('sql-syntax', `${previous.source}${token.source} is neither a number nor a name.`, previous.at)
    }
  })
  const [start, end] = [statement.length, statement.length]
  return [...found, { kind: 'end', text: '', source: 'the end of the statement', start, end, at: place(end) }]
}

function judge({ kind, raw }: RawToken, at: Place): { kind: TokenKind; text: string } {
  if (kind === 'string') return { kind, text: raw.slice(1, -1).replaceAll("''", "'") }
  if (kind === 'unicode') return { kind: 'string', text: unicode(raw.slice(3, -1).replaceAll("''", "'"), at) }
  if (kind === 'binary') return { kind, text: raw.slice(2, -1) }
  if (kind === 'number') return { kind, text: raw }
  if (kind === 'word') return { kind: 'name', text: raw }
  if (kind === 'quoted' && raw.startsWith('"')) return { kind, text: raw.slice(1, -1).replaceAll('""', '"') }
  if (symbols.has(raw)) return { kind: 'symbol', text: raw === '!=' ? '<>' : raw }
  throw refuse('sql-syntax', `${raw} is not something that Athena's SQL knows.`, at)
}

/** The text of U&'…', where a backslash stands before four hexadecimal digits, or + and six, or itself. */
function unicode(text: string, at: Place): string {
  return text.replace(/\\(?:([0-9a-f]{4})|\+([0-9a-f]{6})|(.?))/gi, (_, four?: string, six?: string, other?: string) => {
    const code = Number.parseInt(four ?? six ?? '', 16)
    if (other === '\\') return other
    if (code >= 0 && code <= 0x10ffff) return String.fromCodePoint(code)
    throw refuse('sql-syntax', `U&'${text}' holds a backslash that no character follows.`, at)
  })
}
