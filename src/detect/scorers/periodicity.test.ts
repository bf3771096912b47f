import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadRules } from '../load.js'
import { parametersOf } from '../statement.js'
import { rhythmOf, VISIBLE_INTERVALS, type Rhythm } from './periodicity.js'

const beacon = loadRules().find(({ id }) => id === 'beacon')
if (!beacon) throw new Error('the rule beacon is missing')
const least = parametersOf(beacon)

const isBeacon = (rhythm: Rhythm | undefined): boolean =>
  rhythm !== undefined && (['regular', 'present', 'score'] as const).every(part => rhythm[part] >= Number(least[`least_${part}`]))

const FOUR_TIMES_A_DAY = 6 * 3600
const share = fc.double({ min: -1, max: 1, noNaN: true })

/** Calls of a period, each up to `jitter` of it early or late, in logs that write their starts to so many seconds. */
const callsOf = (least: number, rounded: number) =>
  fc
    .record({
      began: fc.integer({ min: 1_767_600_000, max: 1_767_700_000 }),
      period: fc.oneof(fc.integer({ min: least, max: 4 * least }), fc.integer({ min: least, max: FOUR_TIMES_A_DAY })),
      jitter: fc.double({ min: 0, max: 0.3, noNaN: true }),
      shifts: fc.array(share, { minLength: 19, maxLength: 200 }),
      size: fc.integer({ min: 60, max: 9000 }),
    })
    .map(({ began, period, jitter, shifts, size }) => {
      const starts = [began]
      for (const shift of shifts) starts.push((starts.at(-1) ?? began) + period * (1 + jitter * shift))
      return { period, starts: starts.map(start => start - (start % rounded)), sizes: starts.map(() => size) }
    })

const DRAWN = 1000

test.each([
  [60, 'exact', 1],
  [600, 'exact', 1],
  [60, 'rounded', 60],
  [600, 'rounded', 600],
] as const)(
  'with an interval of %i s, 20 calls and more with up to 30 %% jitter are found from the smallest period on: %s starts',
  (interval, how, rounded) => {
    const drawn = fc.sample(callsOf(VISIBLE_INTERVALS[how] * interval, rounded), { numRuns: DRAWN, seed: 1 })
    const found = drawn.filter(({ period, starts, sizes }) => {
      const rhythm = rhythmOf(starts, sizes)
      return isBeacon(rhythm) && Math.abs((rhythm?.period ?? 0) / period - 1) < 0.35
    })
    expect(found.length / DRAWN).toBeGreaterThan(0.99)
  },
)

test('calls that come by chance are no beacon', () => {
  const chance = fc.array(fc.double({ min: 0.001, max: 0.999, noNaN: true }), { minLength: 20, maxLength: 200 })
  const drawn = fc.sample(fc.tuple(chance, fc.integer({ min: 60, max: FOUR_TIMES_A_DAY })), { numRuns: DRAWN, seed: 2 })
  const found = drawn.filter(([draws, mean]) => {
    let at = 1_767_600_000
    const starts = draws.map(draw => Math.floor((at -= Math.log(draw) * mean)))
    return isBeacon(
      rhythmOf(
        starts,
        draws.map(() => 900),
      ),
    )
  })
  expect(found.length / DRAWN).toBeLessThan(0.01)
})

test('missed calls leave the period as it is, and too few tell of none', () => {
  const starts = Array.from({ length: 60 }, (_, i) => 1_767_600_000 + 300 * i)
  const missed = starts.filter((_, i) => i % 5 !== 2 && i % 7 !== 3)
  expect(rhythmOf(missed, missed)).toMatchObject({ period: 300, regular: 1 })
  expect(rhythmOf([1, 2, 2, 3], [9, 9, 9, 9])).toBeUndefined()
})

test('its parts are shares, whatever the calls', () => {
  const times = fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 4, maxLength: 60 })
  fc.assert(
    fc.property(times, times, (starts, sizes) => {
      const rhythm = rhythmOf(starts, sizes)
      if (!rhythm) return
      for (const part of [rhythm.regular, rhythm.present, rhythm.score])
        expect(part >= 0 && part <= 1, JSON.stringify(rhythm)).toBe(true)
      expect(rhythm.period).toBeGreaterThan(0)
    }),
  )
})
