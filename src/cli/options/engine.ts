import { Option, type Command } from 'commander'
import { z } from 'zod'
import type { EngineName } from '../../engine/index.js'
import { Fault } from '../../fault/index.js'
import { choiceOf } from './choice.js'
import { byteSize } from './number.js'
import type { ReadingOptions } from './reading.js'

const ENGINES = ['duckdb', 'trino', 'athena'] as const satisfies readonly EngineName[]

export interface EngineChoice {
  readonly engine: EngineName
  /** Bytes above which no statement is started; what weir.yaml says where undefined. */
  readonly maxScan?: number | undefined
  /** Only tells what would be read. */
  readonly dryRun: boolean
}

const shape = z.object({
  engine: z.enum(ENGINES).default('duckdb'),
  maxScan: z.number().optional(),
  dryRun: z.boolean().default(false),
})

/** The options of a command that asks an engine. */
export const withEngine = (command: Command): Command =>
  command
    .addOption(new Option('--engine <name>', 'duckdb (default), trino or athena').argParser(choiceOf('--engine', ENGINES)))
    .addOption(
      new Option('--max-scan <size>', 'trino, athena: start nothing that would read more, such as 100GB').argParser(
        byteSize('--max-scan'),
      ),
    )
    .option('--dry-run', 'trino, athena: say how much would be read, and what it costs, and start nothing')

export const engineChoice = (command: Command): EngineChoice => shape.parse(command.opts())

/** The option of a command that reads sources itself, with the one engine that does. */
export const withOwnEngine = (command: Command): Command =>
  command.addOption(
    new Option('--engine <name>', 'duckdb; weir detect has trino and athena').argParser((text: string) => {
      const engine = choiceOf('--engine', ENGINES)(text)
      if (engine === 'duckdb') return engine
      throw new Fault({
        code: 'option-engine',
        kind: 'usage',
        message: `${engine} reads the tables of its schema, no SOURCE`,
        where: '--engine',
        expected: 'duckdb',
        action: `weir detect --engine ${engine}`,
      })
    }),
  )

/** A server reads what lies in its own schema: no SOURCE, and nothing that says how one is read. */
export function noSources(engine: EngineName, sources: readonly string[], reading: ReadingOptions): void {
  const given = [
    ...(reading.fields === undefined ? [] : ['--fields']),
    ...(reading.mapLocation.length === 0 ? [] : ['--map-location']),
    ...(reading.quarantine === undefined ? [] : ['--quarantine']),
    ...(reading.strict ? ['--strict'] : []),
  ]
  if (given.length > 0)
    throw new Fault({
      code: 'option-engine',
      kind: 'usage',
      message: `${engine} reads tables, not log files: ${given.join(', ')} would change nothing`,
      where: given.join(', '),
      action: `leave it away, or give it to weir ddl ${engine} or weir ingest, where files are read`,
    })
  const [first] = sources
  if (first === undefined) return
  throw new Fault({
    code: 'engine-source',
    kind: 'usage',
    message: `${engine} reads the tables of its schema, not ${first}`,
    where: '--engine',
    expected: 'no SOURCE',
    action: `weir ddl ${engine} makes a table over files that lie in S3; leave --engine away to read ${first} here`,
  })
}
