import { openSync, readSync, rmSync, statSync, truncateSync, writeSync, closeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { weir } from '../cli/logs.js'
import { done, lineOf, ownFolder, partsOf, put, recordsOf, secondsOf } from './lakes.js'

const folder = ownFolder()
const midnight = secondsOf('2026-03-02T00:00:00Z')

/** Two batches, each with parts of two days; every object has rows in both. */
async function newLake(name: string): Promise<{ lake: string; logs: string }> {
  const logs = join(folder, name, 'logs')
  const lake = join(folder, name, 'lake')
  for (const [i, batch] of ['first', 'first', 'second', 'second'].entries()) {
    const lines = Array.from({ length: 600 }, (_, n) =>
      lineOf({ bytes: 1000 * i + n * 7, start: midnight + (n - 300) * 60, vpc: n % 2 === 0 ? 'a' : 'b' }),
    )
    put(join(logs, batch, `${i}.log`), lines)
  }
  for (const batch of ['first', 'second']) await done('ingest', join(logs, batch), '--lake', lake)
  return { lake, logs }
}

const damages = {
  'bytes flipped in the middle': (path: string) => {
    const at = Math.floor(statSync(path).size * 0.3)
    const file = openSync(path, 'r+')
    const bytes = Buffer.alloc(200)
    readSync(file, bytes, 0, bytes.length, at)
    writeSync(
      file,
      bytes.map(byte => byte ^ 0xff),
      0,
      bytes.length,
      at,
    )
    closeSync(file)
  },
  truncated: (path: string) => truncateSync(path, Math.floor(statSync(path).size / 2)),
  emptied: (path: string) => truncateSync(path, 0),
  deleted: (path: string) => rmSync(path),
}

/** The lake says what is wrong, and after a repair what was lost comes back from its sources. */
async function expectRepair(
  { lake, logs }: { readonly lake: string; readonly logs: string },
  damaged: string,
  whole: readonly string[],
  refused: readonly (readonly string[])[],
): Promise<void> {
  const said = await weir(['lake', 'verify', '--lake', lake, '--format', 'csv', '--quiet'])
  expect(said.code, said.stdout).toBe(4)
  expect(said.stderr).toContain('error[lake-damaged]')
  expect(said.stdout).toContain(damaged)
  for (const args of refused) {
    const { code, stdout, stderr } = await weir([...args, '--quiet'])
    expect({ code, stdout }, args[0]).toEqual({ code: 4, stdout: '' })
    expect(stderr, args[0]).toContain('error[lake-damaged]')
    expect(stderr, args[0]).toContain(damaged)
  }
  await done('lake', 'verify', '--repair', '--lake', lake)
  await done('ingest', logs, '--lake', lake)
  const back = await recordsOf(lake)
  expect(back.length).toBe(whole.length)
  expect(back.join('\n') === whole.join('\n')).toBe(true)
  await done('lake', 'verify', '--lake', lake)
}

describe.each(Object.entries(damages))('a part %s', (name, damage) => {
  const isDeleted = name === 'deleted'
  const isInside = name === 'bytes flipped in the middle'

  test('is named, and comes back', async () => {
    const { lake, logs } = await newLake(name)
    const whole = await recordsOf(lake)
    const [part = '', other = ''] = partsOf(lake)
    damage(part)
    const query = ['query', 'SELECT * FROM records', lake]
    // What is wrong inside a part shows when it is read.
    const write = isInside ? ['lake', 'compact', '--lake', lake] : ['ingest', logs, '--lake', lake]
    await expectRepair({ lake, logs }, isDeleted ? sibling(lake, part, other) : part, whole, [query, write])
  })

  test('is named, and comes back where it stood for parts of several batches', async () => {
    const { lake, logs } = await newLake(`${name}, compacted`)
    const whole = await recordsOf(lake)
    await done('lake', 'compact', '--lake', lake)
    const [part = ''] = partsOf(lake)
    damage(part)
    // A part that was a batch of its own leaves nothing that could be named: only its objects miss their rows, which verify adds up.
    const named = isDeleted ? join(logs, 'first', '0.log') : part
    await expectRepair({ lake, logs }, named, whole, isDeleted ? [] : [['query', 'SELECT * FROM records', lake]])
  })
})

/** Where a part is gone, another of its batch is named. */
function sibling(lake: string, part: string, other: string): string {
  const batch = /([^/]+)\.\d+-\d+\.parquet$/.exec(part)?.[1] ?? ''
  return partsOf(lake).find(path => path.includes(batch)) ?? other
}
