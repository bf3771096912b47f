import type { InputReport } from './input.js'

/** What was read of two inputs together. */
export function sumOf(a: InputReport, b: InputReport): InputReport {
  const [first, second] = [a, b]
  if (first.sources.length === 0 && first.lines === 0) return { ...second, ...kept(first, second) }
  if (second.sources.length === 0 && second.lines === 0) return { ...first, ...kept(first, second) }
  const inAll = first.fields.filter(field => second.fields.includes(field))
  const all = new Set([...first.fields, ...first.partialFields, ...second.fields, ...second.partialFields])
  return {
    sources: [...first.sources, ...second.sources],
    lines: first.lines + second.lines,
    records: first.records + second.records,
    nodata: first.nodata + second.nodata,
    skipdata: first.skipdata + second.skipdata,
    headers: first.headers + second.headers,
    quarantined: first.quarantined + second.quarantined,
    bytes: first.bytes + second.bytes,
    fields: inAll,
    partialFields: [...all].filter(field => !inAll.includes(field)),
    ...kept(first, second),
  }
}

/** What is kept of both, even where one has no records. */
const kept = (a: InputReport, b: InputReport): Pick<InputReport, 'damaged' | 'unreadable' | 'aside'> => ({
  damaged: [...a.damaged, ...b.damaged],
  unreadable: [...a.unreadable, ...b.unreadable],
  aside: [...a.aside, ...b.aside],
})
