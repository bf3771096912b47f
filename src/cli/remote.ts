import { allowedConnections, type Config } from '../detect/index.js'
import {
  connectTrino,
  estimateScan,
  openAthena,
  openObjects,
  openTrino,
  priceOfScan,
  priceText,
  sizeText,
  type RemoteConnection,
  type RemoteEngine,
  type RemoteOptions,
  type ScanEstimate,
} from '../engine/index.js'
import { Fault } from '../fault/index.js'
import type { Effects } from './effects.js'
import { athenaOptions, connectToAthena, trinoOptions } from './engines.js'
import { done, type Outcome } from './exit.js'
import type { Asked } from './logs.js'
import type { AwsChoice } from './options/aws.js'
import type { ClockOptions } from './options/clock.js'
import type { EngineChoice } from './options/engine.js'
import { progressFor, type Progress } from './output/progress.js'
import { checkScan, checkSpent, type ScanBounds } from './scan-bounds.js'
import { windowOf } from './window.js'

export interface RemoteAsk {
  readonly choice: EngineChoice
  readonly config: Config
  readonly aws: AwsChoice
  readonly clock: ClockOptions
  /** The lake on this machine, where there is one: its files tell how much will be read. */
  readonly lake?: string | undefined
  readonly quiet: boolean
}

/** An engine where the data is, and the progress that stands on stderr until something is printed. */
export interface Remote {
  readonly engine: RemoteEngine
  readonly progress: Progress
  /** How much a statement will read. */
  readonly estimate: (sql: string) => Promise<ScanEstimate>
  readonly bounds: ScanBounds
  readonly scanned: () => Scanned
}

/** What a run had to read, as the server says. */
export interface Scanned {
  readonly scanned_bytes: number
  readonly price_usd?: number
}

/** Opens Trino or Athena, asks it, and takes away what was made there for the run, whatever happens. */
export async function withRemote(
  options: RemoteAsk,
  effects: Effects,
  ask: (remote: Remote) => Promise<Asked>,
): Promise<Outcome> {
  const { choice, config, clock, quiet } = options
  const note = async (text: string): Promise<void> => {
    if (!quiet) await effects.stderr.write(`note: ${text}\n`)
  }
  const pricePerTb = choice.engine === 'athena' ? config.athena.price_per_tb : undefined
  const bounds: ScanBounds = { asked: choice.maxScan ?? config.max_scan, pricePerTb, note }
  const server = await reach(options, effects, note)
  const objects = openObjects({ ...server.aws, folders: foldersOf(options) })
  const estimate = (sql: string): Promise<ScanEstimate> => estimateScan(server.connection, sql, objects)
  const progress = progressFor(effects, { quiet })
  try {
    const engine = await server.open({
      window: windowOf(clock),
      own: config.networks.own,
      allowed: allowedConnections(config),
      now: clock.now ?? effects.now(),
      signal: effects.interrupted,
      allow: async ({ logs, spent }) => {
        checkSpent(spent, bounds)
        if (logs !== undefined) await checkScan(await estimate(logs), bounds, spent)
      },
      onLeft: (table, error) => note(`the table ${table}, which an earlier run has left, cannot be dropped: ${reasonOf(error)}`),
    })
    const scanned = (): Scanned => spent(engine.scans, pricePerTb)
    const { faults = [], found } = await ask({ engine, progress, estimate, bounds, scanned }).catch(async (error: unknown) => {
      progress.end()
      // What went wrong first is what is told.
      await engine.close().catch((left: unknown) => note(`a table of this run may be left: ${reasonOf(left)}`))
      throw error
    })
    progress.end()
    await engine.close()
    if (!choice.dryRun) await note(spentText(choice.engine, scanned()))
    return { ...done, faults, found }
  } finally {
    objects.close()
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const spent = (scans: readonly number[], pricePerTb: number | undefined): Scanned => ({
  scanned_bytes: scans.reduce((sum, bytes) => sum + bytes, 0),
  ...(pricePerTb !== undefined && { price_usd: scans.reduce((sum, bytes) => sum + priceOfScan(bytes, pricePerTb), 0) }),
})

const spentText = (engine: string, { scanned_bytes: bytes, price_usd: price }: Scanned): string =>
  `${engine} read ${sizeText(bytes)}${price === undefined ? '' : `, for about ${priceText(price)}`}`

interface Server {
  readonly connection: RemoteConnection
  readonly aws: AwsChoice['aws']
  open(options: Omit<RemoteOptions, 'connection' | 'store' | 'schema'>): Promise<RemoteEngine>
}

async function reach(
  { choice, config, aws }: RemoteAsk,
  effects: Effects,
  note: (text: string) => Promise<void>,
): Promise<Server> {
  if (choice.engine === 'athena') {
    const connection = await connectToAthena(config, aws)
    const { name, cutoff, unread } = connection.workgroup
    if (unread !== undefined)
      await note(`the settings of the workgroup ${name} cannot be read, nor whether it bounds a query: ${unread}`)
    else if (cutoff === undefined)
      await note(`nothing but Weir bounds what a query reads: give the workgroup ${name} a limit (BytesScannedCutoffPerQuery)`)
    const athena = athenaOptions(config, aws)
    return { connection, aws: aws.aws, open: options => openAthena(connection, athena, options) }
  }
  const connection = await connectTrino(trinoOptions(config, effects))
  return { connection, aws: aws.aws, open: options => openTrino(connection, config.trino.schema, options) }
}

/** A lake of this machine, in place of where the server sees it. */
function foldersOf({ choice, config, lake }: RemoteAsk): Readonly<Record<string, string>> {
  const location = choice.engine === 'athena' ? config.athena.location : config.trino.location
  return location !== undefined && lake !== undefined && !location.startsWith('s3:') ? { [location]: lake } : {}
}

/** `--dry-run` is told of before anything is opened that it has no meaning for. */
export function noDryRun({ engine, dryRun, maxScan }: EngineChoice): void {
  if (engine !== 'duckdb' || (!dryRun && maxScan === undefined)) return
  throw new Fault({
    code: 'option-engine',
    kind: 'usage',
    message: 'DuckDB reads what is here, and nothing is paid for it',
    where: dryRun ? '--dry-run' : '--max-scan',
    expected: '--engine trino or --engine athena',
  })
}
