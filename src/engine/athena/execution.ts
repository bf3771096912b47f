import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AthenaClient, QueryExecution, StartQueryExecutionCommandInput } from '@aws-sdk/client-athena'
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
 * nothing twice; when `signal` ends the wait, Athena is told to stop.
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
  try {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5)) {
      signal?.throwIfAborted()
      const { QueryExecution: execution = {} } = await client
        .send(new GetQueryExecutionCommand({ QueryExecutionId: id }), { ...(signal ? { abortSignal: signal } : {}) })
        .catch(asked)
      const status = execution.Status ?? {}
      if (status.State === 'SUCCEEDED') return { ...execution, QueryExecutionId: id }
      if (status.State === 'FAILED' || status.State === 'CANCELLED') throw faultOfStatement(status, linesBefore)
      await sleep(pause, undefined, signal ? { signal } : {})
    }
  } catch (error) {
    if (!signal?.aborted) throw error
    await stop(client, id)
    throw signal.reason
  }
}

/** What has ended already cannot be stopped: that is no error. */
async function stop(client: AthenaClient, id: string): Promise<void> {
  const { StopQueryExecutionCommand } = await import('@aws-sdk/client-athena')
  await client.send(new StopQueryExecutionCommand({ QueryExecutionId: id })).catch(() => undefined)
}
