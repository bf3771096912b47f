import { expect, test } from 'vitest'
import { priceOfScan } from '../../athena/index.js'
import { checkLimit, MAX_SCAN, sizeInBytes, sizeText } from './limit.js'

test.each([
  ['100GB', 100e9],
  ['1.5TB', 1.5e12],
  ['2 GiB', 2 * 2 ** 30],
  ['512k', 512e3],
  [1000, 1000],
])('%s is a size', (said, bytes) => {
  expect(sizeInBytes.parse(said)).toBe(bytes)
})

test.each(['', '0', '-1GB', 'much', '1e9', '3XB'])('"%s" is none', said => {
  expect(sizeInBytes.safeParse(said).success).toBe(false)
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_500_000, '1.50 MB'],
  [40e12, '40.0 TB'],
  [750e15, '750 PB'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text)
})

test('what Athena asks: ten megabytes at least, then whole ones', () => {
  expect(priceOfScan(0)).toBeCloseTo((10 / 2 ** 20) * 5, 12)
  expect(priceOfScan(2 ** 40)).toBe(5)
  expect(priceOfScan(2 ** 40 - 1)).toBe(5)
  expect(priceOfScan(2 ** 41, 6)).toBe(12)
})

test('the limit names what is too much, where it stands and what it would cost', () => {
  const estimate = { bytes: 4e12, unknown: [], scans: [{ table: 'weir.stored_records', objects: 12, bytes: 4e12 }] }
  expect(() => checkLimit(estimate, MAX_SCAN, 20)).toThrow(
    expect.objectContaining({
      kind: 'usage',
      message: 'this would read about 4.00 TB, for about 20.00 USD, and 1.00 TB is allowed',
      where: 'weir.stored_records: 4.00 TB in 12 objects',
    }),
  )
  expect(() => checkLimit(estimate, 4e12)).not.toThrow()
})
