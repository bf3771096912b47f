import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeLogs } from '../../scripts/soak/logs.js'
import { startWeir } from '../../scripts/soak/weir.js'
import { ask, done, ownFolder, recordsOf } from './lakes.js'

const folder = ownFolder()
const logs = join(folder, 'logs')
const lake = join(folder, 'lake')
const records = writeLogs(logs, 60)

/** Asks a lake again and again while a command writes to it. */
async function readWhile(args: readonly string[]): Promise<readonly ReadonlyMap<string, number>[]> {
  const run = startWeir([...args, '--lake', lake, '--quiet'], { env: { WEIR_BATCH_OBJECTS: '4' } })
  const ended = run.ended.then(({ code, stderr }) => expect(code, stderr).toBe(0))
  const seen = []
  do {
    const rows = await ask(lake, 'SELECT "$path" AS object, count(*) AS n FROM records GROUP BY "$path"')
    seen.push(new Map(rows.map(({ object, n }) => [String(object), Number(n)])))
  } while (run.child.exitCode === null)
  await ended
  return seen
}

test('who reads while others write sees whole batches, ever more of them, and never an error', { timeout: 120_000 }, async () => {
  const [first = ''] = records.keys()
  await done('ingest', first, '--lake', lake)
  let before = 0
  for (const seen of await readWhile(['ingest', logs])) {
    for (const [object, n] of seen) expect(n, object).toBe(records.get(object))
    expect(seen.size).toBeGreaterThanOrEqual(before)
    before = seen.size
  }

  const all = await recordsOf(lake)
  const whole = new Map([...records].filter(([, n]) => n > 0))
  for (const seen of await readWhile(['lake', 'compact'])) expect(new Map([...seen].sort())).toEqual(new Map([...whole].sort()))
  expect(await recordsOf(lake)).toEqual(all)
  expect(readdirSync(join(lake, '_readers'))).toEqual([])
})
