import type { Column, Result, Value } from '../../engine/index.js'
import { csvLine } from './csv.js'
import { jsonOf } from './json.js'
import type { Output } from './output.js'
import { blockOf, headLines, tableLine, widthsOf, type TableColumn, type Widths } from './table.js'
import { printableLine } from './text.js'

/** Prints the rows of a result as they come and gives their number. */
export type RowPrinter = (result: Result, output: Output) => Promise<number>

/** Rows looked at before the widths of a table are set. */
const MEASURED = 1000

export async function printCsv(result: Result, output: Output): Promise<number> {
  await output.write(csvLine(result.columns.map(column => column.name)))
  return printBatches(result, batch => output.write(batch.map(csvLine).join('')))
}

export async function printNdjson(result: Result, output: Output): Promise<number> {
  const names = uniqueNames(result.columns)
  return printBatches(result, batch => output.write(batch.map(row => `${jsonOf(objectOf(names, row))}\n`).join('')))
}

/** The rows alone, as an array's elements. */
export async function printJsonRows(result: Result, output: Output): Promise<number> {
  const names = uniqueNames(result.columns)
  let separator = '\n'
  return printBatches(result, async batch => {
    await output.write(separator + batch.map(row => `      ${jsonOf(objectOf(names, row))}`).join(',\n'))
    separator = ',\n'
  })
}

/** A table whose widths come from the first rows; a row too wide for the terminal becomes a block. */
export async function printTable(result: Result, output: Output): Promise<number> {
  const columns: TableColumn[] = result.columns.map(column => ({ name: column.name, alignRight: isNumber(column.type) }))
  const waiting: string[][] = []
  let widths: Widths
  let started = false
  const start = async (): Promise<void> => {
    started = true
    widths = widthsOf(columns, waiting, output.width)
    if (widths) await output.write(headLines(columns, widths, output.style))
    await show(waiting)
  }
  const show = async (rows: readonly string[][]): Promise<void> => {
    const fitting = widths
    const lines = rows.map(row =>
      fitting ? `${tableLine(columns, fitting, row)}\n` : `${blockOf(columns, row, output.style)}\n`,
    )
    if (lines.length > 0) await output.write(lines.join(''))
  }
  const count = await printBatches(result, async batch => {
    const rows = batch.map(row => row.map(cellText))
    if (started) return show(rows)
    waiting.push(...rows)
    if (waiting.length >= MEASURED) await start()
  })
  if (!started) await start()
  return count
}

/** The formats that print rows as they are. */
export const rowPrinters = { table: printTable, csv: printCsv, ndjson: printNdjson } as const

/** Rows that are in memory already, with the types of their columns by name. */
export const resultOf = (columns: Readonly<Record<string, string>>, rows: readonly (readonly Value[])[]): Result => ({
  columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
  batches: (async function* () {
    yield await Promise.resolve(rows)
  })(),
})

/** Takes all rows of a result whose rows nobody wants to see. */
export const passOver: RowPrinter = result => printBatches(result, () => Promise.resolve())

/** JSON has no two keys of one name: the second `a` is `a_2`. */
export function uniqueNames(columns: readonly Column[]): string[] {
  const taken = new Set(columns.map(column => column.name))
  const seen = new Set<string>()
  return columns.map(({ name }) => {
    let unique = name
    for (let i = 2; seen.has(unique) || (unique !== name && taken.has(unique)); i++) unique = `${name}_${i}`
    seen.add(unique)
    return unique
  })
}

async function printBatches(result: Result, print: (batch: readonly (readonly Value[])[]) => Promise<void>): Promise<number> {
  let count = 0
  for await (const batch of result.batches) {
    if (batch.length === 0) continue
    count += batch.length
    await print(batch)
  }
  return count
}

const objectOf = (names: readonly string[], row: readonly Value[]): Record<string, Value> =>
  Object.fromEntries(names.map((name, i) => [name, row[i] ?? null]))

/** NULL is `-`, as in the log itself. */
const cellText = (value: Value): string =>
  value === null ? '-' : printableLine(typeof value === 'object' ? jsonOf(value) : String(value))

const isNumber = (type: string): boolean => /^(tinyint|smallint|integer|int|bigint|real|float|double|decimal)/.test(type)
