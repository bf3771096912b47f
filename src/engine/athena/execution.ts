import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AthenaClient, QueryExecution, StartQueryExecutionCommandInput } from '@aws-sdk/client-athena'
import { Fault } from '../../fault/index.js'
import { faultOfRequest, faultOfStatement } from './faults.js'

export interface Begin {
  readonly input: Omit<StartQueryExecutionCommandInput, 'QueryString' | 'ClientRequestToken'>
  readonly sql: string
  /** Lines that Weir has put before the statement. */
  readonly linesBefore: number
  readonly signal: AbortSignal | undefined
}

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000

/**
 * Has Athena run a statement to its end. A request whose answer is lost is sent again under the same token, for which Athena begins
 * nothing twice. When the wait ends early, by `signal` or because Athena cannot be asked any more, Athena is told to stop.
 */
export async function execute(client: AthenaClient, { input, sql, linesBefore, signal }: Begin): Promise<QueryExecution> {
  const { GetQueryExecutionCommand, StartQueryExecutionCommand } = await import('@aws-sdk/client-athena')
  const workgroup = input.WorkGroup ?? ''
  signal?.throwIfAborted()
  const asked = (error: unknown): never => {
    throw faultOfRequest(error, workgroup, linesBefore)
  }
  // Not ended by the signal: a statement whose id never came could not be stopped.
  const start = new StartQueryExecutionCommand({ ...input, QueryString: sql, ClientRequestToken: randomUUID() })
  const { QueryExecutionId: id = '' } = await client.send(start).catch(asked)
  let isOver = false
  try {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5)) {
      signal?.throwIfAborted()
      const { QueryExecution: execution = {} } = await client
        .send(new GetQueryExecutionCommand({ QueryExecutionId: id }), { ...(signal ? { abortSignal: signal } : {}) })
        .catch(asked)
      const status = execution.Status ?? {}
      if (status.State === 'SUCCEEDED') return { ...execution, QueryExecutionId: id }
      isOver = isEnd(status.State)
      if (isOver) throw faultOfStatement(status, linesBefore)
      await sleep(pause, undefined, signal ? { signal } : {})
    }
  } catch (error) {
    if (isOver) throw error
    if (!(await isStopped(client, id))) throw stillRunning(error, id)
    throw signal?.aborted ? signal.reason : error
  }
}

const isEnd = (state: string | undefined): boolean => ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(state ?? '')

/** How often Athena is asked whether a statement has ended that it was told to stop. */
const STOP_PAUSES_MS = [100, 200, 400, 800, 1600, 3200]

/** Whether a statement runs no more. Athena stops one in its own time, and what it writes until then stays. */
async function isStopped(client: AthenaClient, QueryExecutionId: string): Promise<boolean> {
  const { GetQueryExecutionCommand, StopQueryExecutionCommand } = await import('@aws-sdk/client-athena')
  // One that has ended already cannot be stopped: what counts is what becomes of it.
  await client.send(new StopQueryExecutionCommand({ QueryExecutionId })).catch(() => undefined)
  for (const pause of STOP_PAUSES_MS) {
    const told = await client.send(new GetQueryExecutionCommand({ QueryExecutionId })).catch(() => undefined)
    if (isEnd(told?.QueryExecution?.Status?.State)) return true
    await sleep(pause)
  }
  return false
}

/** Who runs again pays twice. */
const stillRunning = (error: unknown, id: string): Fault =>
  new Fault({
    code: 'athena-running',
    kind: 'engine',
    message: `a statement may still run on Athena: ${error instanceof Error ? error.message : String(error)}`,
    where: `athena, execution ${id}`,
    action: `aws athena stop-query-execution --query-execution-id ${id}`,
    cause: error,
  })
