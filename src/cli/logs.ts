import type { Config } from '../detect/index.js'
import {
  openDuckdb,
  type AllowedConnections,
  type DuckdbEngine,
  type InputReport,
  type QuarantinedLine,
} from '../engine/index.js'
import { Fault } from '../fault/index.js'
import { listRows } from '../lake/index.js'
import type { Effects } from './effects.js'
import { done, type Outcome } from './exit.js'
import type { AwsChoice } from './options/aws.js'
import type { ClockOptions } from './options/clock.js'
import type { ReadingOptions } from './options/reading.js'
import { jsonOf } from './output/json.js'
import { outputFor, type Output } from './output/output.js'
import { progressFor, type Progress } from './output/progress.js'
import { shortened } from './output/table.js'
import { counted, printableLine } from './output/text.js'
import { bring } from './sources.js'
import { windowOf } from './window.js'

export interface LogsOptions {
  readonly sources: readonly string[]
  readonly reading: ReadingOptions
  /** How sources in AWS are reached. */
  readonly aws?: AwsChoice
  /** Address ranges that are ours. */
  readonly own: readonly string[]
  /** What weir.yaml allows. */
  readonly allowed?: readonly AllowedConnections[]
  /** Lists of addresses and networks that weir.yaml names. */
  readonly lists?: Config['lists']
  readonly clock: ClockOptions
  /** The lake whose tables can be asked; left out where a command has no use for them. */
  readonly lake?: string
  /** The tables that stand beside the logs, by name. */
  readonly references?: ReadonlyMap<string, string>
  readonly quiet: boolean
}

/** Opened logs, and the progress that stands on stderr until something is printed. */
export interface Logs {
  readonly engine: DuckdbEngine
  readonly progress: Progress
}

/** What became of logs that were asked. */
export interface Asked {
  /** What was read of the sources and of the tables that people made. */
  readonly inputs: readonly InputReport[]
  /** What is wrong beside parts of the sources that could not be read. */
  readonly faults?: readonly Fault[]
  /** It found what it was told to fail on. */
  readonly found: boolean
}

/** Opens logs, asks them, writes their quarantine, and tells what the exit code has to say of the sources. */
export async function withLogs(options: LogsOptions, effects: Effects, ask: (logs: Logs) => Promise<Asked>): Promise<Outcome> {
  const { reading, quiet } = options
  const quarantine = reading.quarantine === undefined ? undefined : outputFor({ file: reading.quarantine, color: false }, effects)
  const progress = progressFor(effects, { quiet })
  const window = windowOf(options.clock)
  const aws = options.aws ?? NO_CHOICE
  const brought = await bring(options.sources, { reading, aws, clock: options.clock, now: effects.now(), window })
  const engine = await openDuckdb({
    signal: effects.interrupted,
    sources: brought.local,
    files: brought.files,
    unreadable: brought.unreadable,
    stored: brought.stored,
    fields: reading.fields,
    stdin: effects.stdin,
    own: options.own,
    allowed: options.allowed,
    lists: options.lists?.length ? listRows(options.lists) : undefined,
    now: options.clock.now,
    window,
    memory: reading.memory,
    threads: reading.threads,
    tempDir: reading.tempDir,
    lake: options.lake,
    references: options.references,
    maps: reading.mapLocation,
    onProgress: step => progress.show('reading', { ...step, unit: 'bytes' }),
  }).catch(async (error: unknown) => {
    await brought.release()
    throw error
  })
  try {
    const { inputs, faults = [], found } = await ask({ engine, progress })
    if (quarantine) await writeQuarantine(engine, quarantine)
    return { ...done, faults: [...unreadableFaults(inputs), ...faults], flawed: reading.strict && inputs.some(isFlawed), found }
  } catch (error) {
    throw brought.stored ? await brought.stored.explain(error) : error
  } finally {
    progress.end()
    await engine.close()
    await brought.release()
  }
}

const NO_CHOICE: AwsChoice = { aws: {}, accounts: [], regions: [], streams: [], lookBack: 86_400_000 }

/** Where nothing could be read, for then there is nothing to report: what became of the logs, and why. */
export async function nothingRead(engine: DuckdbEngine, input: InputReport): Promise<Asked | undefined> {
  const asked = { inputs: [input], found: false }
  if (input.sources.length > 0) {
    if (input.quarantined === 0 || input.quarantined < input.lines) return undefined
    for await (const first of engine.quarantined()) return { ...asked, faults: [noRecordFault(first, input)] }
  }
  if (input.unreadable.length > 0) return asked
  const message = 'there is no log file in the sources'
  return { ...asked, faults: [new Fault({ code: 'source-empty', kind: 'source', message })] }
}

const FIRST_LINE_SHOWN = 300

/** No line of all sources is one of a flow log. */
function noRecordFault({ source, line, reason, text }: QuarantinedLine, { lines }: InputReport): Fault {
  const what = lines === 1 ? 'the only line is' : `none of ${counted(lines)} lines is`
  const where = `${source}:${line}`
  if (text.includes(NO_TEXT)) {
    const message = `${what} a flow-log record: the bytes are no text`
    return new Fault({ code: 'source-binary', kind: 'source', message, where, expected: 'text, gzip, zstd or Parquet' })
  }
  return new Fault({
    code: 'layout-unknown',
    kind: 'source',
    message: `${what} a flow-log record: ${reason}\n${shortened(printableLine(text), FIRST_LINE_SHOWN)}`,
    where,
    expected: 'a header, or fields in an order that is known',
    action: 'name the fields in their order: --fields "version account-id interface-id …"',
  })
}

/** What decoding puts in place of bytes that are no UTF-8. */
const NO_TEXT = '\uFFFD'

const QUARANTINED_TOLD = 10

/** The first quarantined lines, for a person to see what they are. */
export async function firstQuarantined(engine: DuckdbEngine): Promise<QuarantinedLine[]> {
  const lines: QuarantinedLine[] = []
  for await (const line of engine.quarantined()) {
    lines.push(line)
    if (lines.length === QUARANTINED_TOLD) break
  }
  return lines
}

const isFlawed = (input: InputReport): boolean => input.quarantined > 0 || input.damaged.length > 0

const UNREADABLE_TOLD = 10

function unreadableFaults(inputs: readonly InputReport[]): Fault[] {
  const unreadable = inputs.flatMap(input => input.unreadable)
  const faults = unreadable.slice(0, UNREADABLE_TOLD).map(
    ({ source, reason }) =>
      new Fault({
        code: 'source-unreadable',
        kind: 'source',
        message: reason,
        where: source,
        action: 'check path and permissions; what else was named is read all the same',
      }),
  )
  const more = unreadable.length - faults.length
  if (more > 0)
    faults.push(new Fault({ code: 'source-unreadable', kind: 'source', message: `and ${counted(more)} more like these` }))
  return faults
}

async function writeQuarantine(engine: DuckdbEngine, output: Output): Promise<void> {
  for await (const line of engine.quarantined()) await output.write(`${jsonOf(line)}\n`)
  await output.close()
}
