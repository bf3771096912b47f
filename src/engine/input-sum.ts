import type { InputReport, LineCounts } from './input.js'

const COUNTED = ['lines', 'records', 'nodata', 'skipdata', 'headers', 'quarantined'] as const

export const NO_LINES: LineCounts = { lines: 0, records: 0, nodata: 0, skipdata: 0, headers: 0, quarantined: 0 }

/** Lines of several, and nothing else that is said of them. */
export function sumOfLines(counts: Iterable<LineCounts>): LineCounts {
  const sum: { -readonly [Name in keyof LineCounts]: number } = { ...NO_LINES }
  for (const each of counts) for (const name of COUNTED) sum[name] += each[name]
  return sum
}

/** What was read of two inputs together. */
export function sumOf(a: InputReport, b: InputReport): InputReport {
  const sources = [...a.sources, ...b.sources]
  // What has no line has no fields that the others could lack.
  if (a.lines === 0) return { ...b, sources, bytes: a.bytes + b.bytes, ...kept(a, b) }
  if (b.lines === 0) return { ...a, sources, bytes: a.bytes + b.bytes, ...kept(a, b) }
  const fields = a.fields.filter(field => b.fields.includes(field))
  const all = new Set([...a.fields, ...a.partialFields, ...b.fields, ...b.partialFields])
  return {
    sources,
    ...sumOfLines([a, b]),
    bytes: a.bytes + b.bytes,
    fields,
    partialFields: [...all].filter(field => !fields.includes(field)),
    ...kept(a, b),
  }
}

/** What is kept of both, even where one has no records. */
const kept = (a: InputReport, b: InputReport): Pick<InputReport, 'damaged' | 'unreadable' | 'aside'> => ({
  damaged: [...a.damaged, ...b.damaged],
  unreadable: [...a.unreadable, ...b.unreadable],
  aside: [...a.aside, ...b.aside],
})
