import { type Bound, quoted } from '../bind/bound.js'
import { type Place, refuse } from '../fail.js'
import { eastSql } from './offset.js'

/** A piece of a format: text as it is, one of strftime's letters, or the offset of the value's zone. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'part'; readonly specifier: string }
  | { readonly kind: 'offset'; readonly colon: boolean }

/** MySQL's letters, which date_format and date_parse use, as strftime's. Trino refuses the others, or they are not tested. */
const mysql: Readonly<Record<string, string>> = {
  a: '%a',
  b: '%b',
  c: '%-m',
  d: '%d',
  e: '%-d',
  f: '%f',
  H: '%H',
  h: '%I',
  I: '%I',
  i: '%M',
  j: '%j',
  k: '%-H',
  l: '%-I',
  M: '%B',
  m: '%m',
  p: '%p',
  r: '%I:%M:%S %p',
  S: '%S',
  s: '%S',
  T: '%H:%M:%S',
  v: '%V',
  W: '%A',
  x: '%G',
  Y: '%Y',
  y: '%y',
}

export function mysqlFormat(format: string, at: Place): Piece[] {
  const pieces: Piece[] = []
  for (const [written] of format.matchAll(/%(.)|[^%]+|%$/gsu)) {
    const letter = written.slice(1)
    const specifier = mysql[letter]
    if (!written.startsWith('%')) pieces.push({ kind: 'text', text: written })
    else if (specifier !== undefined) pieces.push({ kind: 'part', specifier })
    else if (/^[\p{L}\p{N}]$/u.test(letter))
      throw refuse('sql-function', `${written} in a date format is not among those that Weir knows.`, at)
    else pieces.push({ kind: 'text', text: letter })
  }
  return pieces
}

/** Joda's letters, which format_datetime and parse_datetime use. */
const joda: Readonly<Record<string, string>> = {
  y: '%Y',
  yyyy: '%Y',
  YYYY: '%Y',
  yy: '%y',
  M: '%-m',
  MM: '%m',
  MMM: '%b',
  MMMM: '%B',
  d: '%-d',
  dd: '%d',
  D: '%-j',
  DDD: '%j',
  E: '%a',
  EE: '%a',
  EEE: '%a',
  EEEE: '%A',
  e: '%u',
  a: '%p',
  H: '%-H',
  HH: '%H',
  h: '%-I',
  hh: '%I',
  m: '%-M',
  mm: '%M',
  s: '%-S',
  ss: '%S',
  SSS: '%g',
  xxxx: '%G',
  ww: '%V',
}

export function jodaFormat(format: string, at: Place): Piece[] {
  const pieces: Piece[] = []
  for (const [written] of format.matchAll(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+/gu)) {
    const specifier = joda[written]
    if (written === "''") pieces.push({ kind: 'text', text: "'" })
    else if (written.startsWith("'")) pieces.push({ kind: 'text', text: written.slice(1, -1).replaceAll("''", "'") })
    else if (specifier !== undefined) pieces.push({ kind: 'part', specifier })
    else if (written === 'Z' || written === 'ZZ') pieces.push({ kind: 'offset', colon: written === 'ZZ' })
    else if (/^[A-Za-z]/.test(written))
      throw refuse('sql-function', `${written} in a date format is not among those that Weir knows.`, at)
    else pieces.push({ kind: 'text', text: written })
  }
  return pieces
}

/** A clock written in a format; the value is asked for its zone's offset. */
export function strftime(clock: string, pieces: readonly Piece[], value: Bound): string {
  const parts = pieces.map(piece => {
    if (piece.kind === 'text') return quoted(piece.text)
    if (piece.kind === 'part') return `strftime(${clock}, '${piece.specifier}')`
    return `athena.offset_text(${eastSql(value)}, '${piece.colon ? ':' : ''}')`
  })
  const together = pieces.every(piece => piece.kind !== 'offset')
  if (together && pieces.length > 0) return `strftime(${clock}, ${quoted(pattern(pieces))})`
  return parts.length === 0 ? `CASE WHEN ${clock} IS NOT NULL THEN '' END` : `(${parts.join(' || ')})`
}

/** A text read in a format; the text must be of that form from end to end. */
export function strptime(text: string, pieces: readonly Piece[], at: Place): string {
  if (pieces.some(piece => piece.kind === 'offset'))
    throw refuse('sql-function', 'A zone in the text of a date is not among the forms that Weir knows.', at)
  const read = pattern(pieces)
  if (read.includes('%y')) return `athena.pivoted(strptime(${text}, ${quoted(read)}))`
  // Without a year it is 1970 in Trino and 1900 in DuckDB.
  return /%[YG]/.test(read) ? `strptime(${text}, ${quoted(read)})` : `strptime('1970 ' || ${text}, ${quoted(`%Y ${read}`)})`
}

function pattern(pieces: readonly Piece[]): string {
  return pieces
    .map(piece => (piece.kind === 'text' ? piece.text.replaceAll('%', '%%') : piece.kind === 'part' ? piece.specifier : ''))
    .join('')
}
