import { LineCounter, isMap, isNode, isScalar, parseDocument, type Document, type Node } from 'yaml'
import type { z } from 'zod'
import { Fault } from '../fault/index.js'
import { placeInScalar, type TextPlace } from './scalar-place.js'

/** What a YAML document is, for the errors that its readers raise. */
export interface DocumentKind {
  /** Of the fault: `rule-invalid`, `config-invalid`. */
  readonly code: string
  /** How people call it: `rule`, `configuration`. */
  readonly noun: string
  /** Where its keys are described. */
  readonly manual: string
}

export type Path = readonly (string | number)[]

/** Something in a document: a value, or the key that stands before it, and a place in its text where it is one of several lines. */
export interface Spot {
  readonly path: Path
  readonly isKey?: boolean
  readonly at?: TextPlace | undefined
}

/** A document that was read, and where in the file its parts stand. */
export interface Placed<Value> {
  readonly value: Value
  /** `file:line:column`; of the nearest part that is there. */
  readonly placeOf: (spot: Spot) => string
}

/** Reads one YAML document by its schema. Throws a Fault of kind `usage` that names line and column of the first mistake. */
export function readDocument<Schema extends z.ZodType>(
  text: string,
  file: string,
  schema: Schema,
  kind: DocumentKind,
): z.output<Schema> {
  return readPlaced(text, file, schema, kind).value
}

/** The same, for who has more to say of its parts. */
export function readPlaced<Schema extends z.ZodType>(
  text: string,
  file: string,
  schema: Schema,
  kind: DocumentKind,
): Placed<z.output<Schema>> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const placeText = ({ line, column }: TextPlace) => `${file}:${String(line)}:${String(column)}`
  const place = (offset: number): TextPlace => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const [broken] = document.errors
  if (broken) throw invalid(kind, placeText(place(broken.pos[0])), broken.message.split('\n')[0] ?? broken.message)
  const parsed = schema.safeParse(document.toJS() ?? {})
  if (parsed.success) {
    const placeOf = ({ path, isKey = false, at }: Spot): string => {
      const node = (isKey ? keyAt(document, path) : undefined) ?? nearestNode(document, path)
      const start = place(node?.range?.[0] ?? 0)
      return placeText(isScalar(node) && at ? placeInScalar(text, node, start, at) : start)
    }
    return { value: parsed.data, placeOf }
  }
  const issue = parsed.error.issues[0]
  if (!issue) throw parsed.error
  const name = issue.path.map(String).join('.') || `the ${kind.noun}`
  const isMissing = issue.code === 'invalid_type' && document.getIn(pathOf(issue)) === undefined
  throw invalid(kind, placeText(place(offsetOf(document, issue))), isMissing ? `${name} is missing` : `${name}: ${issue.message}`)
}

export function invalid(kind: DocumentKind, where: string, message: string): Fault {
  return new Fault({ code: kind.code, kind: 'usage', message, where, expected: `a ${kind.noun} as ${kind.manual} describes it` })
}

const pathOf = (issue: z.core.$ZodIssue): Path => issue.path.filter(step => typeof step !== 'symbol')

/** Where the mistake stands: the unknown key itself, the wrong value, or the nearest part that is there. */
function offsetOf(document: Document, issue: z.core.$ZodIssue): number {
  const path = pathOf(issue)
  const key = issue.code === 'unrecognized_keys' ? keyAt(document, [...path, issue.keys[0] ?? '']) : undefined
  return (key ?? nearestNode(document, path))?.range?.[0] ?? 0
}

function nearestNode(document: Document, path: Path): Node | null | undefined {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true)
    if (isNode(node)) return node
  }
  return document.contents
}

function keyAt(document: Document, path: Path): Node | undefined {
  const above = path.slice(0, -1)
  const map = above.length ? document.getIn(above, true) : document.contents
  const pair = isMap(map) ? map.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined
  return isNode(pair?.key) ? pair.key : undefined
}
