import type { Result, Value } from '../../src/engine/index.js'

/** Doubles may differ in their last digits: servers sum in an order of their own. */
const DIGITS = 9

/** How far two sketches may be apart: four times the standard error of Trino's `approx_distinct`, 2.3 %; DuckDB counts exactly. */
const SKETCH_ERROR = 0.092

/** What a result has, so that two engines' can be compared: names and types of its columns, and its rows in an order of their own. */
export interface Comparable {
  readonly columns: readonly string[]
  readonly rows: readonly string[]
  /** The approximate cells of each row, which are not in `rows`. */
  readonly guesses: readonly (readonly Value[])[]
}

/** All of a result, comparable. Lengths of texts are left out of types: DuckDB has none. */
export async function comparable(
  { columns, batches }: Result,
  isApproximate: (column: string) => boolean = () => false,
): Promise<Comparable> {
  const guessed = columns.map(({ name }) => isApproximate(name))
  const rows: { readonly exact: string; readonly guesses: readonly Value[] }[] = []
  for await (const batch of batches)
    for (const row of batch)
      rows.push({
        exact: JSON.stringify(row.filter((_, i) => guessed[i] !== true).map(rounded)),
        guesses: row.filter((_, i) => guessed[i] === true),
      })
  rows.sort((a, b) => (a.exact < b.exact ? -1 : a.exact > b.exact ? 1 : 0))
  return {
    columns: columns.map(({ name, type }) => `${name.toLowerCase()} ${type.replace(/varchar\(\d+\)/g, 'varchar')}`),
    rows: rows.map(({ exact }) => exact),
    guesses: rows.map(({ guesses }) => guesses),
  }
}

/** The same columns and rows, and guesses within their error. */
export const areAlike = (one: Comparable, other: Comparable): boolean =>
  JSON.stringify([one.columns, one.rows]) === JSON.stringify([other.columns, other.rows]) &&
  one.guesses.every((row, i) => row.every((guess, j) => isNear(guess, other.guesses[i]?.[j])))

function isNear(one: Value, other: Value | undefined): boolean {
  if (typeof one !== 'number' || typeof other !== 'number') return one === other
  return Math.abs(one - other) <= Math.max(one, other) * SKETCH_ERROR
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
