// `npm run soak`: `weir ingest` killed at a hundred random moments, against one that nothing disturbs.
// npm run soak -- [--kills N] [--seed N] [--batch N]; the seed is printed, and the same one chooses the same moments.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { killIngests } from './soak/kill.js'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    batch: { type: 'string', default: '10' },
  },
})
const [kills, seed, batch] = [values.kills, values.seed, values.batch].map(Number)
const folder = mkdtempSync(join(tmpdir(), 'weir-soak-'))
console.log(`seed ${seed}, in ${folder}`)
const { killed, lakes, found, batches, rows, steps } = await killIngests(folder, { kills, seed, batch, log: console.log })
rmSync(folder, { recursive: true })
const states = Object.entries(found).map(([state, times]) => `${times} ${state}`)
console.log(
  `seed ${seed}: ${killed} kills (${states.join(', ')}) over ${lakes} lakes of ${batches} batches, ${rows} rows, ${steps} steps; ` +
    'every lake equals the quiet one',
)
