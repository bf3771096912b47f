import type { Command } from 'commander'
import type { Effects } from './effects.js'
import type { Outcome } from './exit.js'

/** One of Weir's commands: a file in commands/ and a line in the table of main.ts. */
export interface CliCommand {
  /** Name, arguments and options. */
  declare(): Command
  /** Throws a Fault of kind `usage` before anything is on stdout. */
  run(command: Command, effects: Effects): Promise<Outcome>
}
