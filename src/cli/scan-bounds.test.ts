import { expect, test } from 'vitest'
import { checkScan, checkSpent } from './scan-bounds.js'

const notes: string[] = []
const bounds = { asked: 100e9, pricePerTb: undefined, note: async (text: string) => void notes.push(text) }
const estimate = (bytes: number, ...unknown: readonly string[]) => ({ bytes, scans: [], unknown })

test('what a run has read counts', async () => {
  await checkScan(estimate(40e9), bounds, 60e9)
  await expect(checkScan(estimate(41e9), bounds, 60e9)).rejects.toThrow(
    'this would read about 41.0 GB, beside 60.0 GB that this run has read, and 100 GB is allowed',
  )
})

test('a run that has read more than it may starts nothing more', () => {
  checkSpent(100e9, bounds)
  expect(() => checkSpent(101e9, bounds)).toThrow('this run has read 101 GB, and 100 GB is allowed')
  expect(() => checkSpent(1.1e12, { ...bounds, asked: undefined })).toThrow('1.00 TB is allowed')
})

test('what cannot be told is refused where somebody set a limit, and told where nobody did', async () => {
  await expect(checkScan(estimate(1, 'weir.records'), bounds)).rejects.toMatchObject({ code: 'scan-unknown', kind: 'usage' })
  await checkScan(estimate(1, 'weir.records'), { ...bounds, asked: undefined })
  expect(notes).toEqual(['how much will be read of weir.records cannot be told from here'])
})
