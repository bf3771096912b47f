import type { ScanEstimate } from '../../engine/index.js'
import type { Effects } from '../effects.js'
import type { Asked } from '../logs.js'
import type { Format, OutputOptions } from '../options/output.js'
import type { Remote } from '../remote.js'
import { estimateJson, estimateText, type ScanBounds } from '../scan-bounds.js'
import { csvLine } from './csv.js'
import { jsonOf } from './json.js'
import { outputFor } from './output.js'

/** Says of statements how much each would read, and what that costs; none of them is started. */
export async function dryRun(
  statements: readonly string[],
  { estimate, bounds, progress }: Pick<Remote, 'estimate' | 'bounds' | 'progress'>,
  choice: OutputOptions,
  effects: Effects,
): Promise<Asked> {
  const output = outputFor(choice, effects)
  const estimates = []
  for (const sql of statements) estimates.push(await estimate(sql))
  progress.end()
  await output.write(printed[choice.format](estimates, bounds))
  await output.close()
  return { inputs: [], found: false }
}

/** What is said of the statements in each format: one row of CSV, or one object, for each of them. */
const printed: Readonly<Record<Format, (estimates: readonly ScanEstimate[], bounds: ScanBounds) => string>> = {
  table: (estimates, bounds) => estimates.map(one => `would read ${estimateText(one, bounds)}\n`).join(''),
  json: (estimates, bounds) => `${jsonOf({ statements: estimates.map(one => estimateJson(one, bounds)) }, 2)}\n`,
  ndjson: (estimates, bounds) => estimates.map(one => `${jsonOf(estimateJson(one, bounds))}\n`).join(''),
  csv: (estimates, bounds) =>
    [
      csvLine(['estimated_bytes', 'price_usd', 'objects', 'unknown']),
      ...estimates.map(one => {
        const { estimated_bytes: bytes, price_usd: price, scans, unknown } = estimateJson(one, bounds)
        return csvLine([bytes, price ?? null, scans.reduce((sum, { objects }) => sum + objects, 0), unknown.join(' ') || null])
      }),
    ].join(''),
}
