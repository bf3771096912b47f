import { resolve } from 'node:path'
import { Option } from 'commander'
import { z } from 'zod'
import type { Result } from '../../engine/index.js'
import { simulate, type Label, type SimulationOptions, type SimulationSummary } from '../../simulate/index.js'
import type { CliCommand } from '../command.js'
import { done } from '../exit.js'
import { choiceOf } from '../options/choice.js'
import { wholeNumber } from '../options/number.js'
import { outputOptions, withOutput, type Format } from '../options/output.js'
import { jsonOf } from '../output/json.js'
import { outputFor, type Output } from '../output/output.js'
import { programName } from '../output/program.js'
import { progressFor } from '../output/progress.js'
import { resultOf, rowPrinters } from '../output/rows.js'
import { countedOf, named, shellWord, spanned } from '../output/text.js'

const layouts = ['default', 'hive'] as const
const fileFormats = ['plain-text', 'parquet'] as const

const shape = z.object({
  out: z.string(),
  records: z.number().optional(),
  days: z.number().optional(),
  hosts: z.number().optional(),
  scenario: z.array(z.string()).optional(),
  cases: z.number().optional(),
  seed: z.number().optional(),
  start: z.string().optional(),
  filesPerDay: z.number().optional(),
  interval: z.literal([60, 600]).optional(),
  layout: z.enum(layouts).optional(),
  fileFormat: z.enum(fileFormats).optional(),
  logVersion: z.number().optional(),
  fields: z.string().optional(),
  account: z.string().optional(),
  region: z.string().optional(),
  threads: z.number().optional(),
})

const number = (flags: string, description: string, least = 1): Option =>
  new Option(flags, description).argParser(wholeNumber(flags.split(' ')[0] ?? flags, least))

const choice = (flags: string, description: string, words: readonly string[]): Option =>
  new Option(flags, `${description}: ${words.join(', ')}`).argParser(choiceOf(flags.split(' ')[0] ?? flags, words))

const interval = (text: string): number => Number(choiceOf('--interval', ['60', '600'])(text))

/** `weir simulate`: writes labelled flow logs. */
export const simulateCommand: CliCommand = {
  declare: command =>
    withOutput(command)
      .requiredOption('--out <dir>', 'the folder to write to')
      .addOption(number('--records <n>', 'log lines in all (default: 100000)'))
      .addOption(number('--days <n>', 'days, from --start on (default: 1)'))
      .addOption(number('--hosts <n>', 'instances in the VPC (default: 50)'))
      .option(
        '--scenario <name...>',
        'these scenarios, or all, or none (default: eleven, as in weir demo); docs/simulate.md names them',
      )
      .addOption(number('--cases <n>', 'how often each scenario is planted, every time with other actors (default: 1)'))
      .addOption(number('--seed <n>', 'the same seed gives the same bytes (default: 1)', 0))
      .option('--start <date>', 'the first day, in UTC (default: 2026-01-05)')
      .addOption(number('--files-per-day <n>', 'files a day (default: 24)'))
      .addOption(choice('--interval <seconds>', 'longest aggregation interval', ['60', '600']).argParser(interval))
      .addOption(choice('--layout <name>', 'folders as AWS makes them', layouts))
      .addOption(choice('--file-format <name>', 'format of the files', fileFormats))
      .addOption(number('--log-version <n>', 'all fields up to this version, 2 to 11 (default: 2)', 2))
      .option('--fields <names>', 'these fields instead: "version account-id interface-id …"')
      .option('--account <id>', 'the account (default: 123456789012)')
      .option('--region <name>', 'the region (default: us-east-1)')
      .addOption(number('--threads <n>', 'files written at the same time; changes no byte of them')),

  async run(command, effects) {
    const { format, file, color, quiet } = outputOptions(command)
    const output = outputFor({ file, color }, effects)
    const given = shape.parse(command.opts())
    const progress = progressFor(effects, { quiet })
    try {
      const summary = await simulate(simulationOptions(given), {
        onFile: (files, total) => progress.show('writing files', { done: files, total, unit: 'count' }),
        signal: effects.interrupted,
      })
      progress.end()
      await printSummary(summary, format, output)
      if (format === 'table') await output.write(`\nRead them:  ${programName(effects.env)} scan ${shellWord(given.out)}\n`)
      await output.close()
      return done
    } finally {
      progress.end()
    }
  },
}

/** `--scenario none` is traffic without attacks. */
function simulationOptions(given: z.output<typeof shape>): SimulationOptions {
  const { out, scenario, ...rest } = given
  const scenarios = scenario?.join() === 'none' ? [] : scenario
  return { ...rest, scenarios, out: resolve(out) }
}

async function printSummary(summary: SimulationSummary, format: Format, output: Output): Promise<void> {
  const { out, files, records, labels, window } = summary
  if (format === 'json') return output.write(`${jsonOf(summary, 2)}\n`)
  if (format === 'ndjson') return output.write(labels.map(label => `${jsonOf(label)}\n`).join(''))
  if (format === 'table') {
    const span = spanned(window.from, window.to)
    await output.write(`${countedOf(records, 'record')} in ${countedOf(files.length, 'file')} under ${out}, ${span}\n\n`)
  }
  await rowPrinters[format](labelRows(labels, format === 'table' ? items => named(items) : items => items.join(' ')), output)
}

const labelRows = (labels: readonly Label[], list: (items: readonly (string | number)[]) => string): Result =>
  resultOf(
    {
      scenario: 'varchar',
      case: 'bigint',
      sources: 'varchar',
      targets: 'varchar',
      ports: 'varchar',
      first_seen: 'varchar',
      last_seen: 'varchar',
      records: 'bigint',
    },
    labels.map(label => [
      label.scenario,
      label.case,
      list(label.sources),
      list(label.targets),
      list(label.ports),
      label.first_seen,
      label.last_seen,
      label.records,
    ]),
  )
