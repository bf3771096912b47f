import { connectAthena, type AthenaConnection, type AthenaOptions, type Value } from '../../src/engine/index.js'
import { Fault } from '../../src/fault/index.js'
import { useTestSettings } from '../aws/settings.js'
import { startAthena, type AthenaServer, type AthenaServerOptions } from '../athena-server/server.js'

/** An Athena on loopback over a Trino; `s3://logs/` is the folder that Trino sees as `local:///`. */
export async function startAthenaOver(
  trino: { readonly url: string },
  options: Partial<AthenaServerOptions> = {},
): Promise<AthenaServer> {
  useTestSettings()
  return startAthena({ trino: trino.url, locations: { 's3://logs/': 'local:///' }, ...options })
}

/** Has the commands of this process reach an Athena of the tests, and its S3. */
export function useAthena(server: AthenaServer | undefined, aws: string): void {
  const places = { AWS_ENDPOINT_URL_ATHENA: server?.url, AWS_ENDPOINT_URL_S3: server && aws }
  for (const [name, value] of Object.entries(places))
    if (value === undefined) Reflect.deleteProperty(process.env, name)
    else process.env[name] = value
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
