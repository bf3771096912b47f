import stringWidth from 'string-width'
import type { Style } from './style.js'

export interface TableColumn {
  readonly name: string
  /** Numbers stand to the right, so that their digits line up. */
  readonly alignRight: boolean
}

/** Widths by column; `undefined` where even shortened columns do not fit, and rows are better read as blocks. */
export type Widths = readonly number[] | undefined

const GAP = '  '
/** No column is shortened below this: an IPv4 address stays whole. */
const SHORTEST = 15

/**
 * Widths from the rows seen so far. `room` is the terminal's width, or undefined where nothing may be shortened. What does
 * not fit takes from the widest columns first.
 */
export function widthsOf(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  room: number | undefined,
): Widths {
  const natural = columns.map((column, i) =>
    rows.reduce((widest, row) => Math.max(widest, stringWidth(row[i] ?? '')), stringWidth(column.name)),
  )
  if (room === undefined) return natural
  const space = room - GAP.length * (columns.length - 1)
  if (sum(natural.map(width => Math.min(width, SHORTEST))) > space) return undefined
  const cap = largestCap(natural, space)
  return natural.map(width => Math.min(width, cap))
}

export function headLines(columns: readonly TableColumn[], widths: readonly number[], style: Style): string {
  const names = tableLine(
    columns,
    widths,
    columns.map(column => column.name),
  )
  return `${style.strong(names)}\n${style.faint(widths.map(width => '─'.repeat(width)).join(GAP))}\n`
}

/** One row without its line end; what is too long for its column ends in `…`. */
export function tableLine(columns: readonly TableColumn[], widths: readonly number[], cells: readonly string[]): string {
  return columns
    .map((column, i) => aligned(shortened(cells[i] ?? '', widths[i] ?? 0), widths[i] ?? 0, column.alignRight))
    .join(GAP)
    .trimEnd()
}

/** A row as a block of `name  value` lines. */
export function blockOf(columns: readonly TableColumn[], cells: readonly string[], style: Style): string {
  const width = Math.max(...columns.map(column => stringWidth(column.name)))
  return columns.map((column, i) => `${style.strong(aligned(column.name, width, false))}${GAP}${cells[i] ?? ''}\n`).join('')
}

export function shortened(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  let short = ''
  let taken = 0
  for (const sign of text) {
    taken += stringWidth(sign)
    if (taken > width - 1) break
    short += sign
  }
  return `${short}…`
}

function aligned(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return right ? space + text : text + space
}

/** The widest that a column may be so that all of them fit. */
function largestCap(natural: readonly number[], space: number): number {
  let cap = Math.min(space, Math.max(0, ...natural))
  while (sum(natural.map(width => Math.min(width, cap))) > space) cap--
  return cap
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
