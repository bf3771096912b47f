import { z } from 'zod'
import { expire } from '../../lake/index.js'
import type { CliCommand } from '../command.js'
import { done } from '../exit.js'
import { dayOption } from '../options/day.js'
import { lakeOf, requireLake, withLake, withLakeWork, withResources } from '../options/lake.js'
import { outputOptions, withOutput } from '../options/output.js'
import { jsonOf } from '../output/json.js'
import { outputFor } from '../output/output.js'
import { resultOf, rowPrinters } from '../output/rows.js'
import { countedOf } from '../output/text.js'

const shape = z.object({ before: z.string() })

/** `weir lake expire --before DAY`: drops the records of old days, after rolling them up by hour. */
export const lakeExpireCommand: CliCommand = {
  declare: command =>
    withOutput(withResources(withLake(command))).requiredOption(
      '--before <day>',
      'drop the records of days before this one: YYYY-MM-DD, or an age such as 90d',
    ),

  async run(command, effects) {
    const { format, ...choice } = outputOptions(command)
    const before = dayOption('--before', shape.parse(command.opts()).before, effects.now())
    const lake = await requireLake(lakeOf(command, effects.env))
    const output = outputFor(choice, effects)
    const work = { name: 'expire', quiet: choice.quiet }
    const { partitions, rows } = await withLakeWork(command, effects, work, options => expire(lake, { ...options, before }))
    if (format === 'json') await output.write(`${jsonOf({ lake, before, partitions, rows }, 2)}\n`)
    else if (format === 'table')
      await output.write(
        partitions.length === 0
          ? `there is no day before ${before}\n`
          : `${countedOf(rows, 'row')} of ${countedOf(partitions.length, 'partition')} before ${before} dropped; their hours are kept\n`,
      )
    else {
      const columns = { account_id: 'varchar', region: 'varchar', date: 'varchar' }
      const list = partitions.map(({ account, region, date }) => [account ?? null, region ?? null, date ?? null])
      await rowPrinters[format](resultOf(columns, list), output)
    }
    await output.close()
    return done
  },
}
