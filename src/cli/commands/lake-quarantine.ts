import { z } from 'zod'
import type { QuarantinedLine } from '../../engine/index.js'
import { quarantinedObjects, quarantineOfLake, type QuarantinedObject } from '../../lake/index.js'
import type { CliCommand } from '../command.js'
import type { Effects } from '../effects.js'
import { done, type Outcome } from '../exit.js'
import { awsOptions, withAws } from '../options/aws.js'
import { lakeOf, requireLake, withLake, withLakeWork, withResources } from '../options/lake.js'
import { outputOptions, withOutput, type Format } from '../options/output.js'
import { printIngest, sumOfReports } from '../output/ingest.js'
import { jsonOf } from '../output/json.js'
import { outputFor, type Output } from '../output/output.js'
import { resultOf, rowPrinters } from '../output/rows.js'
import { shortened } from '../output/table.js'
import { countedOf, printableLine } from '../output/text.js'
import { faultsOfIngest } from '../output/ingest-faults.js'
import { retry } from '../retry.js'
import type { Command } from 'commander'

const shape = z.object({ retry: z.boolean().default(false), fields: z.string().optional() })

/** `weir lake quarantine`: lists what could not be read, or reads it again. */
export const lakeQuarantineCommand: CliCommand = {
  declare: command =>
    withOutput(withAws(withResources(withLake(command))))
      .option('--retry', 'read the objects again of which something is in quarantine')
      .option('--fields <names>', 'with --retry: the fields of logs without a header'),

  async run(command, effects) {
    const { format, ...choice } = outputOptions(command)
    const options = shape.parse(command.opts())
    const lake = await requireLake(lakeOf(command, effects.env))
    const output = outputFor(choice, effects)
    const outcome = options.retry
      ? await again(lake, command, { ...options, quiet: choice.quiet }, format, output, effects)
      : await list(lake, command, choice.quiet, format, output, effects)
    await output.close()
    return outcome
  },
}

async function list(
  lake: string,
  command: Command,
  quiet: boolean,
  format: Format,
  output: Output,
  effects: Effects,
): Promise<Outcome> {
  await withLakeWork(command, effects, { name: 'quarantine', quiet }, async options => {
    const objects = await quarantinedObjects(lake, options)
    const lines = linesOf(lake, objects, options)
    if (format === 'json') {
      const all: QuarantinedLine[] = []
      for await (const line of lines) all.push(line)
      await output.write(`${jsonOf({ lake, objects, lines: all }, 2)}\n`)
    } else if (format === 'table') await printForPeople(lines, objects, output)
    else {
      const columns = { source: 'varchar', line: 'bigint', reason: 'varchar', text: 'varchar' }
      const result = resultOf(columns, [])
      const batches = (async function* () {
        for await (const { source, line, reason, text } of lines) yield [[source, line, reason, text]]
      })()
      await rowPrinters[format]({ ...result, batches }, output)
    }
  })
  return done
}

const LINES_SHOWN = 50
/** Where nothing says how wide a line may be. */
const WIDTH = 120

/** The first lines, each with its place and reason, and what to do about them. */
async function printForPeople(
  lines: AsyncIterable<QuarantinedLine>,
  objects: readonly QuarantinedObject[],
  output: Output,
): Promise<void> {
  if (objects.length === 0) return output.write('nothing is in quarantine\n')
  let shown = 0
  for await (const { source, line, reason, text } of lines) {
    if (shown++ === LINES_SHOWN) break
    await output.write(`${printableLine(`${source}${line > 0 ? `:${line}` : ''}  ${reason}`)}\n`)
    const sample = shortened(printableLine(text), (output.width ?? WIDTH) - 4)
    if (line > 0) await output.write(`    ${output.style.faint(sample)}\n`)
  }
  const quarantined = objects.reduce((sum, object) => sum + object.quarantined, 0)
  const some = shown > LINES_SHOWN ? `, of which the first ${LINES_SHOWN} are shown: --format csv or json has all` : ''
  await output.write(
    `${countedOf(quarantined, 'line')} of ${countedOf(objects.length, 'object')}${some}; ` +
      'after a fix --retry reads them again, where need be with --fields\n',
  )
}

/** What could not be read of an object as a whole stands before its lines, as line 0. */
async function* linesOf(
  lake: string,
  objects: readonly QuarantinedObject[],
  options: Parameters<typeof quarantineOfLake>[2],
): AsyncGenerator<QuarantinedLine> {
  for (const { object, reason } of objects) if (reason !== undefined) yield { source: object, line: 0, reason, text: '' }
  yield* quarantineOfLake(lake, objects, options)
}

async function again(
  lake: string,
  command: Command,
  { fields, quiet }: { readonly fields?: string | undefined; readonly quiet: boolean },
  format: Format,
  output: Output,
  effects: Effects,
): Promise<Outcome> {
  const { aws } = awsOptions(command, effects.interrupted)
  const reports = await withLakeWork(command, effects, { name: 'retry', quiet, unit: 'bytes' }, options =>
    retry(lake, { ...options, fields, aws, stdin: effects.stdin }),
  )
  const report = sumOfReports(reports)
  await printIngest({ report, lake, all: false }, format, output)
  return { ...done, faults: faultsOfIngest(report) }
}
