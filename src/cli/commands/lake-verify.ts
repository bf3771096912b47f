import { z } from 'zod'
import { Fault } from '../../fault/index.js'
import { verify } from '../../lake/index.js'
import type { CliCommand } from '../command.js'
import { done } from '../exit.js'
import { lakeOf, requireLake, withLake, withLakeWork, withResources } from '../options/lake.js'
import { outputOptions, withOutput } from '../options/output.js'
import { jsonOf } from '../output/json.js'
import { outputFor } from '../output/output.js'
import { resultOf, rowPrinters } from '../output/rows.js'
import { counted, countedOf } from '../output/text.js'

const shape = z.object({ repair: z.boolean().default(false) })

/** `weir lake verify`: proves that every part is readable and the counts hold; exits with 4 where they do not. */
export const lakeVerifyCommand: CliCommand = {
  declare: command =>
    withOutput(withResources(withLake(command))).option(
      '--repair',
      'set aside what cannot be used: the next ingest reads again what it held',
    ),

  async run(command, effects) {
    const { format, ...choice } = outputOptions(command)
    const repair = shape.parse(command.opts()).repair
    const lake = await requireLake(lakeOf(command, effects.env))
    const output = outputFor(choice, effects)
    const work = { name: 'verify', quiet: choice.quiet }
    const report = await withLakeWork(command, effects, work, options => verify(lake, { ...options, repair }))
    const { flaws, setAside, ...counts } = report
    if (format === 'json') await output.write(`${jsonOf({ lake, ...counts, flaws, set_aside: setAside }, 2)}\n`)
    else {
      const rows = resultOf(
        { where: 'varchar', reason: 'varchar' },
        flaws.map(({ where, reason }) => [where, reason]),
      )
      if (format !== 'table' || flaws.length > 0) await rowPrinters[format](rows, output)
      if (format === 'table')
        await output.write(
          `${countedOf(counts.parts, 'part')} with ${countedOf(counts.rows, 'row')} of ${countedOf(counts.objects, 'object')}: ` +
            `${flaws.length === 0 ? 'all readable, and the counts hold' : `${counted(flaws.length)} wrong`}\n` +
            (setAside.length > 0 ? `${countedOf(setAside.length, 'part')} set aside: ingest the same sources again\n` : ''),
        )
    }
    await output.close()
    if (flaws.length === 0 || repair) return done
    const message = `${countedOf(flaws.length, 'thing')} wrong with the lake`
    const action = 'weir lake verify --repair sets aside what cannot be used, then weir ingest reads it again'
    return { ...done, faults: [new Fault({ code: 'lake-damaged', kind: 'engine', message, where: lake, action })] }
  },
}
