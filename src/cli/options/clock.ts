import type { Command } from 'commander'
import { z } from 'zod'
import { instant } from './time.js'

/** The clock of a run. */
export interface ClockOptions {
  /** The fixed clock, where `--now` gives one. */
  readonly now: Date | undefined
}

const shape = z.object({ now: z.string().optional() })

export const withClock = (command: Command): Command =>
  command.option('--now <time>', 'fixes the clock: current_date, ages and reports')

export function clockOptions(command: Command): ClockOptions {
  const { now } = shape.parse(command.opts())
  return { now: now === undefined ? undefined : instant('--now', now) }
}
