import type { Column, Result, Value } from '../../engine/index.js'
import { printBatches } from './batches.js'
import { jsonOf } from './json.js'
import type { Output } from './output.js'
import { blockOf, headLines, tableLine, widthsOf, type TableColumn } from './table.js'
import { countedOf, named, printableLine, printableLines } from './text.js'

/** Rows looked at before columns and widths of a table are set. */
const MEASURED = 1000

type Row = readonly Value[]

/**
 * A table whose columns and widths come from the first rows. Where it is too wide for the terminal, columns without a value are
 * left out, with a note; a row that is too wide even so becomes a block.
 */
export async function printTable(result: Result, output: Output): Promise<number> {
  const waiting: Row[] = []
  let table: Table | undefined
  const count = await printBatches(result, async rows => {
    if (table) return table.show(rows)
    waiting.push(...rows)
    if (waiting.length >= MEASURED) table = await begun(result.columns, waiting, output)
  })
  table ??= await begun(result.columns, waiting, output)
  await table.end()
  return count
}

interface Table {
  show(rows: readonly Row[]): Promise<void>
  end(): Promise<void>
}

async function begun(all: readonly Column[], first: readonly Row[], output: Output): Promise<Table> {
  const { style, width } = output
  const places = placesShown(all, first, width)
  const columns = places.map(place => tableColumn(all[place]))
  const cellsOf = (row: Row): string[] => places.map(place => cellText(row[place] ?? null))
  const widths = widthsOf(columns, first.map(cellsOf), width)
  const hidden = all.flatMap(({ name }, place) => (places.includes(place) ? [] : [{ name, place }]))
  const late = new Set<string>()
  const lineOf = (cells: readonly string[]): string =>
    widths ? `${tableLine(columns, widths, cells)}\n` : `${blockOf(columns, cells, style)}\n`
  const show = async (rows: readonly Row[]): Promise<void> => {
    for (const { name, place } of hidden) if (!late.has(name) && rows.some(row => hasValue(row[place]))) late.add(name)
    if (rows.length > 0) await output.write(rows.map(row => lineOf(cellsOf(row))).join(''))
  }
  if (widths) await output.write(headLines(columns, widths, style))
  await show(first)
  return {
    show,
    async end() {
      if (hidden.length === 0) return
      const note = leftOutNote(hidden.length, late)
      await output.write(`${printableLines(note, width).map(style.faint).join('\n')}\n`)
    },
  }
}

/** All columns where they fit; else those that have a value in the first rows, or all where none has. */
function placesShown(columns: readonly Column[], rows: readonly Row[], width: number | undefined): number[] {
  const all = [...columns.keys()]
  if (fits(columns, rows, width)) return all
  const valued = all.filter(place => rows.some(row => hasValue(row[place])))
  return valued.length > 0 ? valued : all
}

const fits = (columns: readonly Column[], rows: readonly Row[], width: number | undefined): boolean =>
  widthsOf(
    columns.map(tableColumn),
    rows.map(row => columns.map((_, place) => cellText(row[place] ?? null))),
    width,
  ) !== undefined

const leftOutNote = (count: number, late: ReadonlySet<string>): string =>
  `${countedOf(count, 'column')} left out that ${count === 1 ? 'has' : 'have'} no value` +
  (late.size > 0 ? ` in the first ${countedOf(MEASURED, 'row')}, though later ${named([...late])}` : '') +
  `; --format csv or json has ${count === 1 ? 'it' : 'them'}`

const tableColumn = (column: Column | undefined): TableColumn => ({
  name: column?.name ?? '',
  alignRight: /^(tinyint|smallint|integer|int|bigint|real|float|double|decimal)/.test(column?.type ?? ''),
})

const hasValue = (value: Value | undefined): boolean => value !== null && value !== undefined

/** NULL is `-`, as in the log itself. */
const cellText = (value: Value): string =>
  value === null ? '-' : printableLine(typeof value === 'object' ? jsonOf(value) : String(value))
