import { resolve } from 'node:path'
import { z } from 'zod'
import { loadRules, parseConfig } from '../../detect/index.js'
import { simulate } from '../../simulate/index.js'
import type { CliCommand } from '../command.js'
import { outputOptions, withTalk } from '../options/output.js'
import { printNextSteps } from '../output/next-steps.js'
import { outputFor } from '../output/output.js'
import { programName } from '../output/program.js'
import { progressFor } from '../output/progress.js'
import { countedOf } from '../output/text.js'
import { scan } from './scan.js'

const shape = z.object({ out: z.string() })

/** `weir demo`: a simulated day with attacks in it, scanned like any other logs. */
export const demoCommand: CliCommand = {
  declare: command =>
    withTalk(command).option('--out <dir>', 'the folder for the simulated logs, which stay there', './weir-demo'),

  async run(command, effects) {
    const choice = outputOptions(command)
    const { out } = shape.parse(command.opts())
    const output = outputFor(choice, effects)
    const progress = progressFor(effects, choice)
    try {
      const { records, files, labels } = await simulate(
        { out: resolve(out), records: 100_000 },
        { onFile: (done, total) => progress.show('simulating', { done, total, unit: 'count' }), signal: effects.interrupted },
      )
      progress.end()
      const scenarios = new Set(labels.map(label => label.scenario)).size
      await output.write(
        `A day of a small simulated VPC stands in ${out}: ${countedOf(records, 'record')} in ${countedOf(files.length, 'file')}, ` +
          `with ${countedOf(scenarios, 'scenario')} of attacks and faults that labels.ndjson there describes.\n\n`,
      )
    } finally {
      progress.end()
    }
    const outcome = await scan(
      {
        sources: [out],
        reading: { mapLocation: [], strict: false },
        config: parseConfig(''),
        rules: loadRules(),
        clock: { now: undefined, since: undefined, until: undefined },
        output: choice,
        all: false,
      },
      effects,
    )
    await printNextSteps(programName(effects.env), out, output)
    return outcome
  },
}
