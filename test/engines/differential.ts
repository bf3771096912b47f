import type { Result, Value } from '../../src/engine/index.js'

/** Doubles may differ in their last digits: servers sum in an order of their own. */
const DIGITS = 9

/** What a result has, so that two engines' can be compared: names and types of its columns, and its rows in an order of their own. */
export interface Comparable {
  readonly columns: readonly string[]
  readonly rows: readonly string[]
}

/** All of a result, comparable, but for columns that are left out. Lengths of texts are left out of types: DuckDB has none. */
export async function comparable(
  { columns, batches }: Result,
  isLeftOut: (column: string) => boolean = () => false,
): Promise<Comparable> {
  const rows: string[] = []
  for await (const batch of batches)
    rows.push(...batch.map(row => JSON.stringify(row.filter((_, i) => !isLeftOut(columns[i]?.name ?? '')).map(rounded))))
  return {
    columns: columns.map(({ name, type }) => `${name.toLowerCase()} ${type.replace(/varchar\(\d+\)/g, 'varchar')}`),
    rows: rows.sort(),
  }
}

function rounded(value: Value): Value {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : Number(value.toPrecision(DIGITS))
  if (Array.isArray(value)) return value.map(rounded)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, rounded(item)]),
  )
}
