import type { Config } from '../detect/index.js'
import {
  connectAthena,
  connectTrino,
  type AthenaConnection,
  type AthenaOptions,
  type RemoteConnection,
  type TrinoOptions,
} from '../engine/index.js'
import { Fault } from '../fault/index.js'
import type { Effects } from './effects.js'
import type { AwsChoice } from './options/aws.js'

export interface Reach {
  readonly config: Config
  readonly aws: AwsChoice
}

/** Opens a connection to an engine as weir.yaml and the command line describe it. */
export async function connectTo(engine: 'trino' | 'athena', { config, aws }: Reach, effects: Effects): Promise<RemoteConnection> {
  return engine === 'athena' ? connectToAthena(config, aws) : connectTrino(trinoOptions(config, effects))
}

export const connectToAthena = (config: Config, aws: AwsChoice): Promise<AthenaConnection> =>
  connectAthena(athenaOptions(config, aws))

export function trinoOptions({ trino: { location: _, url, ...trino } }: Config, { env }: Effects): TrinoOptions {
  if (url === undefined) throw unconfigured('trino', 'trino: { url: "https://trino.example.com:8443", user: weir }')
  const { WEIR_TRINO_PASSWORD: password, WEIR_TRINO_TOKEN: token } = env
  return { ...trino, url, ...(password && { password }), ...(token && { token }) }
}

export function athenaOptions({ athena }: Config, { aws: { signal: _, ...aws } }: AwsChoice): AthenaOptions {
  const { workgroup, output, database, catalog, region, reuse_minutes: reuseMinutes } = athena
  return {
    ...(region !== undefined && { region }),
    ...aws,
    workgroup,
    output,
    database,
    catalog,
    ...(reuseMinutes > 0 && { reuseMinutes }),
  }
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
