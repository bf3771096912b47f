import { z } from 'zod'
import { compact } from '../../lake/index.js'
import type { CliCommand } from '../command.js'
import { done } from '../exit.js'
import { dayOption } from '../options/day.js'
import { lakeOf, requireLake, withLake, withLakeWork, withResources } from '../options/lake.js'
import { outputOptions, withOutput } from '../options/output.js'
import { jsonOf } from '../output/json.js'
import { outputFor } from '../output/output.js'
import { resultOf, rowPrinters } from '../output/rows.js'
import { countedOf, sized } from '../output/text.js'

const shape = z.object({ until: z.string().optional() })

/** `weir lake compact`: merges small parts and sorts them. */
export const lakeCompactCommand: CliCommand = {
  declare: command =>
    withOutput(withResources(withLake(command))).option(
      '--until <day>',
      'days before this one only: YYYY-MM-DD, or an age such as 1d',
    ),

  async run(command, effects) {
    const { format, ...choice } = outputOptions(command)
    const { until } = shape.parse(command.opts())
    const day = until === undefined ? undefined : dayOption('--until', until, effects.now())
    const lake = await requireLake(lakeOf(command, effects.env))
    const output = outputFor(choice, effects)
    const work = { name: 'compact', quiet: choice.quiet }
    const report = await withLakeWork(command, effects, work, options => compact(lake, { ...options, until: day }))
    const { partitions, merged, before, after } = report
    if (format === 'json') await output.write(`${jsonOf({ lake, ...report }, 2)}\n`)
    else if (format === 'table')
      await output.write(
        merged === 0
          ? 'nothing to merge\n'
          : `${countedOf(merged, 'part')} of ${countedOf(partitions, 'partition')} merged and sorted: ${sized(before)} became ${sized(after)}\n`,
      )
    else {
      const columns = { partitions: 'bigint', merged: 'bigint', before: 'bigint', after: 'bigint' }
      await rowPrinters[format](resultOf(columns, [[partitions, merged, before, after]]), output)
    }
    await output.close()
    return done
  },
}
