import { Option, type Command } from 'commander'
import { z } from 'zod'
import { choiceOf } from './choice.js'

export const formats = ['table', 'json', 'ndjson', 'csv'] as const
export type Format = (typeof formats)[number]

export interface OutputOptions {
  readonly format: Format
  readonly file: string | undefined
  readonly color: boolean
  readonly quiet: boolean
  readonly debug: boolean
}

const shape = z.object({
  format: z.enum(formats).default('table'),
  output: z.string().optional(),
  color: z.boolean(),
  quiet: z.boolean().default(false),
  debug: z.boolean().default(false),
})

/** The options of a command that prints an answer in some of the formats. */
export function withOutput(command: Command, allowed: readonly Format[] = formats): Command {
  return withTalk(command)
    .addOption(new Option('--format <format>', `${allowed.join(', ')} (default: table)`).argParser(choiceOf('--format', allowed)))
    .option('--output <file>', 'write the answer to a file instead of stdout')
}

/** The options of every command. */
export function withTalk(command: Command): Command {
  return command
    .option('--quiet', 'no progress and no notes on stderr, only errors')
    .option('--no-color', 'no colours, not even on a terminal (as NO_COLOR does)')
    .option('--debug', 'print the stack trace of an error')
}

export function outputOptions(command: Command): OutputOptions {
  const { output, ...given } = shape.parse(command.opts())
  return { ...given, file: output }
}
