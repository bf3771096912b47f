import { z } from 'zod'
import { Fault } from '../../../fault/index.js'
import type { ScanEstimate } from './estimate.js'

/** Bytes above which nothing starts unless told otherwise: a terabyte, that is 5 USD of Athena, and some minutes of a small cluster. */
export const MAX_SCAN = 1e12

const POWERS: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3, t: 4, p: 5 }

/** A size in bytes: `100GB`, `1.5TB`, `512GiB`, or a number; GB is 10^9, GiB is 2^30. */
export const sizeInBytes = z.union([z.string(), z.number()]).transform((said, context): number => {
  const [, number, unit = '', binary] = /^(\d+(?:\.\d+)?)\s*([kmgtp]?)(i?)b?$/i.exec(String(said).trim()) ?? []
  const bytes = Math.floor(Number(number) * (binary ? 1024 : 1000) ** (POWERS[unit.toLowerCase()] ?? 0))
  if (bytes > 0 && Number.isSafeInteger(bytes)) return bytes
  context.addIssue({ code: 'custom', message: 'expected a size such as 100GB or 1.5TB' })
  return z.NEVER
})

/** `1.5 GB`, in powers of ten. */
export function sizeText(bytes: number): string {
  const power = Math.min(5, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const number = bytes / 1000 ** power
  return `${power === 0 ? number : number.toFixed(number < 10 ? 2 : number < 100 ? 1 : 0)} ${['B', 'kB', 'MB', 'GB', 'TB', 'PB'][power]}`
}

/** USD, to the cent above ten cents. */
export const priceText = (usd: number): string => `${usd.toFixed(usd < 0.1 ? 5 : 2)} USD`

/** Throws a Fault of kind `usage`, exit 2, where a statement and what its run has read before, `spent`, would be more than `limit` bytes. */
export function checkLimit(estimate: ScanEstimate, limit: number = MAX_SCAN, price?: number, spent = 0): void {
  if (spent + estimate.bytes <= limit) return
  const before = spent === 0 ? '' : `, beside ${sizeText(spent)} that this run has read`
  const asked = price === undefined ? '' : `, for about ${priceText(price)}`
  const largest = [...estimate.scans].sort((a, b) => b.bytes - a.bytes).slice(0, 3)
  throw new Fault({
    code: 'scan-limit',
    kind: 'usage',
    message: `this would read about ${sizeText(estimate.bytes)}${asked}${before}, and ${sizeText(limit)} is allowed`,
    where: largest.map(({ table, objects, bytes }) => `${table}: ${sizeText(bytes)} in ${objects} objects`).join('; '),
    expected: `at most ${sizeText(limit)} (--max-scan, max_scan in weir.yaml)`,
    action: 'ask a shorter --since/--until or fewer columns, or give --max-scan; it was not started',
  })
}
