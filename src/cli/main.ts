import { CommanderError } from 'commander'
import { Fault } from '../fault/index.js'
import { processEffects, type Effects } from './effects.js'
import { done, exitCodeOf, exitCodes, type Outcome } from './exit.js'
import { spreadLists } from './options/lists.js'
import { errorBlock } from './output/block.js'
import { isBrokenPipe, outputFor } from './output/output.js'
import { styleFor } from './output/style.js'
import { programOf, type Help } from './program.js'

/** Runs one command line and gives its exit code; everything that was printed has left by then. */
export async function main(args: readonly string[], effects: Effects = processEffects()): Promise<number> {
  let outcome: Outcome
  try {
    outcome = await Promise.race([runCommand(args, effects), interruption(effects.interrupted)])
  } catch (error) {
    if (isBrokenPipe(error)) return exitCodes.done // who reads has had enough, as in `weir query … | head`
    outcome = { ...done, faults: faultsOf(error, effects) }
  }
  for (const fault of outcome.faults) await tell(fault, args, effects)
  const interrupted = effects.interrupted.aborted
  if (interrupted) await effects.stderr.write('interrupted\n')
  return exitCodeOf(outcome, interrupted)
}

/** How long an interrupted command may take to put things away, in milliseconds. */
const GRACE = 2000

/** Ends a command that does not end by itself after an interruption. */
const interruption = (signal: AbortSignal): Promise<Outcome> =>
  new Promise(resolve => {
    const end = (): void => void setTimeout(() => resolve(done), GRACE)
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })

async function runCommand(args: readonly string[], effects: Effects): Promise<Outcome> {
  let outcome = done
  const help: Help = { answer: '', error: '' }
  const program = await programOf(args, help, async (command, definition) => {
    outcome = await definition.run(command, effects)
  })
  try {
    await program.parseAsync(spreadLists(args), { from: 'user' })
    return outcome
  } catch (error) {
    if (error instanceof CommanderError) return printHelp(help, error, effects)
    throw error
  }
}

/** `--help` and `--version` go to stdout; help that nobody asked for is wrong usage. */
async function printHelp(help: Help, { exitCode }: CommanderError, effects: Effects): Promise<Outcome> {
  if (exitCode === 0) {
    await outputFor({ file: undefined, color: false }, effects).write(help.answer)
    return done
  }
  await effects.stderr.write(`${help.error}\n`)
  throw new Fault({ code: 'usage-command', kind: 'usage', message: 'no command is given', expected: 'one of the commands above' })
}

/** What an error means for a person; an interrupted command fails in many ways, of which none is worth telling. */
function faultsOf(error: unknown, effects: Effects): Fault[] {
  const fault = error instanceof Fault ? error : unexpected(error)
  return effects.interrupted.aborted && fault.kind !== 'usage' ? [] : [fault]
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
