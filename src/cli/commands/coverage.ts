import { coverageOf, factsOf, type Coverage, type Report } from '../../detect/index.js'
import type { Engine, InputReport, QuarantinedLine, Result } from '../../engine/index.js'
import { enrichmentReferences } from '../../lake/index.js'
import type { CliCommand } from '../command.js'
import { firstQuarantined, nothingRead, withLogs, type Asked } from '../logs.js'
import { awsOptions, withAws } from '../options/aws.js'
import { clockOptions, withClock } from '../options/clock.js'
import { detectionOptions, ruleOptions, withDetection, withRules } from '../options/detection.js'
import { lakeAmong, lakeBeside, requireLake, withLake } from '../options/lake.js'
import { engineChoice, noSources, withEngine } from '../options/engine.js'
import { outputOptions, withOutput, type Format } from '../options/output.js'
import { readingOptions, withReading } from '../options/reading.js'
import { configFor, rulesFor } from '../options/settings.js'
import { printCounts, printCoverage, printFields, printQuarantined, unreadableCoverage } from '../output/coverage.js'
import { jsonOf } from '../output/json.js'
import { outputFor, type Output } from '../output/output.js'
import type { Progress } from '../output/progress.js'
import { resultOf, rowPrinters } from '../output/rows.js'
import { spanned } from '../output/text.js'
import { dryRun } from '../output/dry-run.js'
import { noDryRun, withRemote } from '../remote.js'
import { reportedWindow, windowCoverage, windowOf } from '../window.js'

/** `weir coverage SOURCE…`: what these logs can and cannot show. */
export const coverageCommand: CliCommand = {
  declare: command =>
    withOutput(withAws(withLake(withRules(withDetection(withClock(withEngine(withReading(command)))))))).argument(
      '[source...]',
      'files, folders, globs, -, a lake, s3://bucket/prefix or cloudwatch://log-group (default: the lake)',
    ),

  async run(command, effects) {
    const { format, ...choice } = outputOptions(command)
    const config = configFor(detectionOptions(command))
    const rules = rulesFor(ruleOptions(command), config)
    const output = outputFor(choice, effects)
    const clock = clockOptions(command, () => effects.now())
    const asked = engineChoice(command)
    noDryRun(asked)
    const lake = await lakeBeside(command, effects.env, command.args)
    const aws = awsOptions(command, effects.interrupted)
    const show = async ({ engine, progress, input, quarantined, lake, allCounted }: CoverageSource): Promise<Asked> => {
      const facts = await factsOf(engine, { signal: effects.interrupted })
      const coverage = [
        ...windowCoverage(windowOf(clock), { allCounted }),
        ...unreadableCoverage(input),
        ...coverageOf(input, facts, rules),
      ]
      const view: CoverageView = { window: reportedWindow(facts.window, windowOf(clock)), input, coverage }
      progress.end()
      await printView(view, format, output)
      if (format === 'table') await printQuarantined(await quarantined(), input.quarantined, lake, output)
      await output.close()
      return { inputs: [input], found: false }
    }
    if (asked.engine !== 'duckdb') {
      noSources(asked.engine, command.args, readingOptions(command))
      return withRemote({ choice: asked, config, aws, clock, lake, quiet: choice.quiet }, effects, async remote =>
        asked.dryRun
          ? dryRun([remote.engine.readingOfWindow()], remote, { ...choice, format }, effects)
          : show({
              ...remote,
              input: await remote.engine.input(),
              quarantined: () => Promise.resolve([]),
              lake: undefined,
              allCounted: false,
            }),
      )
    }
    const options = {
      sources: command.args.length > 0 ? command.args : [await requireLake(lake)],
      aws,
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
      const quarantined = (): Promise<readonly QuarantinedLine[]> => firstQuarantined(engine)
      return show({ engine, progress, input, quarantined, lake: await lakeAmong(options.sources), allCounted: true })
    })
  },
}

/** Records whose coverage is told. */
interface CoverageSource {
  readonly engine: Engine
  readonly progress: Progress
  readonly input: InputReport
  /** The first lines that were not understood. */
  readonly quarantined: () => Promise<readonly QuarantinedLine[]>
  readonly lake: string | undefined
  /** Lines outside of the window are counted too. */
  readonly allCounted: boolean
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

async function printView(view: CoverageView, format: Format, output: Output): Promise<void> {
  const { coverage } = view
  if (format === 'json') await output.write(`${jsonOf(coverageJson(view), 2)}\n`)
  else if (format === 'ndjson') await output.write(coverage.map(entry => `${jsonOf(entry)}\n`).join(''))
  else if (format === 'csv') await rowPrinters.csv(coverageRows(coverage), output)
  else await printForPeople(view, output)
}

async function printForPeople({ window, input, coverage }: CoverageView, output: Output): Promise<void> {
  if (window) await output.write(`${output.style.faint(spanned(window.from, window.to))}\n`)
  await printFields(input, output)
  await printCoverage(coverage, output)
  await printCounts(input, output)
}
