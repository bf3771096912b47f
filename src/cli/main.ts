import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { z } from 'zod'
import { Fault } from '../fault/index.js'
import type { CliCommand } from './command.js'
import { coverageCommand } from './commands/coverage.js'
import { demoCommand } from './commands/demo.js'
import { queryCommand } from './commands/query.js'
import { rulesListCommand } from './commands/rules-list.js'
import { rulesShowCommand } from './commands/rules-show.js'
import { rulesTestCommand } from './commands/rules-test.js'
import { scanCommand } from './commands/scan.js'
import { simulateCommand } from './commands/simulate.js'
import { processEffects, type Effects } from './effects.js'
import { done, exitCodeOf, exitCodes, type Outcome } from './exit.js'
import { spreadLists } from './options/lists.js'
import { errorBlock } from './output/block.js'
import { styleFor } from './output/style.js'
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

/** Runs one command line and gives its exit code; everything that was printed has left by then. */
export async function main(args: readonly string[], effects: Effects = processEffects()): Promise<number> {
  try {
    const outcome = await Promise.race([runCommand(args, effects), interruption(effects.interrupted)])
    for (const fault of outcome.faults) await tell(fault, args, effects)
    const interrupted = effects.interrupted.aborted
    if (interrupted) await effects.stderr.write('interrupted\n')
    return exitCodeOf(outcome, interrupted)
  } catch (error) {
    if (isBrokenPipe(error)) return exitCodes.done // who reads has had enough, as in `weir query … | head`
    throw error
  }
}

/** How long an interrupted command may take to put things away, in milliseconds. */
const GRACE = 2000

/** Ends a command that does not end by itself after an interruption. */
const interruption = (signal: AbortSignal): Promise<Outcome> =>
  new Promise(resolve => {
    const end = (): void => void setTimeout(() => resolve(done), GRACE).unref()
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })

/** The outcome of the command, or of the error that ended it. */
async function runCommand(args: readonly string[], effects: Effects): Promise<Outcome> {
  let outcome = done
  const help: Help = { answer: '', error: '' }
  const program = programOf(help, async (command, definition) => {
    outcome = await definition.run(command, effects)
  })
  try {
    await program.parseAsync(spreadLists(args), { from: 'user' })
    return outcome
  } catch (error) {
    if (isBrokenPipe(error)) throw error
    if (error instanceof CommanderError) return printHelp(help, error, effects)
    if (effects.interrupted.aborted && !(error instanceof Fault && error.kind === 'usage')) return done
    return { ...done, faults: [error instanceof Fault ? error : unexpected(error)] }
  }
}

interface Help {
  answer: string
  error: string
}

/** `--help` and `--version` go to stdout; help that nobody asked for is wrong usage. */
async function printHelp(help: Help, error: CommanderError, effects: Effects): Promise<Outcome> {
  if (error.exitCode === 0) {
    await effects.stdout.write(help.answer)
    return done
  }
  await effects.stderr.write(`${help.error}\n`)
  return {
    ...done,
    faults: [
      new Fault({ code: 'usage-command', kind: 'usage', message: 'no command is given', expected: 'one of the commands above' }),
    ],
  }
}

function programOf(help: Help, run: (command: Command, definition: CliCommand) => Promise<void>): Command {
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

async function tell(fault: Fault, args: readonly string[], effects: Effects): Promise<void> {
  const style = styleFor(effects.stderr, !args.includes('--no-color'), effects.env)
  await effects.stderr.write(errorBlock(fault, style))
  if (args.includes('--debug')) await effects.stderr.write(`${stackOf(fault)}\n`)
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : ''
  return `${error.stack ?? error.message}${cause}`
}

const unexpected = (error: unknown): Fault =>
  new Fault({
    code: 'internal',
    kind: 'engine',
    message: error instanceof Error ? error.message : String(error),
    action: 'this is a mistake in Weir: run it again with --debug and report what it prints',
    cause: error,
  })

const isBrokenPipe = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EPIPE'

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}
