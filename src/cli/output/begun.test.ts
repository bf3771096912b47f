import { expect, test } from 'vitest'
import type { Result, Value } from '../../engine/index.js'
import { begun } from './begun.js'

type Batch = readonly (readonly Value[])[]

const resultOf = (...batches: readonly Batch[]): Result => ({
  columns: [{ name: 'a', type: 'bigint' }],
  batches: (async function* () {
    for (const batch of batches) yield await Promise.resolve(batch)
  })(),
})

test.each<[rows: number[], isWhole: boolean]>([
  [[], true],
  [[1], true],
  [[1, 2], false],
  [[1, 2, 3], false],
])('batches of %j: all rows come through, in order', async (rows, isWhole) => {
  const started = await begun(resultOf(...rows.map(row => [[row]])))
  expect(started.isWhole).toBe(isWhole)
  const seen: Value[] = []
  for await (const batch of started.result.batches) seen.push(...batch.flat())
  expect(seen).toEqual(rows)
})

test('what fails before its first rows fails before anything is printed', async () => {
  const failing = async function* (): AsyncGenerator<Batch> {
    yield await Promise.reject(new Error('division by zero'))
  }
  await expect(begun({ columns: [], batches: failing() })).rejects.toThrow('division by zero')
})
