import { expect, test } from 'vitest'
import { testEffects } from './effects.js'
import type { ScanEstimate } from '../../src/engine/index.js'
import type { Format } from '../../src/cli/options/output.js'
import { dryRun } from '../../src/cli/output/dry-run.js'

const estimate: ScanEstimate = { bytes: 2 ** 40, scans: [], unknown: ['hosts'] }

async function printedIn(format: Format): Promise<string> {
  const effects = testEffects()
  const choice = { format, file: undefined, color: false, quiet: false, debug: false }
  const bounds = { asked: undefined, pricePerTb: 5, note: () => Promise.resolve() }
  const progress = { show: () => undefined, end: () => undefined }
  await dryRun(['SELECT 1', 'SELECT 2'], { estimate: () => Promise.resolve(estimate), bounds, progress }, choice, effects)
  return effects.printed.stdout
}

test('a person reads a line for each statement', async () => {
  expect((await printedIn('table')).split('\n')[0]).toMatch(/^would read 1\.1\d* TB in 0 objects, for about/)
})

test('programs read a row or an object for each, and nothing else', async () => {
  const row = '1099511627776,5,0,hosts\r\n'
  expect(await printedIn('csv')).toBe(`estimated_bytes,price_usd,objects,unknown\r\n${row}${row}`)
  const object = { estimated_bytes: 2 ** 40, price_usd: 5, scans: [], unknown: ['hosts'] }
  const lines = (await printedIn('ndjson')).trim().split('\n')
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([object, object])
  expect(JSON.parse(await printedIn('json'))).toEqual({ statements: [object, object] })
})
