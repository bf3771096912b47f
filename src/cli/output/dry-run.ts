import type { Effects } from '../effects.js'
import type { Asked } from '../logs.js'
import type { OutputOptions } from '../options/output.js'
import type { Remote } from '../remote.js'
import { estimateJson, estimateText } from '../scan-bounds.js'
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
  if (choice.format === 'json')
    await output.write(`${jsonOf({ statements: estimates.map(one => estimateJson(one, bounds)) }, 2)}\n`)
  else for (const one of estimates) await output.write(`would read ${estimateText(one, bounds)}\n`)
  await output.close()
  return { inputs: [], found: false }
}
