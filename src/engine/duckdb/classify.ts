import { FIELDS, isNoName, isPlace, LATEST, LONGEST_PLACE, type Field, type FieldKind, type Layout } from '../../format/index.js'
import { SPOILT, WRAPPED_AT } from '../../source/index.js'
import { quoted } from './literal.js'

/**
 * What a line is; `record`, `nodata` and `skipdata` are rows of `records`. A `misread` line says that its file cannot be read as it
 * is: a header that changes the layout, more than one space between fields, or JSON of another kind than in the lines before it.
 */
export const LINE_CLASSES = ['record', 'nodata', 'skipdata', 'header', 'misread', 'quarantined', 'blank'] as const
export type LineClass = (typeof LINE_CLASSES)[number]

export const CLASS: Readonly<Record<LineClass, number>> = {
  record: 0,
  nodata: 1,
  skipdata: 2,
  header: 3,
  misread: 4,
  quarantined: 5,
  blank: 6,
}

/** How the tokens of a line are told apart: SQL expressions over `line`, `message`, `tokens` and the typed column of a field. */
export const tokenOf = (index: number): string => `tokens[${index + 1}]`
export const typedOf = (index: number): string => `t${index}`

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])'
const HEXTET = '[0-9a-fA-F]{1,4}'
const IPV4 = `(?:${OCTET}[.]){3}${OCTET}`
const MAC = '(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}'

/** The forms of RFC 4291, section 2.2: eight groups, or `::` once in place of some, the last two groups maybe as IPv4. */
const IPV6 = [
  '(?:H:){7}H',
  '(?:H:){1,7}:',
  ...[1, 2, 3, 4, 5, 6].map(before => `(?:H:){1,${before}}(?::H){1,${7 - before}}`),
  ':(?:(?::H){1,7}|:)',
  '(?:H:){6}V4',
  '::(?:H:){0,5}V4',
  ...[1, 2, 3, 4, 5].map(before => `(?:H:){1,${before}}(?::H){0,${5 - before}}:V4`),
]
  .join('|')
  .replaceAll('H', HEXTET)
  .replaceAll('V4', IPV4)

/** An address in a token: IPv4, IPv6, or the MAC address of an EFA interface. */
const ADDRESS = `^(?:${IPV4}|${IPV6}|${MAC})$`

/** What a token of a kind must look like, and how that is said of one that does not. */
const SHAPES: Readonly<Record<FieldKind, { readonly is: (token: string, typed: string) => string; readonly expected: string }>> =
  {
    integer: { is: wholeNumber, expected: 'a whole number' },
    bigint: { is: wholeNumber, expected: 'a whole number' },
    count: { is: wholeNumber, expected: 'a whole number' },
    port: { is: wholeNumber, expected: 'a port from 0 to 65535' },
    protocol: { is: wholeNumber, expected: 'a protocol number from 0 to 255' },
    time: {
      is: (token, typed) => `(${wholeNumber(token, typed)} AND ${typed} <= ${LATEST})`,
      expected: 'a time in Unix seconds',
    },
    address: { is: token => `regexp_matches(${token}, ${quoted(ADDRESS)})`, expected: 'an address' },
    action: { is: token => `${token} IN ('ACCEPT', 'REJECT')`, expected: 'ACCEPT or REJECT' },
    status: { is: token => `${token} IN ('OK', 'NODATA', 'SKIPDATA')`, expected: 'OK, NODATA or SKIPDATA' },
    text: { is: token => `${token} <> ''`, expected: 'some text' },
  }

/** The name of a place becomes that of a folder. */
const PLACE = {
  is: (token: string): string => `(${token} <> '' AND strlen(${token}) <= ${LONGEST_PLACE})`,
  expected: 'the name of an account or region',
}

const shapeOf = (field: Field): (typeof SHAPES)[FieldKind] => (isPlace(field) ? PLACE : SHAPES[field.kind])

function wholeNumber(token: string, typed: string): string {
  return `(${typed} IS NOT NULL AND regexp_matches(${token}, '^[0-9]+$'))`
}

const indexOf = (layout: Layout, name: string): number => layout.findIndex(field => field.name === name)

/** Known names in every spelling that a header may use, folded as `fieldNamed` folds them. */
const FOLDED_NAMES = FIELDS.map(field => field.name.replaceAll('-', ''))

const headerNames = (separator: string): string =>
  `list_transform(string_split(regexp_replace(trim(message), ${quoted(separator === ' ' ? '\\s+' : separator)}, ' ', 'g'), ' '), ` +
  `lambda name: regexp_replace(lower(replace(replace(name, '-', ''), '_', '')), '^(start|end)time$', '\\1'))`

/** Whether the line is a header at all, and whether it is that of its layout. */
function headerClass(layout: Layout, separator: string, misread: number): string {
  const own = layout.map(field => quoted(field.name.replaceAll(/[-_]/g, '').toLowerCase())).join(', ')
  const known = FOLDED_NAMES.map(quoted).join(', ')
  const names = headerNames(separator)
  return `CASE
      WHEN NOT regexp_matches(message, '^\\s*[A-Za-z][A-Za-z0-9_-]*([\\s,]+[A-Za-z][A-Za-z0-9_-]*)*\\s*$') THEN NULL
      WHEN ${names} = [${own}] THEN ${CLASS.header}
      WHEN len(list_filter(${names}, lambda name: name IN (${known}))) * 2 >= len(${names})
       AND len(list_filter(${names}, lambda name: name IN (${known}))) >= least(2, len(${names})) THEN ${misread}
    END`
}

