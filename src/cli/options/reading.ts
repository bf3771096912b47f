import { Option, type Command } from 'commander'
import { z } from 'zod'
import { locationMap, type LocationMap } from '../../engine/index.js'
import { byteSize, wholeNumber } from './number.js'

export interface ReadingOptions {
  /** The fields of logs without a header, as given. */
  readonly fields?: string | undefined
  readonly mapLocation: readonly LocationMap[]
  readonly threads?: number | undefined
  /** Bytes of resident memory that may be used. */
  readonly memory?: number | undefined
  readonly tempDir?: string | undefined
  readonly quarantine?: string | undefined
  readonly strict: boolean
}

const shape = z.object({
  fields: z.string().optional(),
  mapLocation: z.array(z.object({ from: z.string(), to: z.string() })).default([]),
  threads: z.number().optional(),
  memory: z.number().optional(),
  tempDir: z.string().optional(),
  quarantine: z.string().optional(),
  strict: z.boolean().default(false),
})

/** The options of a command that reads logs. */
export function withReading(command: Command): Command {
  return command
    .option('--fields <names>', 'the fields of logs without a header: "version account-id interface-id …"')
    .addOption(
      new Option(
        '--map-location <from=to>',
        'read TO in place of FROM, such as a local copy for s3://…; may be repeated',
      ).argParser((text: string, before: LocationMap[] | undefined) => [...(before ?? []), locationMap(text)]),
    )
    .addOption(new Option('--threads <n>', 'threads to work with (default: one a core)').argParser(wholeNumber('--threads', 1)))
    .addOption(new Option('--memory <size>', 'bound of the resident memory, such as 2GB').argParser(byteSize('--memory')))
    .option('--temp-dir <dir>', 'where what memory does not hold is put, and removed at the end')
    .option('--quarantine <file>', 'write the lines that could not be read to a file, with place and reason')
    .option('--strict', 'exit with 3 where lines were quarantined or a source is damaged')
}

export const readingOptions = (command: Command): ReadingOptions => shape.parse(command.opts())

/** The options that make another command read the same logs in the same way. */
export const readingArguments = ({ fields, mapLocation }: ReadingOptions, own: readonly string[]): string[] => [
  ...(fields === undefined ? [] : ['--fields', fields]),
  ...mapLocation.flatMap(({ from, to }) => ['--map-location', `${from}=${to}`]),
  ...own.flatMap(range => ['--own', range]),
]
