import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { killIngests } from '../../scripts/soak/kill.js'

const folder = mkdtempSync(join(tmpdir(), 'weir-kill-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** `npm run soak` does it a hundred times. */
test(
  'ingest, killed at random moments and started again until done, makes the lake that a quiet run makes',
  { timeout: 900_000 },
  async () => {
    const seed = Math.floor(Math.random() * 1_000_000)
    const { killed, found } = await killIngests(folder, { kills: 12, seed }).catch((error: unknown) => {
      throw new Error(`npm run soak -- --kills 12 --batch 25 --seed ${seed}`, { cause: error })
    })
    expect(killed).toBeGreaterThanOrEqual(12)
    expect(Object.values(found).reduce((sum, times) => sum + times, 0)).toBe(killed)
  },
)
