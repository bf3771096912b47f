import { fieldNamed, layoutOfHeader, layoutOfLines, layoutOfNames, tokensOf, type Layout } from '../format/index.js'
import type { FoundFile } from './find.js'
import { SPOILT } from './rewrite.js'
import { compressionOf, decompressHead, readBytes, statedSize, type Compression } from './stream.js'

/**
 * How the records stand in a file that an engine can read line by line.
 * - `plain`: one record a line, apart by white space
 * - `export`: CloudWatch's export to S3, an ISO time before each record
 * - `json`: one CloudWatch event a line, the record in its `message`
 * - `csv`: a CSV of columns that are fields, as Athena's results
 * - `csv-messages`: a CSV of `timestamp,message`, as the CloudWatch console saves it
 */
export type LineForm = 'plain' | 'export' | 'json' | 'csv' | 'csv-messages'

/** What a look at the first bytes of a file tells. */
export type Look =
  | {
      readonly kind: 'lines'
      readonly form: LineForm
      readonly compression: Compression
      /** Undefined where there is no header and no known layout fits. */
      readonly layout: Layout | undefined
      /** Bytes that the text has when the file is whole, without a byte order mark; undefined where only reading tells. */
      readonly textBytes: number | undefined
      /** Bytes of a line's end. */
      readonly lineEnd: 1 | 2
      /** Times are milliseconds, against the documentation. */
      readonly milliseconds: boolean
      readonly firstLine: string
    }
  | { readonly kind: 'parquet' }
  /** JSON documents that hold many events, or bytes that are no text: rewritten as lines before an engine reads them. */
  | { readonly kind: 'wrapped'; readonly compression: Compression; readonly json: 'array' | 'objects' | undefined }
  /** What `weir simulate` writes beside its logs. */
  | { readonly kind: 'labels' }
  | { readonly kind: 'empty' }

const HEAD_BYTES = 65_536
const HEAD_LINES = 200
const EXPORT_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\s+/
/** A bracket may begin a plain line too: what is in it tells. */
const JSON_BEGINS = /^\s*(\{\s*["}]|\[\s*["{\]])/
const BOM = '\uFEFF'

/** What `rewrite` made: lines with nothing around them any more, or lines as they were. */
type Rewrite = 'unwrapped' | 'lines'

/** Looks at the head of a file; `fields` is the layout to use where a file has no header. */
export async function look(file: FoundFile, fields?: Layout, rewritten?: Rewrite): Promise<Look> {
  const raw = await readBytes(file.path, 0, HEAD_BYTES)
  if (raw.length === 0) return { kind: 'empty' }
  if (Buffer.from(raw.subarray(0, 4)).toString('latin1') === 'PAR1') return { kind: 'parquet' }
  const compression = compressionOf(raw)
  const head = await decompressHead(raw, compression)
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(head)
  const body = text.startsWith(BOM) ? text.slice(1) : text
  if (head.length === 0 && compression !== 'none') return { kind: 'wrapped', compression, json: undefined }
  if (isBinary(head)) return { kind: 'wrapped', compression, json: undefined }
  const lines = completeLines(body, head.length < HEAD_BYTES && compression === 'none')
  const firstLine = lines.find(line => line.trim() !== '' && !line.includes(SPOILT)) ?? ''
  const event = lineEvent(firstLine)
  if (rewritten === undefined && JSON_BEGINS.test(body)) {
    if (event === 'labels') return { kind: 'labels' }
    if (event === undefined) return { kind: 'wrapped', compression, json: body.trimStart().startsWith('[') ? 'array' : 'objects' }
  }
  if (rewritten === undefined && headerStandsLate(lines)) return { kind: 'wrapped', compression, json: undefined }
  const stated = await statedSize(file.path, file.bytes, compression)
  const form = rewritten !== 'unwrapped' && event === 'event' ? 'json' : formOf(firstLine)
  const records = lines.map(line => recordOf(line, form))
  const layout = layoutOf(records, form, fields)
  return {
    kind: 'lines',
    form,
    compression,
    layout,
    textBytes: stated === undefined ? undefined : stated - (text.startsWith(BOM) ? 3 : 0),
    lineEnd: body.includes('\r\n') ? 2 : 1,
    milliseconds: records.some(record => isInMilliseconds(record, form, layout)),
    firstLine,
  }
}

/** The first lines of a file of text. */
export async function linesAtHead(path: string): Promise<readonly string[]> {
  const raw = await readBytes(path, 0, HEAD_BYTES)
  const compression = compressionOf(raw)
  const head = await decompressHead(raw, compression)
  return completeLines(new TextDecoder().decode(head), head.length < HEAD_BYTES && compression === 'none')
}

/** Text has no NUL bytes; a single one in a long head is a broken line of a log, and no reason to call it binary. */
function isBinary(head: Uint8Array): boolean {
  const sample = head.subarray(0, 8192)
  const strange = sample.reduce((count, byte) => count + (byte < 9 || (byte > 13 && byte < 32 && byte !== 27) ? 1 : 0), 0)
  return strange > 0 && strange * 100 > sample.length
}

/** Lines of the head; the last is left out where it may go on beyond the head. */
function completeLines(text: string, whole: boolean): string[] {
  const lines = text.split(/\r\n|\n|\r/)
  if (!whole && lines.length > 1) lines.pop()
  return lines.slice(0, HEAD_LINES)
}

/** Whether a line is by itself a JSON object that an engine can unwrap. */
function lineEvent(line: string): 'event' | 'labels' | undefined {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    if ('message' in value && typeof value.message === 'string') return 'event'
    return 'scenario' in value && 'family' in value && 'records' in value ? 'labels' : undefined
  } catch {
    return undefined
  }
}

