import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { only } from '../../src/cli/retry.js'
import { fetchAll } from '../../src/cli/sources.js'
import { ingest } from '../../src/lake/index.js'
import { log, ownFolders, record, sourceOf } from './small-lake.js'

const folders = ownFolders()

test('objects that are brought here stand in files of their own, also where some were deleted meanwhile', async () => {
  const own = await folders()
  const page = Array.from({ length: 40 }, (_, i) => ({
    name: `s3://bucket/${i}`,
    version: '1',
    bytes: 1,
    text: log(record({ bytes: i })),
  }))
  const source = sourceOf([page])
  const isGone = (name: string): boolean => ['s3://bucket/3', 's3://bucket/20'].includes(name)
  const folder = join(own.folder, 'brought')
  await mkdir(folder)
  const { files, unreadable } = await fetchAll(
    {
      ...source,
      fetch: (object, path) =>
        isGone(object.name) ? Promise.resolve({ kind: 'gone', object } as const) : source.fetch(object, path),
    },
    folder,
  )
  expect(new Set(files.map(({ path }) => path)).size).toBe(38)
  expect(unreadable.map(({ source }) => source)).toEqual(['s3://bucket/3', 's3://bucket/20'])
})

test('an object that is tried again brings no others whose keys begin as its own does', async () => {
  const own = await folders()
  const object = (name: string) => ({ name, version: '1', bytes: 1, text: log(record()) })
  const source = only('s3://bucket/a.log', sourceOf([[object('s3://bucket/a.log'), object('s3://bucket/a.log.old')]]))
  const report = await ingest(own.lake, source, own.options)
  expect(report.objects).toHaveLength(1)
})
