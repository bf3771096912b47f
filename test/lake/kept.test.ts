import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDuckdb, rowsOf, type Value } from '../../src/engine/index.js'
import { expire, openLake } from '../../src/lake/index.js'
import { log, ownFolders, record, type Sandbox } from './small-lake.js'

const sandbox = ownFolders()

interface Asked {
  readonly rows: readonly Readonly<Record<string, Value>>[]
  /** The files that are kept. */
  readonly files: readonly string[]
}

/** What sessions say of a lake's records, once rules had them made ready. */
async function sessionsOf(
  { lake, options }: Sandbox,
  {
    records = 'these',
    own = [],
    stand = true,
  }: { readonly records?: string; readonly own?: readonly string[]; readonly stand?: boolean } = {},
): Promise<Asked> {
  const opened = await openLake(lake, {}, options)
  const folder = join(lake, '_sessions')
  const engine = await openDuckdb({
    ...options,
    sources: [],
    stored: { ...opened, kept: { folder, records, stand: () => Promise.resolve(stand) } },
    own,
  })
  try {
    await engine.prepare(['sessions', 'contacts'])
    const result = await engine.query('SELECT client, client_own, bytes_to_server FROM sessions ORDER BY client')
    return { rows: await rowsOf(result), files: await readdir(folder).catch(() => []) }
  } finally {
    await engine.close()
    await opened.release()
  }
}

async function lakeOf(...lines: readonly string[]): Promise<Sandbox> {
  const box = await sandbox()
  await box.write('flows.log', log(...lines))
  await box.ingest()
  return box
}

test('what was worked out is found again', async () => {
  const box = await lakeOf(record({ source: '10.0.0.7', bytes: 90 }))
  const first = await sessionsOf(box)
  expect(first.rows).toEqual([{ client: '10.0.0.7', client_own: true, bytes_to_server: 90 }])
  expect(first.files).toHaveLength(1)
  await box.write('more.log', log(record({ source: '10.0.0.8' })))
  await box.ingest()
  // Only because these are said to be the same records.
  expect(await sessionsOf(box)).toEqual(first)
  expect((await sessionsOf(box, { records: 'those of now' })).rows).toHaveLength(2)
})

test('it is told from that of other records, and of other networks that are ours', async () => {
  const box = await lakeOf(record({ source: '203.0.113.7' }))
  const first = await sessionsOf(box)
  const own = await sessionsOf(box, { own: ['203.0.113.0/24'] })
  expect([first.rows, own.rows].map(([row]) => row?.['client_own'])).toEqual([false, true])
  expect(own.files).toHaveLength(2)
  expect((await sessionsOf(box, { records: 'others' })).files).toHaveLength(3)
})

test('of many, those that were used last stay', async () => {
  const box = await lakeOf(record())
  const [first] = (await sessionsOf(box, { records: 'a' })).files
  for (const records of ['b', 'c', 'd']) await sessionsOf(box, { records })
  await sessionsOf(box, { records: 'a' })
  const { files } = await sessionsOf(box, { records: 'e' })
  expect(files).toHaveLength(4)
  expect(files).toContain(first)
})

test('a damaged one is made again', async () => {
  const box = await lakeOf(record())
  const first = await sessionsOf(box)
  const path = join(box.lake, '_sessions', first.files[0] ?? '')
  const bytes = await readFile(path)
  await writeFile(path, bytes.fill(0, bytes.length / 2, bytes.length / 2 + 4096))
  expect((await sessionsOf(box)).rows).toEqual(first.rows)
})

test('of records that expired meanwhile nothing is kept', async () => {
  const box = await lakeOf(record())
  expect((await sessionsOf(box, { stand: false })).files).toEqual([])
})

test('where nothing can be kept, what is asked is answered', async () => {
  const box = await lakeOf(record())
  await writeFile(join(box.lake, '_sessions'), 'no folder')
  expect((await sessionsOf(box)).rows).toHaveLength(1)
})

test('nothing that expires is left in it', async () => {
  const box = await lakeOf(record())
  await sessionsOf(box)
  await expire(box.lake, { ...box.options, before: '2026-02-01' })
  expect(await readdir(box.lake)).not.toContain('_sessions')
})

test('of few records nothing is kept', async () => {
  const box = await lakeOf(record())
  const opened = await openLake(box.lake, {}, box.options)
  expect(opened.kept).toBeUndefined()
  await opened.release()
})
