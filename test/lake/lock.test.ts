import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { writeLogs } from '../../scripts/soak/logs.js'
import { startWeir } from '../../scripts/soak/weir.js'
import { weir } from '../cli/logs.js'
import { ask, done, lineOf, ownFolder, put } from './lakes.js'

const folder = ownFolder()
const logs = join(folder, 'logs')
const object = put(join(folder, 'other.log'), [lineOf({ bytes: 1, start: 1_772_000_000 })])
const rows = [...writeLogs(logs, 60).values()].reduce((sum, records) => sum + records, 0)

/** Starts an ingest of a few objects a batch, and waits until it is at work. */
async function ingesting(lake: string) {
  const run = startWeir(['ingest', logs, '--lake', lake, '--quiet'], { env: { WEIR_BATCH_OBJECTS: '2' } })
  const isAtWork = (): boolean => {
    try {
      return readdirSync(join(lake, '_staging')).length > 0
    } catch {
      return false
    }
  }
  while (run.child.exitCode === null && !isAtWork()) await setTimeout(5)
  return run
}

test('the second of two writers says who the first is, and the first goes on', async () => {
  const lake = join(folder, 'two')
  const first = await ingesting(lake)
  for (const args of [
    ['ingest', object, '--lake', lake],
    ['lake', 'expire', '--before', '2026-03-02', '--lake', lake],
    ['lake', 'verify', '--repair', '--lake', lake],
  ]) {
    const { code, stderr, stdout } = await weir([...args, '--quiet'])
    expect(stdout).toBe('')
    expect(stderr).toContain('error[lake-locked]')
    expect(stderr).toContain(`process ${first.child.pid} `)
    expect(stderr).toContain('weir ingest')
    expect(code).toBe(4)
  }
  expect((await first.ended).code).toBe(0)
  expect(await ask(lake, 'SELECT count(*) AS n FROM records')).toEqual([{ n: rows }])
})

test('a lock ends with its process, however that ends', async () => {
  const lake = join(folder, 'killed')
  const first = await ingesting(lake)
  first.child.kill('SIGKILL')
  expect((await first.ended).code).toBe('SIGKILL')
  await done('ingest', logs, object, '--lake', lake)
  expect(await ask(lake, 'SELECT count(*) AS n FROM records')).toEqual([{ n: rows + 1 }])
})

test('what a run left that was killed while it made the lock is in nobody’s way', async () => {
  const lake = join(folder, 'half')
  mkdirSync(join(lake, '_staging'), { recursive: true })
  writeFileSync(join(lake, '_staging', 'lock-1'), 'half a lock')
  await done('ingest', object, '--lake', lake)
  expect(readdirSync(join(lake, '_staging'))).toEqual([])

  writeFileSync(join(lake, '_lock'), 'no lock of ours')
  const { code, stderr } = await weir(['ingest', object, '--lake', lake, '--quiet'])
  expect(stderr).toContain(
    `error[lake-lock-damaged]: the file by which writers keep each other out cannot be read\n  where: ${join(lake, '_lock')}`,
  )
  expect(code).toBe(4)
})
