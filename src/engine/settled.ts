import type { Column, Result, Value } from './engine.js'

/** A result whose rows are at hand. */
export function settled(columns: readonly Column[], rows: readonly (readonly Value[])[]): Result {
  return {
    columns,
    batches: (async function* () {
      await Promise.resolve()
      if (rows.length > 0) yield rows
    })(),
  }
}

/** Rows of text at hand, as SHOW and DESCRIBE give them. */
export const settledTexts = (names: readonly string[], rows: readonly (readonly string[])[]): Result =>
  settled(
    names.map(name => ({ name, type: 'varchar' })),
    rows,
  )
