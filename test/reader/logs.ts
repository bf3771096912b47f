import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { FIELDS, headerOf, type Field, type Layout } from '../../src/format/index.js'
import type { Row } from './read.js'

/** A record as tokens in the order of its layout; undefined where it says nothing. */
export type Tokens = readonly (string | undefined)[]

export interface Log {
  readonly layout: Layout
  readonly records: readonly Tokens[]
}

const digits = (max: bigint) => fc.bigInt({ min: 0n, max }).map(String)
const ipv4 = fc.ipV4()
const mac = fc
  .array(fc.integer({ min: 0, max: 255 }), { minLength: 6, maxLength: 6 })
  .map(bytes => bytes.map(byte => byte.toString(16).padStart(2, '0')).join(':'))

/** Text as it stands in AWS's fields: names, ids, ARNs, percent-encoded tags. */
const text = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9:/._%=+@-]{0,19}$/)

/** What a token of each kind may be. */
const TOKENS: Readonly<Record<Field['kind'], fc.Arbitrary<string>>> = {
  integer: digits(2n ** 31n - 1n),
  port: digits(65_535n),
  protocol: digits(255n),
  bigint: digits(2n ** 63n - 1n),
  count: fc.oneof(digits(100_000n), digits(2n ** 63n - 1n)),
  time: fc.oneof(fc.integer({ min: 1_500_000_000, max: 1_999_999_999 }).map(String), digits(9_999_999_999n)),
  address: fc.oneof({ weight: 4, arbitrary: ipv4 }, { weight: 3, arbitrary: fc.ipV6() }, { weight: 1, arbitrary: mac }),
  action: fc.constantFrom('ACCEPT', 'REJECT'),
  status: fc.constantFrom('OK', 'OK', 'OK', 'NODATA', 'SKIPDATA'),
  text,
}

const token = (field: Field): fc.Arbitrary<string | undefined> =>
  field.kind === 'status' ? TOKENS.status : fc.option(TOKENS[field.kind], { nil: undefined, freq: 5 })

/** The earlier of two times is the start. */
function inTime(layout: Layout, tokens: Tokens): Tokens {
  const [start, end] = ['start', 'end'].map(name => layout.findIndex(field => field.name === name))
  const [from, to] = [tokens[start ?? -1], tokens[end ?? -1]]
  if (from === undefined || to === undefined || Number(from) <= Number(to)) return tokens
  return tokens.map((token, i) => (i === start ? to : i === end ? from : token))
}

/** Any fields up to some version in any order. */
export const layouts: fc.Arbitrary<Layout> = fc
  .constantFrom(2, 3, 5, 6, 8, 11)
  .chain(version => fc.shuffledSubarray([...FIELDS.filter(field => field.version <= version)], { minLength: 3 }))

export const logOf = (layout: Layout, length: { minLength: number; maxLength: number }): fc.Arbitrary<Log> =>
  fc
    .array(fc.tuple(...layout.map(token)), length)
    .map(records => ({ layout, records: records.map(tokens => inTime(layout, tokens)) }))

export const logs: fc.Arbitrary<Log> = layouts.chain(layout => logOf(layout, { minLength: 1, maxLength: 12 }))

export const lineOf = (tokens: Tokens): string => tokens.map(token => token ?? '-').join(' ')

/** The row of `records` that a line stands for, without its NULLs; whole numbers beyond 2^53 are text. */
export function rowOf(layout: Layout, tokens: Tokens): Row {
  const entries = layout.flatMap((field, i) => {
    const token = tokens[i]
    if (token === undefined) return []
    const isText = ['address', 'action', 'status', 'text'].includes(field.kind)
    return [[field.column, isText || !Number.isSafeInteger(Number(token)) ? token : Number(token)] as const]
  })
  return Object.fromEntries(entries)
}

/** How a log is written into a file. */
export interface Wrapping {
  readonly name: string
  /** Without one the layout has to be told. */
  readonly header: boolean
  write(log: Log): string | Uint8Array
}

