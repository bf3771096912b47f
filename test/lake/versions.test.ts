import { cp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ingest, verify } from '../../src/lake/index.js'
import { log, ownFolders, record, sourceOf } from './small-lake.js'

const folders = ownFolders()

const object = (version: string, bytes: number, name = 's3://bucket/key') => ({
  name,
  version,
  bytes: 100,
  text: log(record({ bytes })),
})

describe('an object that is overwritten', () => {
  test('while a queue is read: the new version takes the place of the old one, and both messages are done with', async () => {
    const own = await folders()
    const source = sourceOf([[object('1', 1), object('x', 100, 's3://bucket/other')], [object('2', 2)]])
    await ingest(own.lake, source, own.options)
    expect(await own.bytes()).toBe(102)
    expect(source.settled.map(({ version }) => version).sort()).toEqual(['1', '2', 'x'])
    expect((await verify(own.lake, own.options)).flaws).toEqual([])
  })

  test('both versions on one page', async () => {
    const own = await folders()
    await ingest(own.lake, sourceOf([[object('1', 1), object('2', 2)]]), own.options)
    expect(await own.bytes()).toBe(2)
  })

  test('told of twice, it is read once', async () => {
    const own = await folders()
    const source = sourceOf([[object('1', 1)], [object('1', 1)]])
    const report = await ingest(own.lake, source, own.options)
    expect(source.fetched).toEqual(['s3://bucket/key 1'])
    expect([await own.bytes(), report.known]).toEqual([1, 1])
  })

  test('told of as it was, and read as it is: what stands already is not stored again', async () => {
    const own = await folders()
    const source = sourceOf([[object('1', 1)], [object('2', 2)]])
    const late = { ...source, fetch: (_: unknown, path: string) => source.fetch(object('2', 2), path) }
    const report = await ingest(own.lake, late, own.options)
    expect([await own.bytes(), report.objects.length]).toEqual([2, 1])
  })

  test('whoever reads between the renames of its batch sees the old or the new, never both', async () => {
    const own = await folders()
    await own.write('a.log', log(record({ bytes: 1 })))
    await own.ingest()
    await cp(own.lake, join(own.folder, 'before'), { recursive: true })
    await own.write('a.log', log(record({ bytes: 20 })))
    await own.ingest()
    // A run that was killed when its parts stood and its receipts did not.
    await cp(join(own.folder, 'before', 'records'), join(own.lake, 'records'), { recursive: true })
    await rm(join(own.lake, '_receipts'), { recursive: true, force: true })
    expect(await own.bytes()).toBe(20)
  })
})

test('objects that stand in the lake are held a few at a time', async () => {
  const own = await folders()
  const page = Array.from({ length: 6_000 }, (_, i) => object('1', 1, `s3://bucket/${i}`))
  let most = 0
  const source = sourceOf([page.slice(0, 10)])
  await ingest(own.lake, source, own.options)
  const again = sourceOf(Array.from({ length: 1_200 }, () => page.slice(0, 10)))
  const report = await ingest(
    own.lake,
    { ...again, settle: objects => Promise.resolve(void (most = Math.max(most, objects.length))) },
    own.options,
  )
  expect(report.known).toBe(12_000)
  expect(most).toBeLessThan(6_000)
  expect(await readdir(join(own.lake, '_staging'))).toEqual([])
})
