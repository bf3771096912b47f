import { openDuckdb, type DuckdbEngine, type InputReport, type QuarantinedLine } from '../engine/index.js'
import { Fault } from '../fault/index.js'
import type { Effects } from './effects.js'
import { done, type Outcome } from './exit.js'
import type { ReadingOptions } from './options/reading.js'
import { jsonOf } from './output/json.js'
import { outputFor, type Output } from './output/output.js'
import { progressFor, type Progress } from './output/progress.js'
import { counted } from './output/text.js'

export interface LogsOptions {
  readonly sources: readonly string[]
  readonly reading: ReadingOptions
  /** Address ranges that are ours. */
  readonly own: readonly string[]
  readonly now: Date | undefined
  /** The lake whose tables can be asked; left out where a command has no use for them. */
  readonly lake?: string
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
  /** It found what it was told to fail on. */
  readonly found: boolean
}

/** Opens logs, asks them, writes their quarantine, and tells what the exit code has to say of the sources. */
export async function withLogs(options: LogsOptions, effects: Effects, ask: (logs: Logs) => Promise<Asked>): Promise<Outcome> {
  const { reading, quiet } = options
  const quarantine = reading.quarantine === undefined ? undefined : outputFor({ file: reading.quarantine, color: false }, effects)
  const progress = progressFor(effects, { quiet })
  const engine = await openDuckdb({
    sources: options.sources,
    fields: reading.fields,
    stdin: effects.stdin,
    own: options.own,
    now: options.now,
    memory: reading.memory,
    threads: reading.threads,
    tempDir: reading.tempDir,
    lake: options.lake,
    maps: reading.mapLocation,
    onProgress: step => progress.show('reading', { ...step, unit: 'bytes' }),
  })
  try {
    const { inputs, found } = await ask({ engine, progress })
    if (quarantine) await writeQuarantine(engine, quarantine)
    return { ...done, faults: unreadableFaults(inputs), flawed: reading.strict && inputs.some(isFlawed), found }
  } finally {
    progress.end()
    await engine.close()
  }
}

/** What was read of the sources. Throws where nothing could be, for then there is nothing to report. */
export async function readInput(engine: DuckdbEngine): Promise<InputReport> {
  const input = await engine.input()
  if (input.sources.length > 0) return input
  const [first] = unreadableFaults([input])
  throw first ?? new Fault({ code: 'source-empty', kind: 'source', message: 'there is no log file in the sources' })
}

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
