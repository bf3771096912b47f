import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { Execution } from './execution.js'
import { Refusal } from './refusal.js'

export interface AthenaServerOptions {
  /** `http://127.0.0.1:port` of the Trino that runs the statements. */
  readonly trino: string
  /** The catalog of Trino that stands for AwsDataCatalog. */
  readonly catalog?: string
  /** What places are called in Trino: `{ 's3://bucket/': 'local:///' }`. */
  readonly locations?: Readonly<Record<string, string>>
  readonly workgroups?: Readonly<
    Record<string, { readonly output?: string; readonly cutoff?: number; readonly enforced?: boolean }>
  >
}

/** What goes wrong next; each is used up as it happens. */
export interface Trouble {
  /** Requests that are answered with TooManyRequestsException, by operation. */
  throttled: Record<string, number>
  /** Requests that are carried out while their answer is lost, by operation. */
  lost: Record<string, number>
  /** Rows of a page, where fewer than asked for. */
  pageRows: number
}

export interface AthenaServer {
  readonly url: string
  /** Every request: its operation and what it asked. */
  readonly requests: { readonly operation: string; readonly body: Record<string, unknown> }[]
  readonly executions: Map<string, Execution>
  readonly trouble: Trouble
  stop(): Promise<void>
}

const requestOf = {
  StartQueryExecution: z.object({
    QueryString: z.string(),
    ClientRequestToken: z.string().min(32),
    WorkGroup: z.string().default('primary'),
    QueryExecutionContext: z.object({ Database: z.string().optional(), Catalog: z.string().optional() }).default({}),
    ResultConfiguration: z.object({ OutputLocation: z.string().optional() }).default({}),
  }),
  one: z.object({ QueryExecutionId: z.string() }),
  GetQueryResults: z.object({
    QueryExecutionId: z.string(),
    NextToken: z.string().optional(),
    MaxResults: z.number().min(1).max(1000).default(1000),
  }),
  GetWorkGroup: z.object({ WorkGroup: z.string() }),
}

/** Athena's protocol over a real Trino, on loopback. */
export async function startAthena(options: AthenaServerOptions): Promise<AthenaServer> {
  const { workgroups = { primary: {} }, locations = {}, catalog = 'hive' } = options
  const executions = new Map<string, Execution>()
  const tokens = new Map<string, string>()
  const ddl = new Map<string, string>()
  const requests: { operation: string; body: Record<string, unknown> }[] = []
  const trouble: Trouble = { throttled: {}, lost: {}, pageRows: 1000 }

  const executionOf = (id: string): Execution => {
    const execution = executions.get(id)
    if (!execution) throw new Refusal('InvalidRequestException', `QueryExecution ${id} was not found`)
    return execution
  }

  const workgroupOf = (name: string) => {
    const workgroup = workgroups[name]
    if (!workgroup) throw new Refusal('InvalidRequestException', `WorkGroup ${name} is not found.`)
    return workgroup
  }

  const operations: Record<string, (body: unknown) => Promise<object>> = {
    async StartQueryExecution(body) {
      const { QueryString: sql, ClientRequestToken: token, ...asked } = requestOf.StartQueryExecution.parse(body)
      const known = tokens.get(token)
      if (known !== undefined) return { QueryExecutionId: known }
      const { output, enforced = false } = workgroupOf(asked.WorkGroup)
      const place = (enforced ? undefined : asked.ResultConfiguration.OutputLocation) ?? output
      if (place === undefined)
        throw new Refusal(
          'InvalidRequestException',
          'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
        )
      const makesTable = /^\s*CREATE\s+TABLE\b/i.test(sql)
      if (enforced && makesTable && /external_location/i.test(sql))
        throw new Refusal(
          'InvalidRequestException',
          "The Create Table As Select query failed because it was submitted with an 'external_location' property to an Athena Workgroup that enforces a centralized output location for all queries.",
        )
      const id = randomUUID()
      const { Catalog: name = 'AwsDataCatalog', Database: schema } = asked.QueryExecutionContext
      if (name !== 'AwsDataCatalog') throw new Refusal('InvalidRequestException', `DataCatalog ${name} was not found`)
      const session = { url: options.trino, catalog, schema }
      const execution = new Execution({
        id,
        sql: enforced && makesTable ? placed(sql, `${place}tables/${id}/`) : sql,
        session,
        locations,
        ddl,
        place,
        workgroup: asked.WorkGroup,
      })
      await execution.begin()
      executions.set(id, execution)
      tokens.set(token, id)
      return { QueryExecutionId: id }
    },
    async GetQueryExecution(body) {
      return { QueryExecution: executionOf(requestOf.one.parse(body).QueryExecutionId).told() }
    },
    async StopQueryExecution(body) {
      await executionOf(requestOf.one.parse(body).QueryExecutionId).stop()
      return {}
    },
    async GetQueryResults(body) {
      const { QueryExecutionId: id, NextToken, MaxResults } = requestOf.GetQueryResults.parse(body)
      return executionOf(id).page(Number(NextToken ?? 0), Math.min(MaxResults, trouble.pageRows))
    },
    async GetWorkGroup(body) {
      const { WorkGroup: name } = requestOf.GetWorkGroup.parse(body)
      const { output, cutoff, enforced = false } = workgroupOf(name)
      const Configuration = {
        ResultConfiguration: output === undefined ? {} : { OutputLocation: output },
        EnforceWorkGroupConfiguration: enforced,
        ...(cutoff === undefined ? {} : { BytesScannedCutoffPerQuery: cutoff }),
        EngineVersion: { SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: 'Athena engine version 3' },
      }
      return { WorkGroup: { Name: name, State: 'ENABLED', Configuration } }
    },
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const operation = String(request.headers['x-amz-target']).replace(/^AmazonAthena\./, '')
    const body = z.record(z.string(), z.unknown()).parse(JSON.parse(await textOf(request)))
    requests.push({ operation, body })
    try {
      if (isDue(trouble.throttled, operation)) throw new Refusal('TooManyRequestsException', 'Rate exceeded')
      const run = operations[operation]
      if (!run) throw new Refusal('InvalidRequestException', `${operation} is not supported`)
      const answered = await run(body)
      if (isDue(trouble.lost, operation)) request.socket.destroy()
      else send(response, 200, answered)
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal('InternalServerException', String(error))
      send(response, refusal.status, refusal.body)
    }
  }

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    executions,
    trouble,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Where a workgroup enforces its place of results, tables are made below it. */
const placed = (sql: string, place: string): string => sql.replace(/\bWITH\s*\(/i, `WITH (external_location = '${place}', `)

function isDue(counts: Record<string, number>, operation: string): boolean {
  const left = counts[operation] ?? 0
  if (left > 0) counts[operation] = left - 1
  return left > 0
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1', 'x-amzn-RequestId': randomUUID() })
  response.end(JSON.stringify(body))
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}
