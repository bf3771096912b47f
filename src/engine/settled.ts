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
