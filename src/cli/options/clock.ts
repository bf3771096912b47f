import type { Command } from 'commander'
import { z } from 'zod'
import { Fault } from '../../fault/index.js'
import { instant, instantOrAge } from './time.js'

/** The clock of a run and the span of time that it looks at: records that start at `since` or later and before `until`. */
export interface ClockOptions {
  /** The fixed clock, where `--now` gives one. */
  readonly now: Date | undefined
  readonly since: Date | undefined
  readonly until: Date | undefined
}

const shape = z.object({ now: z.string().optional(), since: z.string().optional(), until: z.string().optional() })

export const withClock = (command: Command): Command =>
  withNow(
    command
      .option('--since <time>', 'records that start at this time or later: ISO 8601, or an age such as 24h or 7d')
      .option('--until <time>', 'records that start before this time: likewise'),
  )

/** The clock of a command that looks at no span of time. */
export const withNow = (command: Command): Command =>
  command.option('--now <time>', 'fixes the clock: current_date, ages and reports')

/** Ages count back from `--now`, else from `clock`. */
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
      message: `--since is not before --until: ${since.toISOString()} and ${until.toISOString()}`,
      where: '--since, --until',
      expected: 'a span of time, such as --since 7d --until 24h',
    })
  }
  return { now, since, until }
}
