import { coverageOf, factsOf, type Coverage, type Report } from '../../detect/index.js'
import type { InputReport, Result } from '../../engine/index.js'
import { enrichmentReferences } from '../../lake/index.js'
import type { CliCommand } from '../command.js'
import { firstQuarantined, nothingRead, withLogs } from '../logs.js'
import { awsOptions, withAws } from '../options/aws.js'
import { clockOptions, withClock } from '../options/clock.js'
import { detectionOptions, ruleOptions, withDetection, withRules } from '../options/detection.js'
import { lakeAmong, lakeBeside, requireLake, withLake } from '../options/lake.js'
import { outputOptions, withOutput } from '../options/output.js'
import { readingOptions, withReading } from '../options/reading.js'
import { configFor, rulesFor } from '../options/settings.js'
import { printCounts, printCoverage, printFields, printQuarantined, unreadableCoverage } from '../output/coverage.js'
import { jsonOf } from '../output/json.js'
import { outputFor, type Output } from '../output/output.js'
import { resultOf, rowPrinters } from '../output/rows.js'
import { spanned } from '../output/text.js'
import { reportedWindow, windowCoverage, windowOf } from '../window.js'

/** `weir coverage SOURCE…`: what these logs can and cannot show. */
export const coverageCommand: CliCommand = {
  declare: command =>
    withOutput(withAws(withLake(withRules(withDetection(withClock(withReading(command))))))).argument(
      '[source...]',
      'files, folders, globs, -, a lake, s3://bucket/prefix or cloudwatch://log-group (default: the lake)',
    ),

  async run(command, effects) {
    const { format, ...choice } = outputOptions(command)
    const config = configFor(detectionOptions(command))
    const rules = rulesFor(ruleOptions(command))
    const output = outputFor(choice, effects)
    const clock = clockOptions(command, () => effects.now())
    const lake = await lakeBeside(command, effects.env, command.args)
    const options = {
      sources: command.args.length > 0 ? command.args : [await requireLake(lake)],
      aws: awsOptions(command, effects.interrupted),
      reading: readingOptions(command),
      own: config.networks.own,
      clock,
      references: await enrichmentReferences(lake),
      quiet: choice.quiet,
    }
    return withLogs(options, effects, async ({ engine, progress }) => {
      const input = await engine.input()
      const nothing = await nothingRead(engine, input)
      if (nothing) return nothing
      const facts = await factsOf(engine, { signal: effects.interrupted })
      const coverage = [...windowCoverage(windowOf(clock)), ...unreadableCoverage(input), ...coverageOf(input, facts, rules)]
      const window = reportedWindow(facts.window, windowOf(clock))
      const view: CoverageView = { window, input, coverage }
      progress.end()
      if (format === 'json') await output.write(`${jsonOf(coverageJson(view), 2)}\n`)
      else if (format === 'ndjson') await output.write(coverage.map(entry => `${jsonOf(entry)}\n`).join(''))
      else if (format === 'csv') await rowPrinters.csv(coverageRows(coverage), output)
      else {
        await printForPeople(view, output)
        await printQuarantined(await firstQuarantined(engine), input.quarantined, await lakeAmong(options.sources), output)
      }
      await output.close()
      return { inputs: [input], found: false }
    })
  },
}

interface CoverageView {
  readonly window: Report['window']
  readonly input: InputReport
  readonly coverage: readonly Coverage[]
}

function coverageJson({ window, input, coverage }: CoverageView) {
  const { fields, partialFields, damaged, unreadable, aside, ...counts } = input
  return { window, input: counts, fields, partial_fields: partialFields, damaged, unreadable, left_aside: aside, coverage }
}

const coverageRows = (coverage: readonly Coverage[]): Result =>
  resultOf(
    { code: 'varchar', message: 'varchar', blinds: 'varchar' },
    coverage.map(({ code, message, blinds }) => [code, message, blinds.join(' ')]),
  )

async function printForPeople({ window, input, coverage }: CoverageView, output: Output): Promise<void> {
  if (window) await output.write(`${output.style.faint(spanned(window.from, window.to))}\n`)
  await printFields(input, output)
  await printCoverage(coverage, output)
  await printCounts(input, output)
}