const linesOf = ({ records }: Log): string[] => records.map(lineOf)
const withHeader = (log: Log): string[] => [headerOf(log.layout), ...linesOf(log)]
const json = (value: unknown): string => JSON.stringify(value)
const event = (message: string, i: number) => ({ id: String(i), timestamp: 1_750_000_000_000 + i, message })
const payload = (log: Log) => ({
  messageType: 'DATA_MESSAGE',
  owner: '111122223333',
  logGroup: 'flow',
  logEvents: linesOf(log).map(event),
})
const base64 = (content: string | Uint8Array): string => Buffer.from(content).toString('base64')
const packed = (log: Log): string => base64(gzipSync(json(payload(log))))
const cells = (tokens: Tokens, quote: string, none: string): string =>
  tokens.map(token => (token === undefined ? none : `${quote}${token}${quote}`)).join(',')

const plain = (name: string, write: Wrapping['write']): Wrapping => ({ name, header: true, write })
const bare = (name: string, write: Wrapping['write']): Wrapping => ({ name, header: false, write })

export const WRAPPINGS: readonly Wrapping[] = [
  plain('plain', log => withHeader(log).join('\n') + '\n'),
  plain('no newline at the end', log => withHeader(log).join('\n')),
  plain('CR LF', log => withHeader(log).join('\r\n') + '\r\n'),
  plain('byte order mark', log => `\uFEFF${withHeader(log).join('\n')}\n`),
  plain('underscores in the header', log => [headerOf(log.layout).replaceAll('-', '_'), ...linesOf(log)].join('\n')),
  plain('blank lines', log => withHeader(log).join('\n\n') + '\n \n'),
  plain('two spaces', log => withHeader(log).join('\n').replaceAll(' ', '  ')),
  plain('tabs', log => withHeader(log).join('\n').replaceAll(' ', '\t')),
  plain('gzip', log => gzipSync(withHeader(log).join('\n') + '\n')),
  plain('gzip of CR LF', log => gzipSync(withHeader(log).join('\r\n'))),
  plain('gzip of many members', log => Buffer.concat(withHeader(log).map(line => gzipSync(`${line}\n`)))),
  plain('CSV', log => [headerOf(log.layout).replaceAll(' ', ','), ...log.records.map(r => cells(r, '', '-'))].join('\n')),
  plain('CSV of Athena', log =>
    [
      cells(
        log.layout.map(field => field.column),
        '"',
        '',
      ),
      ...log.records.map(tokens => cells(tokens, '"', '')),
    ].join('\n'),
  ),
  bare('no header', log => linesOf(log).join('\n') + '\n'),
  bare('gzip without a header', log => gzipSync(linesOf(log).join('\n') + '\n')),
  bare('export', log =>
    gzipSync(
      linesOf(log)
        .map(line => `2025-06-15T15:06:40.000Z ${line}\n`)
        .join(''),
    ),
  ),
  bare('JSON lines', log =>
    linesOf(log)
      .map((line, i) => json(event(line, i)) + '\n')
      .join(''),
  ),
  bare('JSON lines of several kinds', log =>
    linesOf(log)
      .map((line, i) => json(i % 2 === 0 ? event(line, i) : { logEvents: [event(line, i)] }) + '\n')
      .join(''),
  ),
  bare('JSON back to back', log =>
    linesOf(log)
      .map(message => json({ message }))
      .join(''),
  ),
  bare('events', log => json({ events: linesOf(log).map(event), nextToken: 'f/1' })),
  bare('events over many lines', log => JSON.stringify({ events: linesOf(log).map(event) }, null, 2)),
  bare('subscription', log => gzipSync(json(payload(log)))),
  bare('Lambda', log => json({ awslogs: { data: packed(log) } })),
  bare('Kinesis', log => json({ Records: [{ kinesis: { data: packed(log) } }] })),
  bare('Firehose', log => json({ records: [{ recordId: '1', data: packed(log) }] })),
  bare('lines in Firehose', log => json({ records: [{ recordId: '1', data: base64(linesOf(log).join('\n')) }] })),
]

/** Headers that a wrapping adds to the count of lines. */
export const headersOf = (wrapping: Wrapping): number => (wrapping.header ? 1 : 0)
