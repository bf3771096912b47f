import { connectAthena, type AthenaConnection, type AthenaOptions } from '../../src/engine/index.js'
import type { Value } from '../../src/engine/index.js'
import { Fault } from '../../src/fault/index.js'
import { startAthena, type AthenaServer, type AthenaServerOptions } from '../athena-server/server.js'

/** Nothing of the person's own AWS settings is looked at. */
const environment = {
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
  AWS_REGION: 'us-east-1',
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  AWS_EC2_METADATA_DISABLED: 'true',
}

/** An Athena on loopback over a Trino; `s3://logs/` is the folder that Trino sees as `local:///`. */
export async function startAthenaOver(
  trino: { readonly url: string },
  options: Partial<AthenaServerOptions> = {},
): Promise<AthenaServer> {
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN']) Reflect.deleteProperty(process.env, name)
  Object.assign(process.env, environment)
  return startAthena({ trino: trino.url, locations: { 's3://logs/': 'local:///' }, ...options })
}

export const athenaOptions = (server: AthenaServer, database: string): AthenaOptions => ({
  workgroup: 'primary',
  output: 's3://results/weir/',
  database,
  region: 'us-east-1',
  endpointUrl: server.url,
})

/** Connects for as long as something is asked. */
export async function withAthena<T>(options: AthenaOptions, ask: (athena: AthenaConnection) => Promise<T>): Promise<T> {
  const athena = await connectAthena(options)
  try {
    return await ask(athena)
  } finally {
    await athena.close()
  }
}

export interface Answer {
  readonly types: readonly string[]
  readonly rows: readonly (readonly Value[])[]
  readonly names: readonly string[]
  readonly scannedBytes: number | undefined
}

export async function answerOf(athena: Pick<AthenaConnection, 'run'>, sql: string): Promise<Answer> {
  const result = await athena.run(sql)
  const { columns, pages } = result
  const rows: (readonly Value[])[] = []
  for await (const page of pages) rows.push(...page)
  return {
    types: columns.map(({ type }) => type),
    names: columns.map(({ name }) => name),
    rows,
    scannedBytes: result.scannedBytes(),
  }
}

/** The Fault that something ends with. */
export async function faultOf(asked: Promise<unknown>): Promise<Fault> {
  const error: unknown = await asked.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  )
  if (error instanceof Fault) return error
  throw error
}
