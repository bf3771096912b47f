import { statusOf, type LakeStatus } from '../../lake/index.js'
import type { Result } from '../../engine/index.js'
import type { CliCommand } from '../command.js'
import { done } from '../exit.js'
import { lakeOf, requireLake, withLake, withLakeWork, withResources } from '../options/lake.js'
import { outputOptions, withOutput } from '../options/output.js'
import { jsonOf } from '../output/json.js'
import { outputFor } from '../output/output.js'
import { resultOf, rowPrinters } from '../output/rows.js'
import { counted, countedOf, sized } from '../output/text.js'

/** `weir lake status`: sizes, days and accounts. */
export const lakeStatusCommand: CliCommand = {
  declare: command => withOutput(withResources(withLake(command))),

  async run(command, effects) {
    const { format, ...choice } = outputOptions(command)
    const lake = await requireLake(lakeOf(command, effects.env))
    const output = outputFor(choice, effects)
    const work = { name: 'status', quiet: choice.quiet }
    const status = await withLakeWork(command, effects, work, options => statusOf(lake, options))
    if (format === 'json') await output.write(`${jsonOf(status, 2)}\n`)
    else {
      await rowPrinters[format](placeRows(status, format === 'table'), output)
      if (format === 'table') await output.write(summaryOf(status))
    }
    await output.close()
    return done
  },
}

/** Where people read them, numbers and sizes are as people write them. */
const placeRows = ({ places }: LakeStatus, forPeople: boolean): Result =>
  resultOf(
    {
      account_id: 'varchar',
      region: 'varchar',
      first_day: 'varchar',
      last_day: 'varchar',
      days: 'bigint',
      parts: 'bigint',
      sorted: 'bigint',
      rows: 'bigint',
      ...(forPeople ? { size: 'varchar' } : { bytes: 'bigint' }),
    },
    places.map(({ account, region, first, last, days, parts, sorted, rows, bytes }) => [
      ...[account, region, first, last].map(text => text ?? null),
      ...[days, parts, sorted],
      ...(forPeople ? [counted(rows), sized(bytes)] : [rows, bytes]),
    ]),
  )

function summaryOf(status: LakeStatus): string {
  const { parts, rows, bytes, objects, sourceBytes, expiredDays, quarantineBytes, hoursBytes, flawed } = status
  const lines = [
    `${countedOf(rows, 'row')} in ${countedOf(parts, 'part')}, ${sized(bytes)}, from ${countedOf(objects, 'object')} of ${sized(sourceBytes)}`,
    `${counted(status.lines)} lines = ${counted(status.records)} records + ${counted(status.nodata)} NODATA + ${counted(status.skipdata)} SKIPDATA + ${counted(status.headers)} headers + ${counted(status.quarantined)} quarantined`,
    ...(expiredDays > 0 ? [`${countedOf(expiredDays, 'day')} expired, their hours take ${sized(hoursBytes)}`] : []),
    ...(quarantineBytes > 0 ? [`quarantine takes ${sized(quarantineBytes)}: weir lake quarantine lists it`] : []),
    ...(flawed > 0 ? [`${countedOf(flawed, 'part')} cannot be used: weir lake verify says why`] : []),
  ]
  return `${lines.join('\n')}\n`
}
