import { gunzipSync } from 'node:zlib'
import type { JSONParser } from '@streamparser/json'
import { isOcsfFlow, lineOfOcsf } from './ocsf.js'

/** One thing found in a wrapping. */
export type Unwrapped =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'ocsf'; readonly text: string }
  /** A control message, such as a subscription's reachability probe. */
  | { readonly kind: 'control' }
  /** Something that holds no message: one quarantined line. */
  | { readonly kind: 'unreadable'; readonly text: string }

const SHOWN = 500

/** How CloudWatch Logs begins the one event of a control message. */
const PROBE = 'CWL CONTROL MESSAGE'

/** The record in an event, or in a text that stands by itself. */
function messageOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (!isObject(value)) return undefined
  for (const key of ['message', '@message']) {
    const text = new Map<string, unknown>(Object.entries(value)).get(key)
    if (typeof text === 'string') return text
  }
  return undefined
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** What an object of a wrapping stands for: an event, a payload of many, or nothing known. */
function* contentsOf(value: unknown): Generator<Unwrapped> {
  const message = messageOf(value)
  if (message !== undefined) {
    yield message.startsWith(PROBE) ? { kind: 'control' } : { kind: 'line', text: message.trim().replaceAll(/[\r\n]+/g, ' ') }
  } else if (!isObject(value)) {
    yield { kind: 'unreadable', text: String(JSON.stringify(value)).slice(0, SHOWN) }
  } else if (isOcsfFlow(value)) {
    yield { kind: 'ocsf', text: lineOfOcsf(value) }
  } else if ('logEvents' in value && Array.isArray(value.logEvents)) {
    for (const event of value.logEvents) yield* contentsOf(event)
  } else if ('events' in value && Array.isArray(value.events)) {
    for (const event of value.events) yield* contentsOf(event)
  } else {
    const data = payloadOf(value)
    if (data !== undefined) yield* contentsOfPayload(data)
    else if ('Records' in value && Array.isArray(value.Records)) for (const record of value.Records) yield* contentsOf(record)
    else yield { kind: 'unreadable', text: JSON.stringify(value).slice(0, SHOWN) }
  }
}

/** The base64 of a gzip in a subscription's payload: Lambda's `awslogs.data`, Kinesis's `kinesis.data`, Firehose's `data`. */
function payloadOf(value: object): string | undefined {
  if ('awslogs' in value && isObject(value.awslogs)) return payloadOf(value.awslogs)
  if ('kinesis' in value && isObject(value.kinesis)) return payloadOf(value.kinesis)
  return 'data' in value && typeof value.data === 'string' ? value.data : undefined
}

function* contentsOfPayload(data: string): Generator<Unwrapped> {
  try {
    yield* contentsOf(JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString('utf8')))
  } catch {
    yield { kind: 'unreadable', text: data.slice(0, SHOWN) }
  }
}

/**
 * Takes JSON documents apart as they stream by: one after the other with or without anything between them, or one array. Events of
 * `events` and `logEvents` are given out as they come, so that a document of any size passes. Where the JSON breaks, the broken
 * piece is one `unreadable`, and reading goes on at the next line that begins a document.
 */
export async function* unwrap(chunks: AsyncIterable<Uint8Array>, root: 'array' | 'objects'): AsyncGenerator<Unwrapped> {
  const { JSONParser: Parser } = await import('@streamparser/json')
  let ready: Unwrapped[] = []
  const newParser = (): JSONParser => {
    const parser = new Parser({
      separator: '',
      paths: root === 'array' ? ['$.*'] : ['$', '$.events.*', '$.logEvents.*'],
      keepStack: false,
    })
    parser.onValue = ({ value, stack }) => {
      const isRoot = stack.length === 0
      if (isRoot && root === 'objects' && isSpent(value)) return
      ready.push(...contentsOf(value))
    }
    parser.onError = error => {
      throw error
    }
    return parser
  }
  let parser = newParser()
  let skipping = false
  const decoder = new TextDecoder('utf-8')
  for await (const chunk of chunks) {
    for (const piece of decoder.decode(chunk, { stream: true }).split(/(?<=\n)/)) {
      if (skipping && !/^\s*[{[]/.test(piece)) continue
      if (skipping) parser = newParser()
      skipping = false
      try {
        parser.write(piece)
      } catch {
        ready.push({ kind: 'unreadable', text: piece.slice(0, SHOWN).trim() })
        skipping = true
      }
    }
    yield* ready
    ready = []
  }
  try {
    if (!skipping && !parser.isEnded) parser.end()
  } catch {
    ready.push({ kind: 'unreadable', text: 'a JSON document that ends in the middle' })
  }
  yield* ready
}

/** A document whose events were already given out. */
const isSpent = (value: unknown): boolean =>
  isObject(value) &&
  (('events' in value && Array.isArray(value.events)) || ('logEvents' in value && Array.isArray(value.logEvents)))
