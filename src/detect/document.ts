import { LineCounter, isMap, isNode, isScalar, parseDocument, type Document } from 'yaml'
import type { z } from 'zod'
import { Fault } from '../fault/index.js'

/** What a YAML document is, for the errors that its readers raise. */
export interface DocumentKind {
  /** Of the fault: `rule-invalid`, `config-invalid`. */
  readonly code: string
  /** How people call it: `rule`, `configuration`. */
  readonly noun: string
  /** Where its keys are described. */
  readonly manual: string
}

/** Reads one YAML document by its schema. Throws a Fault of kind `usage` that names line and column of the first mistake. */
export function readDocument<Schema extends z.ZodType>(
  text: string,
  file: string,
  schema: Schema,
  kind: DocumentKind,
): z.output<Schema> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${String(line)}:${String(col)}`
  }
  const [broken] = document.errors
  if (broken) throw invalid(kind, place(broken.pos[0]), broken.message.split('\n')[0] ?? broken.message)
  const parsed = schema.safeParse(document.toJS() ?? {})
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  if (!issue) throw parsed.error
  throw invalid(
    kind,
    place(offsetOf(document, issue)),
    `${issue.path.map(String).join('.') || `the ${kind.noun}`}: ${issue.message}`,
  )
}

function invalid(kind: DocumentKind, where: string, message: string): Fault {
  return new Fault({ code: kind.code, kind: 'usage', message, where, expected: `a ${kind.noun} as ${kind.manual} describes it` })
}

/** Where the mistake stands: the unknown key itself, the wrong value, or the nearest part that is there. */
function offsetOf(document: Document, issue: z.core.$ZodIssue): number {
  const path = issue.path.filter(step => typeof step !== 'symbol')
  if (issue.code === 'unrecognized_keys') {
    const map = path.length ? document.getIn(path, true) : document.contents
    const pair = isMap(map) ? map.items.find(({ key }) => isScalar(key) && key.value === issue.keys[0]) : undefined
    if (isNode(pair?.key)) return pair.key.range?.[0] ?? 0
  }
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true)
    if (isNode(node)) return node.range?.[0] ?? 0
  }
  return document.contents?.range?.[0] ?? 0
}
