import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { done, lineOf, ownFolder, put, recordsOf, secondsOf } from './lakes.js'
import { Worker } from './worker.js'

const folder = ownFolder()
const worker = new Worker()
afterAll(() => worker.stop())

const midnight = secondsOf('2026-03-02T00:00:00Z')
const path = join(folder, 'object.log')
const linesOf = (version: number) => [1, 2, 3].map(n => lineOf({ bytes: 10 * version + n, start: midnight - 120 + n * 60 }))
const rowsOf = (version: number) => [1, 2, 3].map(n => `${path} vpc-a ${10 * version + n} ${midnight - 120 + n * 60} OK`).sort()

const title = 'killed before any step of moving a batch to its place, the lake shows an object as it was, or as it is'
test(title, { timeout: 900_000 }, async () => {
  const before = join(folder, 'before')
  const lake = join(folder, 'lake')
  put(path, linesOf(1))
  await done('ingest', path, '--lake', before)
  put(path, linesOf(2))
  const seen: string[] = []
  for (let at = 1; ; at++) {
    rmSync(lake, { recursive: true, force: true })
    cpSync(before, lake, { recursive: true })
    const ended = await worker.run(['ingest', path, '--lake', lake, '--quiet'], { at, about: '.sealed' })
    const rows = await recordsOf(lake)
    const shown = [1, 2].filter(version => rows.join() === rowsOf(version).join())
    expect(shown, `before step ${at}: ${rows.join(', ')}`).toHaveLength(1)
    seen.push(String(shown[0]))
    if (ended !== 'killed') break
    if (at % 5 !== 1) continue
    await done('ingest', path, '--lake', lake)
    expect(await recordsOf(lake)).toEqual(rowsOf(2))
  }
  expect(seen.join('')).toMatch(/^1+2+$/)
})
