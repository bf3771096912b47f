import type { Command } from 'commander'
import { z } from 'zod'
import { Fault } from '../../fault/index.js'
import { instant, instantOrAge } from './time.js'

/** The clock of a run and the span of time it looks at. */
export interface ClockOptions {
  /** The fixed clock, where `--now` gives one. */
  readonly now: Date | undefined
  readonly since: Date | undefined
  readonly until: Date | undefined
}

const shape = z.object({ now: z.string().optional(), since: z.string().optional(), until: z.string().optional() })

export function withClock(command: Command): Command {
  return command
    .option('--since <time>', 'records from this time on: ISO 8601 (UTC), or an age such as 24h or 7d')
    .option('--until <time>', 'records before this time')
    .option('--now <time>', 'fixes the clock: current_date, ages and reports')
}

/** Ages count back from `--now`, else from the clock. */
export function clockOptions(command: Command, clock: () => Date): ClockOptions {
  const given = shape.parse(command.opts())
  const now = given.now === undefined ? undefined : instant('--now', given.now)
  const from = now ?? clock()
  const since = given.since === undefined ? undefined : instantOrAge('--since', given.since, from)
  const until = given.until === undefined ? undefined : instantOrAge('--until', given.until, from)
  if (since && until && since >= until) {
    throw new Fault({
      code: 'option-window',
      kind: 'usage',
      message: `--since ${since.toISOString()} is not before --until ${until.toISOString()}`,
      action: 'swap them, or leave one away',
    })
  }
  return { now, since, until }
}
