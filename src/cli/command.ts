import type { Command } from 'commander'
import type { Effects } from './effects.js'
import type { Outcome } from './exit.js'

/** One of Weir's commands: a file in commands/ and a line in the table of program.ts. */
export interface CliCommand {
  /** Gives it its arguments and options. */
  declare(command: Command): Command
  /** Throws a Fault of kind `usage` before anything is on stdout. */
  run(command: Command, effects: Effects): Promise<Outcome>
}
