import type { Column, Result, Value } from '../../engine/index.js'
import { csvLine } from './csv.js'
import { jsonOf } from './json.js'
import type { Output } from './output.js'
import { printBatches, type RowPrinter } from './batches.js'
import { printTable } from './row-table.js'

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

const objectOf = (names: readonly string[], row: readonly Value[]): Record<string, Value> =>
  Object.fromEntries(names.map((name, i) => [name, row[i] ?? null]))
