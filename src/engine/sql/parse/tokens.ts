import { Dialect, tokenize } from '@polyglot-sql/sdk'
import { type Place, refuse } from '../fail.js'

export type TokenKind = 'name' | 'quoted' | 'string' | 'binary' | 'number' | 'symbol' | 'end'

/** A word of a statement. `text` is without quotes; names keep the case they were written in. */
export interface Token {
  readonly kind: TokenKind
  readonly text: string
  /** The text as it was written, and where it begins and ends, in code points. */
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
/** White space and comments that have an end. */
const blank = /^(?:\s|\ufeff|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*$/
const number = /^(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i
const name = /^[\p{L}_][\p{L}\p{N}_]*$/u

/**
 * The tokens of a statement as Trino's lexer sees them, an `end` last. The tokenizer below takes more than Trino does
 * (escape strings, dollar quotes, back-quotes): every token is judged by the text that it stands for, and refused otherwise.
 */
export function tokens(statement: string): Token[] {
  const letters = Array.from(statement)
  const place = placeFinder(letters)
  const result = tokenize(statement, Dialect.Trino)
  if (!result.success) {
    throw refuse('sql-syntax', firstLine(result.error ?? 'The statement cannot be read.'), place(result.errorStart ?? 0))
  }
  const found = (result.tokens ?? []).map(({ text, span: { start, end } }) => {
    const at = place(start)
    const source = letters.slice(start, end).join('')
    return { ...judge(source, text, at), source, start, end, at }
  })
  found.forEach((token, i) => {
    const previous = found[i - 1]
    if (previous?.kind === 'number' && token.kind === 'name' && previous.end === token.start) {
      throw refuse('sql-syntax', `${previous.source}${token.source} is neither a number nor a name.`, previous.at)
    }
  })
  const rest = letters.slice(found.at(-1)?.end ?? 0).join('')
  if (!blank.test(rest)) throw refuse('sql-syntax', 'A comment that begins with /* has no end.', place(found.at(-1)?.end ?? 0))
  const at = place(letters.length)
  return [...found, { kind: 'end', text: '', source: 'the end of the statement', start: letters.length, end: letters.length, at }]
}

function judge(source: string, text: string, at: Place): { kind: TokenKind; text: string } {
  if (source.startsWith("'")) return { kind: 'string', text: source.slice(1, -1).replaceAll("''", "'") }
  if (source.startsWith('"')) return { kind: 'quoted', text: source.slice(1, -1).replaceAll('""', '"') }
  if (/^u&'/i.test(source)) return { kind: 'string', text: unicode(source.slice(3, -1).replaceAll("''", "'"), at) }
  if (/^x'/i.test(source)) return { kind: 'binary', text }
  if (symbols.has(source)) return { kind: 'symbol', text: source === '!=' ? '<>' : source }
  if (number.test(source)) return { kind: 'number', text: source }
  if (name.test(source)) return { kind: 'name', text: source }
  throw refuse('sql-syntax', `${source} is not something that Athena's SQL knows.`, at)
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

/** Line and column, both from 1, of an offset in code points. */
function placeFinder(letters: readonly string[]): (offset: number) => Place {
  const lines = [0]
  letters.forEach((letter, i) => {
    if (letter === '\n') lines.push(i + 1)
  })
  return offset => {
    const line = lines.findLastIndex(start => start <= offset)
    return { line: line + 1, column: offset - (lines[line] ?? 0) + 1 }
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text
}
