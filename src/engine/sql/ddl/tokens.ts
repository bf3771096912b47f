import { tokenize, Dialect } from '@polyglot-sql/sdk'

/** Athena reads queries with Trino's grammar and DDL with Hive's, where a backslash escapes and `"` opens a string. */
export type Grammar = 'query' | 'ddl'

export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'symbol'
  /** The token as it stands in the text, quotes included. */
  readonly raw: string
  /** Offsets in the text, in UTF-16 units; `end` is exclusive. */
  readonly start: number
  readonly end: number
}

export interface Tokens {
  readonly grammar: Grammar
  readonly tokens: readonly Token[]
  /** Where and why reading ended early: an unterminated string, a character that no token begins with. */
  readonly broken?: { readonly at: number; readonly message: string }
}

const dialects = { query: Dialect.Trino, ddl: Dialect.Hive }

/** The tokens of `text` from the offset `from` on, without comments. What is broken ends the list and is told in `broken`. */
export function tokensOf(text: string, from: number, grammar: Grammar): Tokens {
  const rest = text.slice(from)
  const unitOf = unitsOf(rest)
  const result = tokenize(rest, dialects[grammar])
  if (result.success) {
    const tokens: Token[] = []
    for (const { span } of result.tokens ?? []) {
      const start = unitOf(span.start)
      tokens.push(...tokensAt(rest.slice(start, unitOf(span.end)), from + start, grammar))
    }
    const end = tokens.at(-1)?.end ?? from
    if (onlyBlank.test(text.slice(end))) return { grammar, tokens }
    return { grammar, tokens, broken: { at: end, message: 'a comment that begins with /* has no end' } }
  }
  const at = unitOf(result.errorStart ?? 0)
  const message = (result.error ?? 'the text cannot be read').replace(/^Tokenization error at line \d+, column \d+: /, '')
  const before = at > 0 ? tokensOf(text.slice(0, from + at), from, grammar).tokens : []
  return { grammar, tokens: before, broken: { at: from + at, message: message.toLowerCase() } }
}

/** White space and comments that have an end. */
const onlyBlank = /^(?:\s|\ufeff|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*$/

function tokensAt(raw: string, start: number, grammar: Grammar): Token[] {
  if (/^>+$/.test(raw))
    return Array.from(raw, (symbol, i) => ({ kind: 'symbol', raw: symbol, start: start + i, end: start + i + 1 }))
  return [{ kind: kindOf(raw, grammar), raw, start, end: start + raw.length }]
}

function kindOf(raw: string, grammar: Grammar): Token['kind'] {
  if (raw.startsWith("'")) return 'string'
  if (raw.startsWith('"')) return grammar === 'ddl' ? 'string' : 'quoted'
  if (raw.startsWith('`')) return 'quoted'
  return /^[\p{L}\p{N}_]/u.test(raw) ? 'word' : 'symbol'
}

/** The tokenizer counts characters; JavaScript counts UTF-16 units. */
function unitsOf(text: string): (character: number) => number {
  if (!/[\ud800-\udbff]/.test(text)) return character => character
  const units: number[] = []
  let unit = 0
  for (const character of text) {
    units.push(unit)
    unit += character.length
  }
  return character => units[character] ?? text.length
}

/** A place in a text as people count it. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** Line and column of an offset, both from 1. */
export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return { line, column: offset - before.lastIndexOf('\n') }
}

export function placeText({ line, column }: Place): string {
  return `line ${line}, column ${column}`
}
