import type { Result, Value } from '../../engine/index.js'
import type { Output } from './output.js'

/** Prints the rows of a result as they come and gives their number. */
export type RowPrinter = (result: Result, output: Output) => Promise<number>

/** Prints the batches of a result that have rows, and gives the number of these. */
export async function printBatches(
  result: Result,
  print: (batch: readonly (readonly Value[])[]) => Promise<void>,
): Promise<number> {
  let count = 0
  for await (const batch of result.batches) {
    if (batch.length === 0) continue
    count += batch.length
    await print(batch)
  }
  return count
}
