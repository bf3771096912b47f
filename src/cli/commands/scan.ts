import { z } from 'zod'
import {
  allowedConnections,
  isAtLeast,
  runRules,
  type Config,
  type Report,
  type Rule,
  type Severity,
} from '../../detect/index.js'
import type { Engine, InputReport, QuarantinedLine } from '../../engine/index.js'
import type { Fault } from '../../fault/index.js'
import { enrichmentReferences } from '../../lake/index.js'
import type { CliCommand } from '../command.js'
import type { Effects } from '../effects.js'
import type { Outcome } from '../exit.js'
import { firstQuarantined, nothingRead, withLogs } from '../logs.js'
import { awsOptions, withAws, type AwsChoice } from '../options/aws.js'
import { clockOptions, withClock, type ClockOptions } from '../options/clock.js'
import { detectionOptions, failOption, ruleOptions, withDetection, withFailOn, withRules } from '../options/detection.js'
import { lakeAmong, lakeBeside, withLake } from '../options/lake.js'
import { withOwnEngine } from '../options/engine.js'
import { outputOptions, withOutput, type OutputOptions } from '../options/output.js'
import { readingArguments, readingOptions, withReading, type ReadingOptions } from '../options/reading.js'
import { configFor, rulesFor } from '../options/settings.js'
import type { Scanned } from '../remote.js'
import { unreadableCoverage } from '../output/coverage.js'
import { queryLine } from '../output/details.js'
import { outputFor } from '../output/output.js'
import { programName } from '../output/program.js'
import type { Progress } from '../output/progress.js'
import { printReport } from '../output/report.js'
import { reportedWindow, windowCoverage, windowOf } from '../window.js'

export interface ScanOptions {
  readonly sources: readonly string[]
  readonly aws?: AwsChoice
  readonly reading: ReadingOptions
  readonly config: Config
  readonly rules: readonly Rule[]
  readonly clock: ClockOptions
  /** The tables that stand beside the logs, by name. */
  readonly references?: ReadonlyMap<string, string>
  readonly output: OutputOptions
  /** Lists every finding of severity info, too. */
  readonly all: boolean
  readonly failOn?: Severity | undefined
}

const shape = z.object({ all: z.boolean().default(false) })

/** `weir scan SOURCE…`: reads the logs, runs the rules, prints what they find. */
export const scanCommand: CliCommand = {
  declare: command =>
    withFailOn(withOutput(withAws(withLake(withRules(withDetection(withClock(withOwnEngine(withReading(command)))))))))
      .argument('<source...>', 'files, folders, globs, -, a lake, s3://bucket/prefix or cloudwatch://log-group')
      .option('--all', 'list every finding, those of severity info too'),

  run: async (command, effects) => {
    const config = configFor(detectionOptions(command))
    return scan(
      {
        sources: command.args,
        aws: awsOptions(command, effects.interrupted),
        reading: readingOptions(command),
        config,
        rules: rulesFor(ruleOptions(command), config),
        clock: clockOptions(command, () => effects.now()),
        references: await enrichmentReferences(await lakeBeside(command, effects.env, command.args)),
        output: outputOptions(command),
        ...shape.parse(command.opts()),
        ...failOption(command),
      },
      effects,
    )
  },
}

/** Scans logs and prints the report. */
export async function scan(options: ScanOptions, effects: Effects): Promise<Outcome> {
  const { sources, reading, config, clock, references = new Map(), output: choice, aws } = options
  const { own } = config.networks
  const said = { own, allowed: allowedConnections(config), lists: config.lists }
  return withLogs(
    { sources, reading, ...said, clock, references, quiet: choice.quiet, ...(aws && { aws }) },
    effects,
    async logs => {
      const since = effects.now().getTime()
      const input = await logs.engine.input()
      const nothing = await nothingRead(logs.engine, input)
      if (nothing) return nothing
      const asked = {
        ...logs,
        input,
        quarantined: await firstQuarantined(logs.engine),
        lake: await lakeAmong(sources),
        arguments: [...sources, ...readingArguments(reading, own)],
      }
      return { inputs: [input], ...(await detected(asked, options, effects, since)) }
    },
  )
}

/** An engine with records that rules can be run over. */
export interface Detectable {
  readonly engine: Engine
  readonly progress: Progress
  readonly input: InputReport
  /** The first lines that were not understood. */
  readonly quarantined: readonly QuarantinedLine[]
  readonly lake: string | undefined
  /** What makes `weir query` ask the same. */
  readonly arguments: readonly string[]
  /** What the engine has read so far, where it says. */
  readonly scanned?: () => Scanned
}

export type DetectOptions = Pick<ScanOptions, 'config' | 'rules' | 'clock' | 'output' | 'all' | 'failOn'>

/** Runs the rules and prints the report; which rules failed, and whether the others found what the run was told to fail on. */
export async function detected(
  asked: Detectable,
  options: DetectOptions,
  effects: Effects,
  since: number,
): Promise<Pick<Outcome, 'faults' | 'found'>> {
  const { failOn, output: choice } = options
  const output = outputFor(choice, effects)
  const { report, faults } = await reportOf(asked, options, effects, since)
  const view = {
    ...asked,
    report,
    all: options.all,
    query: (sql: string) => queryLine(programName(effects.env), sql, asked.arguments),
  }
  asked.progress.end()
  await printReport(view, choice.format, output)
  await output.close()
  return { faults, found: failOn !== undefined && report.findings.some(({ severity }) => isAtLeast(severity, failOn)) }
}

/** Servers have no files of this machine. */
const LISTS_NOT_READ = {
  code: 'lists-not-read',
  message: 'The lists of weir.yaml are not read on Trino and Athena: put them beside the lake (weir lake enrich known-bad FILE)',
  blinds: ['known-bad-address', 'tor'],
}

async function reportOf(
  { engine, progress, input, scanned }: Detectable,
  { config, rules, clock }: DetectOptions,
  effects: Effects,
  since: number,
): Promise<{ readonly report: Report; readonly faults: readonly Fault[] }> {
  const result = await runRules({
    engine,
    rules,
    input,
    config,
    now: (clock.now ?? effects.now()).getTime() / 1000,
    signal: effects.interrupted,
    onRule: (rule, place, total) => progress.show(`rules, ${rule.id}`, { done: place, total, unit: 'count' }),
  })
  const { lines, records, nodata, skipdata, headers, quarantined, bytes } = input
  const report: Report = {
    schema: 'weir.report/1',
    window: reportedWindow(result.window, windowOf(clock)),
    input: { sources: input.sources, lines, records, nodata, skipdata, headers, quarantined, bytes },
    coverage: [
      ...windowCoverage(windowOf(clock), { allCounted: scanned === undefined }),
      ...unreadableCoverage(input),
      ...(scanned && config.lists.length > 0 ? [LISTS_NOT_READ] : []),
      ...result.coverage,
    ],
    findings: result.findings,
    stats: {
      elapsed_ms: Math.round(effects.now().getTime() - since),
      rules: result.rules,
      prepare_ms: result.times.prepare,
      rule_ms: result.times.rules,
      proofs_ms: result.times.proofs,
      ...scanned?.(),
    },
  }
  return { report, faults: result.failed }
}
