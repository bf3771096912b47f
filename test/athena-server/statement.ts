import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

const answer = z.object({
  nextUri: z.string().optional(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })).optional(),
  data: z.array(z.array(z.unknown())).optional(),
  stats: z.object({ state: z.string(), physicalInputBytes: z.number().default(0) }),
  error: z.object({ message: z.string(), errorName: z.string(), errorType: z.string() }).optional(),
})

export type TrinoFailure = NonNullable<z.infer<typeof answer>['error']>

export interface TrinoSession {
  readonly url: string
  readonly catalog: string
  readonly schema: string | undefined
}

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** One statement that a real Trino runs. */
export class TrinoStatement {
  columns: readonly { readonly name: string; readonly type: string }[] = []
  readonly rows: unknown[][] = []
  scannedBytes = 0
  failure: TrinoFailure | undefined
  #next: string | undefined
  #isStopped = false

  constructor(private readonly session: TrinoSession) {}

  /** Sends it and waits until it is known to be a statement. */
  async begin(sql: string): Promise<void> {
    await this.#take(`${this.session.url}/v1/statement`, { method: 'POST', body: sql })
    await this.#advance()
  }

  async finish(): Promise<void> {
    while (this.#next !== undefined && !this.#isStopped) await this.#advance()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    if (this.#next !== undefined) await fetch(this.#next, { method: 'DELETE' })
  }

  async #advance(): Promise<void> {
    if (this.#next !== undefined) await this.#take(this.#next, {})
  }

  async #take(url: string, request: RequestInit): Promise<void> {
    const { catalog, schema } = this.session
    const headers = {
      'X-Trino-User': 'athena',
      'X-Trino-Catalog': catalog,
      ...(schema === undefined ? {} : { 'X-Trino-Schema': schema }),
      'X-Trino-Time-Zone': 'UTC',
      'X-Trino-Client-Capabilities': 'PARAMETRIC_DATETIME',
    }
    const response = await fetch(url, { ...request, headers })
    const text = await response.text()
    if (response.status === 503) return sleep(50).then(() => this.#take(url, request))
    if (!response.ok) throw new Error(`Trino answered ${response.status}: ${text}`)
    const { nextUri, columns, data, stats, error } = answer.parse(JSON.parse(text.replace(STRING_OR_NUMBER, exact)))
    this.#next = nextUri
    if (columns) this.columns = columns
    if (data) for (const row of data) this.rows.push(row)
    this.scannedBytes = Math.max(this.scannedBytes, stats.physicalInputBytes)
    this.failure = error
  }
}

const exact = (token: string): string =>
  /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token
