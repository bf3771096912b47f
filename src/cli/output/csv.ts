import type { Value } from '../../engine/index.js'
import { jsonOf } from './json.js'

/** One line of CSV after RFC 4180, with its CRLF. NULL is an empty field, an empty text is `""`; arrays and maps are JSON. */
export const csvLine = (cells: readonly Value[]): string => `${cells.map(csvField).join(',')}\r\n`

function csvField(value: Value): string {
  if (value === null) return ''
  const text = typeof value === 'object' ? jsonOf(value) : String(value)
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
