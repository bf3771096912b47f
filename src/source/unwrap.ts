import { gunzipSync } from 'node:zlib'
import type { JSONParser } from '@streamparser/json'
import { isOcsfFlow, lineOfOcsf } from './ocsf.js'
import { compressionOf } from './stream.js'

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

/** Where a wrapping lists what it holds: CloudWatch's APIs, a subscription, Firehose's transformations, Lambda's events. */
const LISTS = ['events', 'logEvents', 'records', 'Records']

/** Where an object shows that it is a wrapping or an event, whatever else it holds: paths of JSON. */
export const WRAPPED_AT: readonly string[] = [
  ...LISTS.map(list => `$.${list}`),
  '$.awslogs.data',
  '$.kinesis.data',
  '$.data',
  '$.rawData',
  '$.class_uid',
  '$."@message"',
]

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

function* listsOf(value: object): Generator<readonly unknown[]> {
  for (const [key, list] of Object.entries(value)) if (LISTS.includes(key) && Array.isArray(list)) yield list
}

/** What an object of a wrapping stands for: an event, a payload of many, or nothing known. */
function* contentsOf(value: unknown): Generator<Unwrapped> {
  const message = messageOf(value)
  if (message !== undefined) {
    yield message.startsWith(PROBE) ? { kind: 'control' } : { kind: 'line', text: message.trim().replaceAll(/[\r\n]+/g, ' ') }
  } else if (!isObject(value)) {
    yield { kind: 'unreadable', text: String(JSON.stringify(value)).slice(0, SHOWN) }
  } else if (isOcsfFlow(value)) {
    yield { kind: 'ocsf', text: lineOfOcsf(value) }
  } else {
    const lists = [...listsOf(value)]
    const data = lists.length === 0 ? payloadOf(value) : undefined
    for (const item of lists.flat()) yield* contentsOf(item)
    if (data !== undefined) yield* contentsOfPayload(data)
    else if (lists.length === 0) yield { kind: 'unreadable', text: JSON.stringify(value).slice(0, SHOWN) }
  }
}

/** What a line holds that is a JSON document by itself. */
export function* unwrapLine(line: string): Generator<Unwrapped> {
  const value = parsed(line)
  if (value === undefined) yield { kind: 'unreadable', text: line.slice(0, SHOWN) }
  else yield* contentsOf(value)
}

/** The base64 of a payload: Lambda's `awslogs.data`, Kinesis's `kinesis.data`, Firehose's `data`, or `rawData` where it failed. */
function payloadOf(value: object): string | undefined {
  if ('awslogs' in value && isObject(value.awslogs)) return payloadOf(value.awslogs)
  if ('kinesis' in value && isObject(value.kinesis)) return payloadOf(value.kinesis)
  if ('data' in value && typeof value.data === 'string') return value.data
  return 'rawData' in value && typeof value.rawData === 'string' ? value.rawData : undefined
}

/** A payload is a JSON document, or lines of which each is one or is a record. */
function* contentsOfPayload(data: string): Generator<Unwrapped> {
  const text = textOfPayload(data)
  if (text === undefined) {
    yield { kind: 'unreadable', text: data.slice(0, SHOWN) }
    return
  }
  const whole = /^\s*\{/.test(text) ? parsed(text) : undefined
  if (whole !== undefined) yield* contentsOf(whole)
  else for (const line of text.split(/[\r\n]+/)) if (line.trim() !== '') yield* contentsOf(parsed(line) ?? line)
}

/** The text in a payload, gzip or plain; undefined where there is none. */
function textOfPayload(data: string): string | undefined {
  const bytes = Buffer.from(data, 'base64')
  try {
    const packed = compressionOf(bytes) === 'gzip'
    const text = packed ? gunzipSync(bytes).toString('utf8') : new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.trim() === '' ? undefined : text
  } catch {
    return undefined
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Takes JSON documents apart as they stream by: one after the other with or without anything between them, or one array. What
 * stands in a list is given out as it comes, so that a document of any size passes. Where the JSON breaks, the broken
 * piece is one `unreadable`, and reading goes on at the next line that begins a document.
 */
export async function* unwrap(chunks: AsyncIterable<Uint8Array>, root: 'array' | 'objects'): AsyncGenerator<Unwrapped> {
  const { JSONParser: Parser } = await import('@streamparser/json')
  let ready: Unwrapped[] = []
  const newParser = (): JSONParser => {
    const parser = new Parser({
      separator: '',
      paths: root === 'array' ? ['$.*'] : ['$', ...LISTS.map(list => `$.${list}.*`)],
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

/** A document whose list was already given out. */
const isSpent = (value: unknown): boolean => isObject(value) && !listsOf(value).next().done
