import { openTrino, type RemoteEngine } from '../engine/index.js'
import { Fault } from '../fault/index.js'
import type { Config } from '../detect/index.js'
import type { Effects } from './effects.js'
import { done, type Outcome } from './exit.js'
import type { Asked } from './logs.js'
import type { AwsChoice } from './options/aws.js'
import type { ClockOptions } from './options/clock.js'
import type { EngineChoice } from './options/engine.js'
import { progressFor, type Progress } from './output/progress.js'
import { windowOf } from './window.js'

export interface RemoteOptions {
  readonly choice: EngineChoice
  readonly config: Config
  readonly aws: AwsChoice
  readonly clock: ClockOptions
  readonly quiet: boolean
}

/** An engine where the data is, and the progress that stands on stderr until something is printed. */
export interface Remote {
  readonly engine: RemoteEngine
  readonly progress: Progress
  readonly scanned: () => Scanned
}

/** What a run had to read, as the server says. */
export interface Scanned {
  readonly scanned_bytes: number
  readonly price_usd?: number
}

/** Opens Trino or Athena, asks it, and takes away what was made there for the run, whatever happens. */
export async function withRemote(
  options: RemoteOptions,
  effects: Effects,
  ask: (remote: Remote) => Promise<Asked>,
): Promise<Outcome> {
  const progress = progressFor(effects, { quiet: options.quiet })
  const engine = await openRemote(options, effects)
  try {
    const { faults = [], found } = await ask({ engine, progress, scanned: () => ({ scanned_bytes: engine.scannedBytes }) })
    return { ...done, faults, found }
  } finally {
    progress.end()
    await engine.close()
  }
}

async function openRemote({ choice, config, aws, clock }: RemoteOptions, effects: Effects): Promise<RemoteEngine> {
  const { own } = config.networks
  const shared = { window: windowOf(clock), own, now: clock.now ?? effects.now(), signal: effects.interrupted }
  if (choice.engine === 'athena') throw new Fault({ code: 'engine-absent', kind: 'usage', message: 'no athena yet' })
  const { trino } = config
  const url = trino.url
  if (url === undefined) throw unconfigured('trino', 'trino: { url: "https://trino.example.com:8443", user: weir }')
  const { WEIR_TRINO_PASSWORD: password, WEIR_TRINO_TOKEN: token } = effects.env
  return openTrino({ ...trino, url, ...(password && { password }), ...(token && { token }) }, shared)
}

const unconfigured = (engine: string, line: string): Fault =>
  new Fault({
    code: 'engine-unconfigured',
    kind: 'usage',
    message: `weir.yaml does not say where ${engine} is`,
    where: '--engine',
    expected: line,
    action: 'write it into weir.yaml, or name the file that has it with --config',
  })
