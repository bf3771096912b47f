import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { Fault } from '../fault/index.js'
import { ATHENA_TYPES } from '../format/index.js'
import { plantCases } from './cases.js'
import { labelsOf, type Label } from './labels.js'
import { openLanes, setVariables, textLiteral, type Lanes } from './lanes.js'
import { simulationOf, type Simulation, type SimulationOptions } from './options.js'
import { filesOf, type LogFile } from './path.js'
import { planVolume, standingVolume } from './volume.js'

export interface SimulationSummary {
  readonly out: string
  /** Paths below `out`, in order of time. */
  readonly files: readonly string[]
  /** Log lines in all files, headers not counted. */
  readonly records: number
  readonly labels: readonly Label[]
  /** The simulated span, ISO 8601, half-open. */
  readonly window: { readonly from: string; readonly to: string }
}

/** What the world may do to a simulation, and hear of it. */
export interface SimulationEffects {
  /** Called after each file. */
  readonly onFile?: (done: number, files: number) => void
  readonly signal?: AbortSignal
}

/**
 * Writes the flow logs of a small VPC to a folder, with scenarios in them, and `labels.ndjson` beside them. The same options
 * give the same bytes. Throws a Fault of kind `usage` for wrong options and of kind `engine` where a file cannot be written.
 */
export async function simulate(options: SimulationOptions, effects: SimulationEffects = {}): Promise<SimulationSummary> {
  const simulation = simulationOf(options)
  const files = filesOf(simulation)
  await refuseStrangers(simulation.out, files)
  const lanes = await openLanes(simulation.threads)
  try {
    await furnish(lanes, simulation)
    const labels = await labelsOf(lanes)
    await planVolume(lanes, simulation)
    const lines = await writeFiles(lanes, simulation, files, effects)
    await writeFile(join(simulation.out, 'labels.ndjson'), labels.map(label => `${JSON.stringify(label)}\n`).join(''))
    return {
      out: simulation.out,
      files: files.map(file => file.path),
      records: lines.reduce((sum, count) => sum + count, 0),
      labels,
      window: { from: new Date(simulation.start * 1000).toISOString(), to: new Date(simulation.finish * 1000).toISOString() },
    }
  } finally {
    lanes.close()
  }
}

/** Log files of another simulation would be read as part of this one. */
async function refuseStrangers(out: string, files: readonly LogFile[]): Promise<void> {
  const ours = new Set(files.map(file => file.path))
  const present = await readdir(join(out, 'AWSLogs'), { recursive: true }).catch(() => [])
  const stranger = present
    .map(path => `AWSLogs/${path.split(sep).join('/')}`)
    .find(path => path.includes('.log.') && !ours.has(path))
  if (stranger === undefined) return
  throw new Fault({
    code: 'simulate-out',
    kind: 'usage',
    message: 'The folder already holds logs that this simulation would not overwrite',
    where: join(out, stranger),
    action: 'Choose another folder, or remove this one.',
  })
}

/** Makes the network, everybody's habits and the scenarios. */
async function furnish(lanes: Lanes, simulation: Simulation): Promise<void> {
  const { seed, hosts, account, region, interval, start, finish, version } = simulation
  // No drawn conversation is longer (`seconds` in traffic.sql).
  const longest = 900
  await lanes.set({
    ...{ seed, hosts, account, region, interval, start, finish, version, longest },
    zone: zoneOf(region),
    since: start,
    until: finish,
  })
  const run = async (name: string) => lanes.first.run(await readFile(new URL(name, import.meta.url), 'utf8'))
  await run('./network.sql')
  await run('./traffic.sql')
  await plantCases(lanes, simulation)
  await lanes.set(await standingVolume(lanes, simulation))
  await run('./standing.sql')
  await lanes.first.run('CREATE TABLE plan AS FROM planned(0, 0, 1)')
  await run('./conversations.sql')
  await run('./records.sql')
}

/** `use1-az` of us-east-1. */
const zoneOf = (region: string): string =>
  `${region.replace(/north|south|east|west|central|gov/g, word => word.charAt(0)).replaceAll('-', '')}-az`

/** Returns the lines of each file. */
async function writeFiles(
  lanes: Lanes,
  simulation: Simulation,
  files: readonly LogFile[],
  { onFile, signal }: SimulationEffects,
): Promise<number[]> {
  let done = 0
  return lanes.each(files, async (file, lane) => {
    signal?.throwIfAborted()
    const lines = await writeLog(lane, simulation, file)
    onFile?.(++done, files.length)
    return lines
  })
}

async function writeLog(lane: DuckDBConnection, { out, fields, fileFormat }: Simulation, file: LogFile): Promise<number> {
  const path = join(out, file.path)
  const text = fileFormat === 'plain-text'
  const columns = fields.map(
    field => `CAST("${field.column}" AS ${ATHENA_TYPES[field.kind]}) AS "${text ? field.name : field.column}"`,
  )
  const how = text
    ? `FORMAT csv, COMPRESSION gzip, HEADER, DELIMITER ' ', NULLSTR '-', QUOTE '', ESCAPE ''`
    : 'FORMAT parquet, COMPRESSION gzip'
  try {
    await mkdir(dirname(path), { recursive: true })
    await setVariables(lane, { since: file.since, until: file.until })
    const result = await lane.run(
      `COPY (SELECT ${columns.join(', ')} FROM lines ORDER BY lines."end", id, leg) TO ${textLiteral(path)} (${how})`,
    )
    return result.rowsChanged
  } catch (cause) {
    throw new Fault({
      code: 'simulate-write',
      kind: 'engine',
      message: `A simulated log could not be written: ${cause instanceof Error ? cause.message : String(cause)}`,
      where: path,
      action: 'See that the folder can be written to and that the disk has room.',
      cause,
    })
  }
}
