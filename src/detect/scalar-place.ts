import type { Scalar } from 'yaml'

/** A line and a column of a text, both from 1. */
export interface TextPlace {
  readonly line: number
  readonly column: number
}

/**
 * Where in a file a place of a scalar's text stands, whose node begins at `start`. A text that YAML folded or escaped has lost its
 * places: then it is the beginning.
 */
export function placeInScalar(file: string, node: Scalar, start: TextPlace, at: TextPlace): TextPlace {
  if (node.type === 'BLOCK_LITERAL') {
    const lines = file.split('\n').slice(start.line)
    const indent = lines.find(line => line.trim() !== '')?.search(/\S/) ?? 0
    return { line: start.line + at.line, column: indent + at.column }
  }
  const [from, to] = node.range ?? [0, 0]
  const raw = file.slice(from, to)
  const quote = node.type === 'PLAIN' ? 0 : 1
  const isAsWritten = raw.slice(quote, raw.length - quote) === node.value
  return isAsWritten && at.line === 1 ? { line: start.line, column: start.column + quote + at.column - 1 } : start
}
