import type { Readable } from 'node:stream'
import type { z } from 'zod'
import { Fault } from '../../fault/index.js'

/** A JSON document, and its place among those that stand one behind the other in a file. */
export interface JsonDocument {
  readonly number: number
  readonly value: unknown
}

/** Bytes are text up to here as far as they are shown in an error. */
const SHOWN = 80

/**
 * The JSON documents of a stream: one, or several as when the output of some commands is written to one file. Throws a Fault of kind
 * `source` that names the file where it is no JSON.
 */
export async function jsonDocuments(stream: Readable, file: string): Promise<JsonDocument[]> {
  const { JSONParser } = await import('@streamparser/json')
  const documents: JsonDocument[] = []
  const parser = new JSONParser({ paths: ['$'], separator: '', keepStack: false })
  parser.onValue = ({ value }) => {
    documents.push({ number: documents.length + 1, value })
  }
  parser.onError = () => undefined // thrown by `write` as well
  let first = ''
  try {
    for await (const chunk of stream) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk as Uint8Array)
      if (first === '') first = bytes.toString('utf8', 0, SHOWN)
      parser.write(documents.length === 0 && first.startsWith('\uFEFF') ? bytes.subarray(3) : bytes)
      first ||= ' '
    }
    if (!parser.isEnded) parser.end()
  } catch (cause) {
    throw cause instanceof Error && 'code' in cause ? cause : notJson(file, first, cause)
  }
  if (documents.length === 0) throw notJson(file, first, undefined)
  return documents
}

function notJson(file: string, first: string, cause: unknown): Fault {
  const begins = first.trim() === '' ? 'it is empty' : `it begins with ${JSON.stringify(first.split('\n')[0])}`
  return new Fault({
    code: 'enrichment-json',
    kind: 'source',
    message: `the file is no JSON, or only a part of it: ${cause instanceof Error ? cause.message : begins}`,
    where: file,
    expected: 'JSON as the AWS CLI prints it: one document or several',
    action: 'run the command again with --output json',
    cause,
  })
}

/** Reads a document by its schema. Throws a Fault of kind `source` that names file and JSON path of the first thing that is wrong. */
export function read<T>(schema: z.ZodType<T>, { number, value }: JsonDocument, file: string, command: string): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const path = (issue?.path ?? []).map(step => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  throw new Fault({
    code: 'enrichment-shape',
    kind: 'source',
    message: `this is not what ${command} gives: ${issue?.message ?? 'it has another shape'}`,
    where: `${file}, ${number > 1 ? `document ${number}, ` : ''}$${path}`,
    expected: command,
    action: `${command} --output json > FILE`,
    cause: result.error,
  })
}
