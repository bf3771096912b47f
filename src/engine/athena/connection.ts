import type { AthenaClient } from '@aws-sdk/client-athena'
import { clientConfig, type AwsOptions } from '../../source/index.js'
import type { RemoteConnection, RemoteResult, RemoteRun } from '../remote/connection.js'
import { explained, readPlan } from '../remote/scan/plan.js'
import { tokensOf } from '../sql/lexer.js'
import { asJson } from './as-json.js'
import { execute, type Begin } from './execution.js'
import { resultOf } from './result.js'
import { readWorkgroup, type Workgroup } from './workgroup.js'

export interface AthenaOptions extends Omit<AwsOptions, 'signal'> {
  readonly workgroup: string
  /** `s3://bucket/prefix/` for results; the workgroup's own where undefined, and always where it enforces its settings. */
  readonly output?: string | undefined
  readonly database: string
  /** `AwsDataCatalog`, that of AWS Glue, unless told. */
  readonly catalog?: string | undefined
  /** How old a result of the same statement may be to be taken in place of running it: at most 10,080. Never where undefined. */
  readonly reuseMinutes?: number | undefined
}

export interface AthenaConnection extends RemoteConnection {
  readonly name: 'athena'
  /** As it was when the connection was made. */
  readonly workgroup: Workgroup
}

/** Athena is throttled for all who use an account: patience is the answer. */
const ATTEMPTS = 10

/** Connects to Athena, and asks what its workgroup allows. Throws a Fault where there is no such workgroup, or no place for results. */
export async function connectAthena(options: AthenaOptions): Promise<AthenaConnection> {
  const { AthenaClient } = await import('@aws-sdk/client-athena')
  const client = new AthenaClient({ ...(await clientConfig(options)), maxAttempts: ATTEMPTS })
  try {
    return new Athena(client, options, await readWorkgroup(client, options.workgroup, options.output))
  } catch (error) {
    client.destroy()
    throw error
  }
}

class Athena implements AthenaConnection {
  readonly name = 'athena'

  constructor(
    private readonly client: AthenaClient,
    private readonly options: AthenaOptions,
    readonly workgroup: Workgroup,
  ) {}

  async run(sql: string, { signal, mayReuse }: RemoteRun = {}): Promise<RemoteResult> {
    if (!isQuery(sql)) return this.#run({ sql, linesBefore: 0, signal })
    const { columns } = await readPlan(await this.#plan(sql, signal))
    const types = columns.map(({ type }) => type)
    return this.#run({ ...asJson(sql, columns), signal }, types, mayReuse)
  }

  async close(): Promise<void> {
    this.client.destroy()
  }

  /** The types of what a query gives: Athena's results tell no more of an array than that it is one. */
  async #plan(sql: string, signal: AbortSignal | undefined) {
    const { columns, pages } = await this.#run({ sql: explained(sql), linesBefore: 1, signal })
    return { columns, batches: pages }
  }

  async #run(begin: Omit<Begin, 'input'>, types?: readonly string[], mayReuse = false): Promise<RemoteResult> {
    const execution = await execute(this.client, { ...begin, input: this.#input(begin.sql, mayReuse) })
    return resultOf(this.client, execution, types, begin.signal)
  }

  #input(sql: string, mayReuse: boolean): Begin['input'] {
    const { workgroup, output, database, catalog = 'AwsDataCatalog', reuseMinutes } = this.options
    return {
      WorkGroup: workgroup,
      // The statement that makes the database runs before there is one.
      QueryExecutionContext: { Catalog: catalog, ...(makesDatabase(sql) ? {} : { Database: database }) },
      ...(output === undefined ? {} : { ResultConfiguration: { OutputLocation: output } }),
      ...(reuseMinutes === undefined || !mayReuse
        ? {}
        : { ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: reuseMinutes } } }),
    }
  }
}

/** The first words of a statement, without comments. */
const words = (sql: string): readonly string[] =>
  tokensOf(sql, 0, 'query')
    .tokens.slice(0, 2)
    .map(({ raw }) => raw.toUpperCase())

const isQuery = (sql: string): boolean => ['SELECT', 'WITH', 'VALUES', 'TABLE', '('].includes(words(sql)[0] ?? '')

const makesDatabase = (sql: string): boolean => ['CREATE DATABASE', 'CREATE SCHEMA'].includes(words(sql).join(' '))
