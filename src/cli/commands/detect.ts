import { z } from 'zod'
import { enrichmentReferences } from '../../lake/index.js'
import type { CliCommand } from '../command.js'
import { clockOptions, withClock } from '../options/clock.js'
import { detectionOptions, failOption, ruleOptions, withDetection, withFailOn, withRules } from '../options/detection.js'
import { lakeOf, requireLake, withLake } from '../options/lake.js'
import { outputOptions, withOutput } from '../options/output.js'
import { readingOptions, withReading } from '../options/reading.js'
import { configFor, rulesFor } from '../options/settings.js'
import { scan } from './scan.js'

const shape = z.object({ all: z.boolean().default(false) })

/** `weir detect`: the rules over the lake, of which only the days that are asked for are read. */
export const detectCommand: CliCommand = {
  declare: command =>
    withFailOn(withOutput(withLake(withRules(withDetection(withClock(withReading(command))))))).option(
      '--all',
      'list every finding, those of severity info too',
    ),

  async run(command, effects) {
    const lake = lakeOf(command, effects.env)
    const options = {
      reading: readingOptions(command),
      config: configFor(detectionOptions(command)),
      rules: rulesFor(ruleOptions(command)),
      clock: clockOptions(command, () => effects.now()),
      output: outputOptions(command),
      ...shape.parse(command.opts()),
      ...failOption(command),
    }
    const sources = [await requireLake(lake)]
    return scan({ ...options, sources, references: await enrichmentReferences(lake) }, effects)
  },
}
