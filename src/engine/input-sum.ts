import type { InputReport } from './input.js'

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
    lines: a.lines + b.lines,
    records: a.records + b.records,
    nodata: a.nodata + b.nodata,
    skipdata: a.skipdata + b.skipdata,
    headers: a.headers + b.headers,
    quarantined: a.quarantined + b.quarantined,
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
