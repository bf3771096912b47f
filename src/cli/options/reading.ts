import { Option, type Command } from 'commander'
import { z } from 'zod'
import { Fault } from '../../fault/index.js'
import { choiceOf, wrongOption } from './choice.js'
import { byteSize, wholeNumber } from './number.js'

/** `from` is read from `to` instead. */
export interface LocationMapping {
  readonly from: string
  readonly to: string
}

export interface ReadingOptions {
  /** The fields of logs without a header, as given. */
  readonly fields?: string | undefined
  readonly mapLocation: readonly LocationMapping[]
  readonly threads?: number | undefined
  /** Bytes of resident memory that may be used. */
  readonly memory?: number | undefined
  readonly tempDir?: string | undefined
  readonly quarantine?: string | undefined
  readonly lake?: string | undefined
  readonly strict: boolean
}

const shape = z.object({
  fields: z.string().optional(),
  mapLocation: z.array(z.object({ from: z.string(), to: z.string() })).default([]),
  threads: z.number().optional(),
  memory: z.number().optional(),
  tempDir: z.string().optional(),
  quarantine: z.string().optional(),
  lake: z.string().optional(),
  strict: z.boolean().default(false),
})

const engines = ['duckdb', 'trino', 'athena'] as const

/** The options of a command that reads logs. */
export function withReading(command: Command): Command {
  return command
    .option('--fields <names>', 'the fields of logs without a header: "version account-id interface-id …"')
    .addOption(
      new Option(
        '--map-location <from=to>',
        'read TO in place of FROM, such as a local copy for s3://…; may be repeated',
      ).argParser((text: string, before: LocationMapping[] | undefined) => [...(before ?? []), locationMapping(text)]),
    )
    .addOption(new Option('--threads <n>', 'threads to work with (default: one a core)').argParser(wholeNumber('--threads', 1)))
    .addOption(new Option('--memory <size>', 'bound of the resident memory, such as 2GB').argParser(byteSize('--memory')))
    .option('--temp-dir <dir>', 'where what memory does not hold is put, and removed at the end')
    .option('--quarantine <file>', 'write the lines that could not be read to a file, with place and reason')
    .option('--lake <dir>', 'the lake, where tables that you create are kept (default: $WEIR_LAKE, else ./weir-lake)')
    .addOption(new Option('--engine <name>', 'duckdb').argParser(theEngine))
    .option('--strict', 'exit with 3 where lines were quarantined or a source is damaged')
}

export const readingOptions = (command: Command): ReadingOptions => shape.parse(command.opts())

/** `FROM=TO`, where both may hold a `=` of their own (`dt=…`): it splits after a FROM that ends in a slash, else at the last. */
function locationMapping(text: string): LocationMapping {
  const slash = text.indexOf('/=')
  const at = slash === -1 ? text.lastIndexOf('=') : slash + 1
  if (at <= 0 || at === text.length - 1)
    throw wrongOption('--map-location', text, 'FROM=TO, such as s3://bucket/prefix/=./local/folder')
  return { from: text.slice(0, at), to: text.slice(at + 1) }
}

function theEngine(text: string): 'duckdb' {
  const engine = choiceOf('--engine', engines)(text)
  if (engine === 'duckdb') return engine
  throw new Fault({
    code: 'engine-absent',
    kind: 'usage',
    message: `this version of Weir has no engine ${engine}`,
    where: '--engine',
    expected: 'duckdb',
    action: 'leave --engine away',
  })
}