/** Whether a record has a time of thirteen digits, in what years one may live to see. */
function isInMilliseconds(record: string, form: LineForm, layout: Layout | undefined): boolean {
  const tokens = form === 'csv' ? record.split(',').map(unquoted) : tokensOf(record)
  return (layout ?? []).some((field, i) => field.kind === 'time' && /^1\d{12}$/.test(tokens[i] ?? ''))
}

/** Whether other lines stand before the first header: those are of another layout, or of one that has to be guessed. */
function headerStandsLate(lines: readonly string[]): boolean {
  const texts = lines.filter(line => line.trim() !== '')
  return texts.findIndex(line => layoutOfHeader(line.replaceAll(/[",]/g, ' ')) !== undefined) > 0
}

const unquoted = (cell: string): string => cell.trim().replace(/^"(.*)"$/, '$1')

function formOf(firstLine: string): LineForm {
  if (EXPORT_TIME.test(firstLine)) return 'export'
  const cells = firstLine.split(',').map(unquoted)
  if (cells.length === 2 && cells[0] === 'timestamp' && cells[1] === 'message') return 'csv-messages'
  return cells.length > 1 && layoutOfNames(cells) ? 'csv' : 'plain'
}

/** The record in a line, for guessing the layout; empty where there is none. */
function recordOf(line: string, form: LineForm): string {
  if (form === 'export') return line.replace(EXPORT_TIME, '')
  if (form === 'csv-messages') return unquoted(line.slice(line.indexOf(',') + 1))
  if (form !== 'json') return line
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && 'message' in value ? String(value.message) : ''
  } catch {
    return ''
  }
}

function layoutOf(records: readonly string[], form: LineForm, fields: Layout | undefined): Layout | undefined {
  if (form === 'csv') return layoutOfNames((records[0] ?? '').split(',').map(unquoted))
  for (const record of records) {
    const layout = layoutOfHeader(record)
    if (layout && record.split(/\s+/).some(name => fieldNamed(name))) return layout
  }
  return fields ?? layoutOfLines(records)
}
