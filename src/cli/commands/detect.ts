import { z } from 'zod'
import { enrichmentReferences } from '../../lake/index.js'
import type { CliCommand } from '../command.js'
import { awsOptions, withAws, type AwsChoice } from '../options/aws.js'
import { clockOptions, withClock } from '../options/clock.js'
import { detectionOptions, failOption, ruleOptions, withDetection, withFailOn, withRules } from '../options/detection.js'
import { engineChoice, noSources, withEngine, type EngineChoice } from '../options/engine.js'
import { lakeOf, requireLake, withLake } from '../options/lake.js'
import { outputOptions, withOutput } from '../options/output.js'
import { readingOptions, withReading } from '../options/reading.js'
import { configFor, rulesFor } from '../options/settings.js'
import type { Effects } from '../effects.js'
import type { Outcome } from '../exit.js'
import { dryRun } from '../output/dry-run.js'
import { noDryRun, withRemote } from '../remote.js'
import { detected, scan, type DetectOptions } from './scan.js'

const shape = z.object({ all: z.boolean().default(false) })

/** `weir detect`: the rules over the lake, of which only the days that are asked for are read. */
export const detectCommand: CliCommand = {
  declare: command =>
    withFailOn(withOutput(withAws(withLake(withRules(withDetection(withClock(withEngine(withReading(command))))))))).option(
      '--all',
      'list every finding, those of severity info too',
    ),

  async run(command, effects) {
    const config = configFor(detectionOptions(command))
    const options = {
      reading: readingOptions(command),
      config,
      rules: rulesFor(ruleOptions(command), config),
      clock: clockOptions(command, () => effects.now()),
      output: outputOptions(command),
      ...shape.parse(command.opts()),
      ...failOption(command),
    }
    const choice = engineChoice(command)
    const lake = lakeOf(command, effects.env)
    const aws = awsOptions(command, effects.interrupted)
    if (choice.engine !== 'duckdb') {
      noSources(choice.engine, [], options.reading)
      const { config: file } = detectionOptions(command)
      return detectRemotely({ ...options, choice, aws, lake, file }, effects)
    }
    noDryRun(choice)
    const sources = [await requireLake(lake)]
    return scan({ ...options, sources, references: await enrichmentReferences(lake) }, effects)
  },
}

interface RemoteDetection extends DetectOptions {
  readonly choice: EngineChoice
  readonly lake: string
  /** Of `--config`. */
  readonly file: string | undefined
  readonly aws: AwsChoice
}

/** The rules where the data is: the window is read once, into tables of the run. */
async function detectRemotely(options: RemoteDetection, effects: Effects): Promise<Outcome> {
  const since = effects.now().getTime()
  return withRemote({ ...options, quiet: options.output.quiet }, effects, async remote => {
    const { engine, progress, scanned } = remote
    if (options.choice.dryRun) return dryRun([engine.readingOfWindow()], remote, options.output, effects)
    progress.show('reading', { done: 0, total: 1, unit: 'count' })
    const input = await engine.input()
    const asked = { engine, progress, input, quarantined: [], lake: undefined, arguments: sameQuestion(options), scanned }
    return { inputs: [input], ...(await detected(asked, options, effects, since)) }
  })
}

/** What makes `weir query` ask the same server, and read no more days of it than the run did: a bound of `start` chooses no partition. */
const sameQuestion = ({ choice, file, clock: { since, until }, config }: RemoteDetection): string[] => [
  ...['--engine', choice.engine],
  ...(file === undefined ? [] : ['--config', file]),
  ...(since === undefined ? [] : ['--since', since.toISOString()]),
  ...(until === undefined ? [] : ['--until', until.toISOString()]),
  ...config.networks.own.flatMap(range => ['--own', range]),
]
