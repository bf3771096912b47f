import { checkLimit, MAX_SCAN, priceOfScan, priceText, sizeText, type ScanEstimate } from '../engine/index.js'
import { Fault } from '../fault/index.js'

export interface ScanBounds {
  /** Bytes, where somebody said how many; a terabyte else. */
  readonly asked: number | undefined
  /** Of Athena, in USD. */
  readonly pricePerTb: number | undefined
  readonly note: (text: string) => Promise<void>
}

const priced = ({ bytes }: ScanEstimate, { pricePerTb }: ScanBounds): number | undefined =>
  pricePerTb === undefined ? undefined : priceOfScan(bytes, pricePerTb)

/** What a run may read in all. */
const limitOf = ({ asked }: ScanBounds): number => asked ?? MAX_SCAN

/** Throws a Fault where a run has read more than it may: nothing more of it is started. */
export function checkSpent(spent: number, bounds: ScanBounds): void {
  if (spent <= limitOf(bounds)) return
  throw new Fault({
    code: 'scan-spent',
    kind: 'engine',
    message: `this run has read ${sizeText(spent)}, and ${sizeText(limitOf(bounds))} is allowed`,
    where: '--max-scan, max_scan in weir.yaml',
    action: 'ask a shorter --since/--until or fewer rules, or give --max-scan',
  })
}

/**
 * Throws a Fault of kind `usage` where a statement would read more of the logs than is left of what is allowed: it is not started
 * then.
 */
export async function checkScan(estimate: ScanEstimate, bounds: ScanBounds, spent = 0): Promise<void> {
  checkLimit(estimate, limitOf(bounds), priced(estimate, bounds), spent)
  if (estimate.unknown.length === 0) return
  const what = estimate.unknown.join(', ')
  if (bounds.asked !== undefined)
    throw new Fault({
      code: 'scan-unknown',
      kind: 'usage',
      message: `how much would be read of ${what} cannot be told from here, so no limit can be kept`,
      where: '--max-scan, max_scan in weir.yaml',
      action:
        'allow its files to be listed; or give --lake, the lake on this machine that the server sees; or leave the limit away',
    })
  await bounds.note(`how much will be read of ${what} cannot be told from here`)
}

/** What a dry run says: `1.20 GB in 24 objects, 0.006 USD`. */
export function estimateText(estimate: ScanEstimate, bounds: ScanBounds): string {
  const objects = estimate.scans.reduce((sum, scan) => sum + scan.objects, 0)
  const price = priced(estimate, bounds)
  const known = `${sizeText(estimate.bytes)} in ${objects} objects${price === undefined ? '' : `, for about ${priceText(price)}`}`
  return estimate.unknown.length === 0
    ? known
    : `${known}; and ${estimate.unknown.join(', ')}, of which nothing can be told from here`
}

/** The same for programs. */
export const estimateJson = (estimate: ScanEstimate, bounds: ScanBounds) => {
  const price = priced(estimate, bounds)
  return {
    estimated_bytes: estimate.bytes,
    ...(price !== undefined && { price_usd: price }),
    scans: estimate.scans,
    unknown: estimate.unknown,
  }
}
