import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { done, lineOf, ownFolder, put, recordsOf, secondsOf } from './lakes.js'

const folder = ownFolder()
const lake = join(folder, 'lake')
const midnight = secondsOf('2026-03-02T00:00:00Z')
const logs = join(folder, 'logs')

const objects = Array.from({ length: 6 }, (_, i) =>
  put(
    join(logs, i % 2 === 0 ? 'even' : 'odd', `${i}.log`),
    i === 5 ? [] : [1, 2, 3].map(n => lineOf({ bytes: 100 * i + n, start: midnight - 120 + n * 60 })),
  ),
)
const all = objects
  .flatMap((path, i) => (i === 5 ? [] : [1, 2, 3].map(n => `${path} vpc-a ${100 * i + n} ${midnight - 120 + n * 60} OK`)))
  .sort()

const reportSchema = z.object({ known: z.number(), objects: z.array(z.object({ object: z.string() })) })
const ingest = async (...sources: readonly string[]) =>
  reportSchema.parse(JSON.parse(await done('ingest', ...sources, '--lake', lake, '--format', 'json')))

test('an object comes in once, by whatever way and in whatever order it is named', async () => {
  expect((await ingest(join(logs, 'even'))).objects).toHaveLength(3)
  const second = await ingest(logs, join(logs, 'odd', '*.log'), ...objects.toReversed())
  expect(second.objects.map(({ object }) => object)).toEqual(objects.filter((_, i) => i % 2 === 1))
  expect(await recordsOf(lake)).toEqual(all)

  symlinkSync(logs, join(folder, 'another-way'))
  symlinkSync(String(objects[0]), join(folder, 'one.log'))
  const again = await ingest(
    join(folder, 'another-way'),
    join(folder, 'another-way', '**', '*.log'),
    join(folder, 'logs', '..', 'logs', 'odd'),
    join(folder, 'one.log'),
  )
  expect(again.objects).toEqual([])
  expect(again.known).toBe(6)
  expect(await recordsOf(lake)).toEqual(all)
})
