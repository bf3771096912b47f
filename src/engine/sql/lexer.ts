import type { Place } from './fail.js'

/** Athena reads queries with Trino's grammar and DDL with Hive's, where a backslash escapes and `"` opens a string. */
export type Grammar = 'query' | 'ddl'

export interface Token {
  /** `binary` is X'…' and `unicode` U&'…'. A symbol may be a character that no grammar knows. */
  readonly kind: 'word' | 'number' | 'quoted' | 'string' | 'binary' | 'unicode' | 'symbol'
  /** The token as it stands in the text, quotes included. */
  readonly raw: string
  /** Offsets in the text; `end` is exclusive. */
  readonly start: number
  readonly end: number
}

export interface Tokens {
  readonly grammar: Grammar
  readonly tokens: readonly Token[]
  /** Where and why reading ended early. */
  readonly broken?: { readonly at: number; readonly message: string }
}

type Form = readonly [kind: Token['kind'] | 'blank', pattern: RegExp]

const BLANK: Form = ['blank', /(?:[ \t\r\n\ufeff]|--[^\r\n]*|\/\*[\s\S]*?\*\/)+/uy]
const WORD: Form = ['word', /[\p{L}_][\p{L}\p{N}_]*/uy]
const BACK_QUOTED: Form = ['quoted', /`(?:[^`]|``)*`/uy]
const ANYTHING: Form = ['symbol', /[\s\S]/uy]

/** What a token may be, the first that fits. */
const FORMS: Readonly<Record<Grammar, readonly Form[]>> = {
  query: [
    BLANK,
    ['unicode', /[uU]&'(?:[^']|'')*'/uy],
    ['binary', /[xX]'[^']*'/uy],
    WORD,
    ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/uy],
    ['string', /'(?:[^']|'')*'/uy],
    ['quoted', /"(?:[^"]|"")*"/uy],
    BACK_QUOTED,
    ['symbol', /\|\||<>|!=|<=|>=|->|=>|::/uy],
    ANYTHING,
  ],
  ddl: [
    BLANK,
    WORD,
    ['word', /\d+(?:\.\d+)?[\p{L}\p{N}_]*/uy],
    ['string', /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"/uy],
    BACK_QUOTED,
    ANYTHING,
  ],
}

/** What begins with one of these and is no more than that has no end. */
const OPENERS: Readonly<Record<string, string>> = { "'": 'a text', '"': 'a name in quotes', '`': 'a name in back-quotes' }

/** The tokens of `text` from the offset `from` on, without comments. What has no end ends the list and is told in `broken`. */
export function tokensOf(text: string, from: number, grammar: Grammar): Tokens {
  const tokens: Token[] = []
  for (let at = from; at < text.length;) {
    const [kind, end] = formAt(text, at, FORMS[grammar])
    const raw = text.slice(at, end)
    const opened = kind === 'symbol' ? (text.startsWith('/*', at) ? 'a comment' : OPENERS[raw]) : undefined
    if (opened !== undefined) {
      const opener = opened === 'a comment' ? '/*' : raw
      return { grammar, tokens, broken: { at, message: `${opened} that begins with ${opener} has no end` } }
    }
    if (kind !== 'blank') tokens.push({ kind, raw, start: at, end })
    at = end
  }
  return { grammar, tokens }
}

function formAt(text: string, at: number, forms: readonly Form[]): [kind: Form[0], end: number] {
  for (const [kind, pattern] of forms) {
    pattern.lastIndex = at
    if (pattern.test(text)) return [kind, pattern.lastIndex]
  }
  return ['symbol', at + 1]
}

/** Line and column of offsets in a text, both from 1. */
export function placesIn(text: string): (offset: number) => Place {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
  return offset => {
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
}

export const placeOf = (text: string, offset: number): Place => placesIn(text)(offset)

export function placeText({ line, column }: Place): string {
  return `line ${line}, column ${column}`
}
