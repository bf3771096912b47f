import fc from 'fast-check'
import { expect, test } from 'vitest'
import { histogramOf } from './histogram.js'

const values = fc.oneof(
  fc.array(fc.nat(1000), { minLength: 1, maxLength: 50 }),
  fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 1e12, noNaN: true })), { minLength: 1, maxLength: 50 }),
)

test('every value stands in one bin, and the bins are without gaps, few, and part at the threshold', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 1_000_000 }), (values, threshold) => {
      const { bins } = histogramOf(values, threshold)
      expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length)
      expect(bins.length).toBeLessThan(40)
      for (const [i, { from, to, count }] of bins.entries()) {
        expect(from).toBeLessThan(to)
        if (i > 0) expect(from).toBe(bins[i - 1]?.to)
        expect(count).toBe(values.filter(value => value >= from && value < to).length)
      }
      expect(bins.flatMap(({ from, to }) => [from, to])).toContain(threshold)
    }),
  )
})

test('what spans decades is told in steps of 1, 2 and 5', () => {
  const { scale, bins } = histogramOf([3, 4, 30, 700], 20)
  expect(scale).toBe('logarithmic')
  expect(bins.map(({ from, count }) => [from, count])).toEqual([
    [2, 2],
    [5, 0],
    [10, 0],
    [20, 1],
    [50, 0],
    [100, 0],
    [200, 0],
    [500, 1],
  ])
})

test('nothing has no bins', () => {
  expect(histogramOf([], 20)).toEqual({ scale: 'linear', bins: [] })
})
