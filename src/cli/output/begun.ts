import type { Result, Value } from '../../engine/index.js'

type Batch = readonly (readonly Value[])[]

/** A result whose first rows are there already. */
export interface Begun {
  readonly result: Result
  /** All of its rows are there: whoever gave them can be asked other things. */
  readonly isWhole: boolean
}

/** Waits for the first rows: what is to fail fails here, before anything is printed. */
export async function begun({ columns, batches }: Result): Promise<Begun> {
  const iterator = batches[Symbol.asyncIterator]()
  const first = await iterator.next()
  const second = first.done ? first : await iterator.next()
  return { result: { columns, batches: following([first, second], iterator) }, isWhole: second.done === true }
}

async function* following(
  ahead: readonly IteratorResult<Batch, unknown>[],
  batches: AsyncIterator<Batch>,
): AsyncGenerator<Batch> {
  try {
    for (const next of ahead) if (!next.done) yield next.value
    if (ahead.at(-1)?.done) return
    for (let next = await batches.next(); !next.done; next = await batches.next()) yield next.value
  } finally {
    await batches.return?.()
  }
}