/** The exact class of a line, whatever it is: slow, and right. */
export function exactClass(
  layout: Layout | undefined,
  { separator, messages, json, rewritten }: { separator: string; messages: boolean; json: boolean; rewritten: boolean },
): string {
  const misread = rewritten ? CLASS.quarantined : CLASS.misread
  const blank = `line IS NULL OR NOT regexp_matches(line, '[^ \\t]')`
  if (!layout) return `CASE WHEN ${blank} THEN ${CLASS.blank} ELSE ${CLASS.quarantined} END`
  const status = indexOf(layout, 'log-status')
  const telling = layout.map((field, i) => (TELLING.has(field.name) ? `${tokenOf(i)} = '-'` : '')).filter(Boolean)
  return `CASE
    WHEN ${blank} THEN ${CLASS.blank}
    ${json ? `WHEN message IS NULL AND ${IS_WRAPPED} THEN ${misread}` : ''}
    WHEN message IS NULL THEN ${CLASS.quarantined}
    ${messages ? `WHEN message = 'message' THEN ${CLASS.header}` : ''}
    WHEN (${headerClass(layout, separator, misread)}) IS NOT NULL THEN ${headerClass(layout, separator, misread)}
    WHEN len(tokens) <> ${layout.length} AND len(string_split(regexp_replace(trim(message), '\\s+', ' ', 'g'), ' ')) = ${layout.length} THEN ${misread}
    WHEN (${reason(layout)}) IS NOT NULL THEN ${CLASS.quarantined}
    ${status < 0 ? '' : `WHEN ${tokenOf(status)} = 'NODATA' THEN ${CLASS.nodata} WHEN ${tokenOf(status)} = 'SKIPDATA' THEN ${CLASS.skipdata}`}
    ${status < 0 && telling.length > 2 ? `WHEN ${telling.join(' AND ')} THEN ${CLASS.nodata}` : ''}
    ELSE ${CLASS.record}
  END`
}

/** Whether a line of JSON without a message is another wrapping. */
const IS_WRAPPED = `CASE WHEN json_valid(line) THEN list_bool_or(json_exists(line, [${WRAPPED_AT.map(quoted).join(', ')}])) ELSE false END`

/** Where a layout has no log-status, a line that says nothing of these reports an interval without data. */
const TELLING = new Set(['srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol', 'packets', 'bytes', 'action'])

/**
 * Why a line is no record, as a sentence with the token in it; NULL where nothing is wrong with it. What stands in the traffic
 * fields of NODATA and SKIPDATA lines says nothing and is let be.
 */
export function reason(layout: Layout | undefined): string {
  const spoilt = `WHEN contains(message, ${quoted(SPOILT)}) THEN replace(regexp_extract(message, '<weir:([^>]*)>$', 1), '-', ' ')`
  if (!layout) return `CASE ${spoilt} ELSE 'no header, and no known layout fits: give --fields' END`
  const [start, end, status] = [indexOf(layout, 'start'), indexOf(layout, 'end'), indexOf(layout, 'log-status')]
  const reports = status < 0 ? 'false' : `${tokenOf(status)} IN ('NODATA', 'SKIPDATA')`
  const wrong = layout.map((field, i) => {
    const token = tokenOf(i)
    const anything = field.kind === 'time' || field.kind === 'status' || isPlace(field) ? '' : `${reports} OR `
    return `WHEN NOT (${anything}${token} = '-' OR ${shapeOf(field).is(token, typedOf(i))}) THEN ${quoted(`${field.name} is not ${shapeOf(field).expected}: `)} || left(${token}, 60)`
  })
  return `CASE
    WHEN message IS NULL THEN 'no flow-log message in this line'
    ${spoilt}
    WHEN len(tokens) <> ${layout.length} THEN 'expected ${layout.length} fields, found ' || len(tokens)
    ${wrong.join('\n    ')}
    ${start >= 0 && end >= 0 ? `WHEN ${typedOf(end)} < ${typedOf(start)} THEN 'it ends before it starts'` : ''}
    ${status >= 0 ? `WHEN ${tokenOf(status)} = '-' THEN 'log-status is missing'` : ''}
  END`
}

const upTo = (digits: number): string => `[0-9]{1,${digits}}`

/** What a field of a plain record looks like. A `-` may stand in texts, and in numbers that are often absent. */
const PLAIN: Readonly<Record<FieldKind, string>> = {
  integer: `(?:-|${upTo(9)})`,
  bigint: upTo(18),
  count: upTo(18),
  port: `(?:${upTo(4)}|[1-5][0-9]{4}|6(?:[0-4][0-9]{3}|5(?:[0-4][0-9]{2}|5(?:[0-2][0-9]|3[0-5]))))`,
  protocol: OCTET,
  time: '[0-9]{10}',
  address: `(?:${IPV4}|${IPV6})`,
  action: '(?:ACCEPT|REJECT)',
  status: 'OK',
  text: '[!-~]+',
}

/**
 * A quick test that only lines with status OK and nothing odd about them pass: what passes is a record by the exact test as well,
 * and what does not is put to that. One regular expression over the line costs less than the cast and the tests of every token.
 */
export function plainRecord(layout: Layout, separator: string): string {
  // A header could pass.
  if (!layout.some(isNoName)) return 'false'
  const tests = [
    `regexp_matches(message, '^${layout.map(field => (isPlace(field) ? `[!-~]{1,${LONGEST_PLACE}}` : PLAIN[field.kind])).join(separator)}$')`,
  ]
  const [start, end] = [indexOf(layout, 'start'), indexOf(layout, 'end')]
  if (start >= 0 && end >= 0) tests.push(`${tokenOf(end)} >= ${tokenOf(start)}`)
  return tests.join(' AND ')
}
