import { allowedConnections, runBacktest, type Backtest } from '../../detect/index.js'
import { enrichmentReferences } from '../../lake/index.js'
import type { CliCommand } from '../command.js'
import { nothingRead, withLogs } from '../logs.js'
import { awsOptions, withAws } from '../options/aws.js'
import { clockOptions, withClock } from '../options/clock.js'
import { detectionOptions, ruleOptions, withDetection, withRuleFiles } from '../options/detection.js'
import { withOwnEngine } from '../options/engine.js'
import { lakeBeside, requireLake, withLake } from '../options/lake.js'
import { outputOptions, withOutput, type Format } from '../options/output.js'
import { readingOptions, withReading } from '../options/reading.js'
import { withSet, withSettings } from '../options/set.js'
import { chosenRules, configFor, rulesFor } from '../options/settings.js'
import { backtestJson, dayRows, printBacktest } from '../output/backtest.js'
import { unreadableCoverage } from '../output/coverage.js'
import { jsonOf } from '../output/json.js'
import { outputFor, type Output } from '../output/output.js'
import { rowPrinters } from '../output/rows.js'
import { windowCoverage, windowOf } from '../window.js'

/** `weir rules backtest RULE [SOURCE…]`: what a rule would have raised, and what it would have with other thresholds. */
export const rulesBacktestCommand: CliCommand = {
  declare: command =>
    withSet(withOutput(withAws(withLake(withRuleFiles(withDetection(withClock(withOwnEngine(withReading(command)))))))))
      .argument('<rule>', 'the id of a rule')
      .argument(
        '[source...]',
        'files, folders, globs, -, a lake, s3://bucket/prefix or cloudwatch://log-group (default: the lake)',
      ),

  async run(command, effects) {
    const { format, ...choice } = outputOptions(command)
    const [id = '', ...named] = command.args
    const config = configFor(detectionOptions(command))
    const [rule] = chosenRules(rulesFor(ruleOptions(command), config), [id])
    if (!rule) throw new RangeError('a rule that is there was not found')
    const settings = withSettings(command, rule, config)
    const clock = clockOptions(command, () => effects.now())
    const output = outputFor(choice, effects)
    const lake = await lakeBeside(command, effects.env, named)
    const options = {
      sources: named.length > 0 ? named : [await requireLake(lake)],
      aws: awsOptions(command, effects.interrupted),
      reading: readingOptions(command),
      own: config.networks.own,
      allowed: allowedConnections(config),
      lists: config.lists,
      clock,
      references: await enrichmentReferences(lake),
      quiet: choice.quiet,
    }
    return withLogs(options, effects, async ({ engine, progress }) => {
      const input = await engine.input()
      const nothing = await nothingRead(engine, input)
      if (nothing) return nothing
      const backtest = await runBacktest({
        engine,
        rule,
        input,
        config: settings,
        now: (clock.now ?? effects.now()).getTime() / 1000,
        signal: effects.interrupted,
        onLimit: (parameter, done, total) => progress.show(`${rule.id}, ${parameter}`, { done, total, unit: 'count' }),
      })
      progress.end()
      const coverage = [...windowCoverage(windowOf(clock)), ...unreadableCoverage(input), ...backtest.coverage]
      await print({ ...backtest, coverage }, format, output)
      await output.close()
      return { inputs: [input], found: false }
    })
  },
}

async function print(backtest: Backtest, format: Format, output: Output): Promise<void> {
  if (format === 'json') return output.write(`${jsonOf(backtestJson(backtest), 2)}\n`)
  if (format === 'table') return printBacktest(backtest, output)
  await rowPrinters[format](dayRows(backtest), output)
}
