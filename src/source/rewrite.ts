import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { headerOf, layoutOfHeader, type Layout } from '../format/index.js'
import type { FoundFile } from './find.js'
import { OCSF_LAYOUT } from './ocsf.js'
import { decompressed, type Compression } from './stream.js'
import { unwrap, unwrapLine, type Unwrapped } from './unwrap.js'

/** A stretch of a file's lines under one header, written anew as gzip text that an engine can read as it is. */
export interface Segment {
  readonly path: string
  /** Number of its first line in the file, or of its first event in a wrapping, from 1. */
  readonly firstLine: number
  /** Where the lines say nothing of it and the wrapping does. */
  readonly layout: Layout | undefined
}

/** What stands around the lines of a file. `lines`: each is a JSON document by itself, of any kind. */
export interface Wrapping {
  readonly compression: Compression
  readonly json?: 'array' | 'objects' | 'lines' | undefined
}

export interface Rewritten {
  readonly segments: readonly Segment[]
  /** Control messages of the wrapping: counted as headers. */
  readonly controls: number
  /** Why the file could not be read to its end. */
  readonly damage: string | undefined
}

/** Ends a line that must not be taken for a record; what follows the colon is the reason. */
export const SPOILT = '<weir:'

const spoilt = (line: string, reason: string): string => `${line} ${SPOILT}${reason.replaceAll(' ', '-')}>`

/** A record is some hundred bytes; AWS's longest, with all ECS fields and tags, stays far below. */
const LONGEST_LINE = 1_000_000
/** Of a subscription's payload in one line. */
const LONGEST_JSON = 16_000_000
const KEPT_OF_LONG = 2_000

/**
 * Rewrites what an engine cannot read as it is: unwraps JSON, ends at damage, cuts lines without end, replaces bytes that are no
 * text, leaves one space between fields, and begins a new segment wherever a header changes the layout. No line is lost: one that cannot be a record is marked.
 */
export async function rewrite(file: FoundFile, wrapping: Wrapping, folder: string): Promise<Rewritten> {
  let damage: string | undefined
  const bytes = decompressed(file.path, wrapping.compression, reason => (damage = reason))
  const out = new SegmentWriter(folder)
  let controls = 0
  const take = async (piece: Unwrapped): Promise<void> => {
    if (piece.kind === 'control') controls++
    else if (piece.kind === 'unreadable') await out.write(spoilt(piece.text, 'no flow-log message in this JSON'))
    else await out.write(textOf(piece.text), piece.kind === 'ocsf' ? OCSF_LAYOUT : undefined)
  }
  if (wrapping.json === undefined) {
    for await (const line of linesOf(bytes, () => damage)) await out.write(line)
  } else if (wrapping.json === 'lines') {
    for await (const line of linesOf(bytes, () => damage, LONGEST_JSON)) {
      if (line === '' || line.includes(SPOILT)) await out.write(line)
      else for (const piece of unwrapLine(line)) await take(piece)
    }
  } else {
    for await (const piece of unwrap(bytes, wrapping.json)) await take(piece)
  }
  return { segments: await out.end(), controls, damage }
}

class SegmentWriter {
  readonly segments: Segment[] = []
  #stream: ReturnType<typeof createGzip> | undefined
  #closed: Promise<unknown> = Promise.resolve()
  #header = ''
  #line = 0

  constructor(private readonly folder: string) {}

  async write(line: string, layout?: Layout): Promise<void> {
    this.#line++
    const header = layout ?? (/^["A-Za-z]/.test(line) ? layoutOfHeader(line.replaceAll(/[",]/g, ' ')) : undefined)
    const changes = header !== undefined && headerOf(header) !== this.#header
    if (header) this.#header = headerOf(header)
    if (!this.#stream || changes) await this.#begin(layout)
    if (this.#stream && !this.#stream.write(line + '\n')) await once(this.#stream, 'drain')
  }

  async #begin(layout: Layout | undefined): Promise<void> {
    await this.#finish()
    const path = join(this.folder, `${String(this.segments.length).padStart(6, '0')}.gz`)
    this.segments.push({ path, firstLine: this.#line, layout })
    this.#stream = createGzip({ level: 1 })
    const file = createWriteStream(path)
    this.#closed = finished(file)
    this.#stream.pipe(file)
  }

  async #finish(): Promise<void> {
    this.#stream?.end()
    await this.#closed
  }

  async end(): Promise<readonly Segment[]> {
    await this.#finish()
    return this.segments
  }
}

/** Lines of a text, ended by LF, CR LF or CR; those that no record can be are marked as such. */
async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  damage: () => string | undefined,
  longest = LONGEST_LINE,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8')
  let rest = ''
  let cut = false
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      yield cut ? spoilt(line.slice(0, KEPT_OF_LONG), 'line too long') : textOf(line, longest)
      cut = false
    }
    if (rest.length > longest) {
      cut = true
      rest = rest.slice(0, KEPT_OF_LONG)
    }
  }
  rest = (rest + decoder.decode()).replace(/\r$/, '')
  if (rest === '') return
  if (cut) yield spoilt(rest.slice(0, KEPT_OF_LONG), 'line too long')
  else yield damage() === undefined ? textOf(rest, longest) : spoilt(rest, 'cut off by the damage')
}

/** White space that is more than one space between fields. */
const RAGGED = /[ \t]{2}|\t|^ | $/

const STRANGE = /[\u0000-\u0008\u000b-\u001f\uFFFD]/ // eslint-disable-line no-control-regex

function textOf(line: string, longest = LONGEST_LINE): string {
  if (line.length > longest) return spoilt(line.slice(0, KEPT_OF_LONG), 'line too long')
  if (!STRANGE.test(line)) return RAGGED.test(line) ? line.trim().replaceAll(/[ \t]+/g, ' ') : line
  // eslint-disable-next-line no-control-regex
  return spoilt(line.slice(0, KEPT_OF_LONG).replaceAll(/[\u0000-\u0008\u000b-\u001f]/g, '\uFFFD'), 'bytes that are no text')
}
