import { expect, test } from 'vitest'
import { progressFor } from '../../src/cli/output/progress.js'
import { testEffects } from './effects.js'

/** Shows a gigabyte that is read in twenty seconds. */
function reading(world: { terminal?: number }, quiet = false): string {
  const effects = testEffects(world)
  let seconds = 0
  const now = (): Date => new Date(seconds * 1000)
  const progress = progressFor({ ...effects, now }, { quiet })
  for (; seconds <= 20; seconds++) progress.show('reading', { done: seconds * 50e6, total: 1e9, unit: 'bytes' })
  progress.end()
  return effects.printed.stderr
}

test('without a terminal a plain line now and then', () => {
  expect(reading({}).split('\n')).toEqual([
    'reading: 25%, 250 MB of 1.0 GB, 50.0 MB/s, 15 s left',
    'reading: 50%, 500 MB of 1.0 GB, 50.0 MB/s, 10 s left',
    'reading: 75%, 750 MB of 1.0 GB, 50.0 MB/s, 5.0 s left',
    'reading: 100%, 1.0 GB of 1.0 GB, 50.0 MB/s, 0.0 s left',
    '',
  ])
})

test('on a terminal a bar', () => {
  expect(reading({ terminal: 100 })).toMatch(/reading ░+ 0%.*reading █+ 100% 1.0 GB of 1.0 GB, 50.0 MB\/s, 0.0 s left/s)
})

test('nothing with --quiet', () => {
  expect(reading({}, true)).toBe('')
  expect(reading({ terminal: 100 }, true)).toBe('')
})
