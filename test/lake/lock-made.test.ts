import { spawnSync } from 'node:child_process'
import { mkdir, readdir, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { log, ownFolders, record, Sandbox } from './small-lake.js'

const folders = ownFolders()

test('the folder that one stands in may be the lake', async () => {
  const own = await folders()
  const file = await own.write('a.log', log(record({ bytes: 7 })))
  await mkdir(own.lake)
  const weir = fileURLToPath(new URL('../../bin/weir.js', import.meta.url))
  const run = spawnSync(process.execPath, [weir, 'ingest', '--lake', '.', file], { cwd: own.lake, timeout: 30_000 })
  expect(run.status, run.stderr.toString()).toBe(0)
  expect(await own.bytes()).toBe(7)
})

test('a lake that is not there yet may be named from where one stands', async () => {
  const own = await folders()
  const file = await own.write('a.log', log(record({ bytes: 7 })))
  const weir = fileURLToPath(new URL('../../bin/weir.js', import.meta.url))
  for (const lake of ['new', './above/new', 'new/']) {
    const run = spawnSync(process.execPath, [weir, 'ingest', '--lake', lake, file], { cwd: own.folder, timeout: 30_000 })
    expect(run.status, run.stderr.toString()).toBe(0)
  }
})

test('the lock is made aside, so that no run that is killed leaves half of it', async () => {
  const own = await folders()
  await own.write('a.log', log(record()))
  await own.ingest()
  expect((await readdir(own.lake)).filter(name => name.startsWith('_lock'))).toEqual(['_lock', '_lock.json'])
})

test('a lock that cannot be read says what to do', async () => {
  const own = await folders()
  await own.write('a.log', log(record()))
  await own.ingest()
  await truncate(join(own.lake, '_lock'), 100)
  await expect(own.ingest()).rejects.toMatchObject({ code: 'lake-lock-damaged' })
})

test('a lake in a place that cannot be written to is a fault, not a mistake in Weir', async () => {
  const own = await folders()
  const file = await own.write('a.log', log(record()))
  const inside = new Sandbox(own.folder, join(file, 'lake'))
  await expect(inside.ingest()).rejects.toMatchObject({ code: 'lake-unwritable', kind: 'engine' })
})
