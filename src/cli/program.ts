import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { z } from 'zod'
import type { CliCommand } from './command.js'
import { coverageCommand } from './commands/coverage.js'
import { demoCommand } from './commands/demo.js'
import { queryCommand } from './commands/query.js'
import { rulesListCommand } from './commands/rules-list.js'
import { rulesShowCommand } from './commands/rules-show.js'
import { rulesTestCommand } from './commands/rules-test.js'
import { scanCommand } from './commands/scan.js'
import { simulateCommand } from './commands/simulate.js'
import { usageFault } from './usage.js'

/** Every command, with the one that it stands under, as `rules list`. */
const commands: readonly (readonly [group: string | null, command: CliCommand])[] = [
  [null, scanCommand],
  [null, queryCommand],
  [null, coverageCommand],
  ['rules', rulesListCommand],
  ['rules', rulesShowCommand],
  ['rules', rulesTestCommand],
  [null, simulateCommand],
  [null, demoCommand],
]

const groups: Readonly<Record<string, string>> = { rules: 'The rules: list them, show one, run their tests.' }

/** What commander wants to print for help. */
export interface Help {
  answer: string
  error: string
}

/** Weir's command line: `run` gets the command that was named, with its options read. */
export function programOf(help: Help, run: (command: Command, definition: CliCommand) => Promise<void>): Command {
  const program = new Command('weir')
    .description('Reads AWS VPC flow logs and tells people what in them matters, with proof.')
    .version(version(), '--version', 'print the version')
    .helpCommand('help [command]', 'print help')
  for (const [group, definition] of commands) {
    const command = definition.declare()
    command.action(() => run(command, definition))
    ;(group === null ? program : groupOf(program, group)).addCommand(command)
  }
  settle(program, help)
  return program
}

/** The command that others stand under, made for the first of them. */
const groupOf = (program: Command, group: string): Command =>
  program.commands.find(each => each.name() === group) ?? program.command(group).description(groups[group] ?? '')

/** Makes every command throw instead of exit, and talk to `help` instead of the terminal. */
function settle(command: Command, help: Help): void {
  command
    .helpOption('-h, --help', 'print help')
    .configureOutput({
      writeOut: text => (help.answer += text),
      writeErr: text => (help.error += text),
    })
    .exitOverride(error => {
      throw error.code.startsWith('commander.help') || error.code === 'commander.version' ? error : usageFault(error, command)
    })
  for (const each of command.commands) settle(each, help)
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}
