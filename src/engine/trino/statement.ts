import { Fault } from '../../fault/index.js'
import type { RemoteResult } from '../remote/connection.js'
import { faultOfFailure } from './errors.js'
import type { Headers, Http } from './http.js'
import { answer, parseExactly, type Answer, type Rows } from './protocol.js'

/** A statement that Trino runs. It holds one page, and has Trino end it where nobody waits for the next. */
export class Statement {
  #columns: RemoteResult['columns'] = []
  #rows: Rows = []
  #next: string | undefined
  #scanned: number | undefined
  #ended: Promise<void> | undefined
  readonly #interrupt = (): void => void this.end()

  constructor(
    private readonly http: Http,
    private readonly signal: AbortSignal | undefined,
    private readonly onEnd: () => void,
  ) {}

  /** Sends it, and waits until its columns are known. */
  async begin(sql: string): Promise<RemoteResult> {
    try {
      this.#take(await this.http.begin(sql, propertiesFor(sql), this.signal))
      this.signal?.addEventListener('abort', this.#interrupt, { once: true })
      while (this.#next !== undefined && this.#columns.length === 0) await this.#advance(this.#next)
    } catch (error) {
      await this.end()
      throw error
    }
    return { columns: this.#columns, pages: this.#pages(), scannedBytes: () => this.#scanned }
  }

  /** Has Trino end it, unless it has ended. */
  end(): Promise<void> {
    this.signal?.removeEventListener('abort', this.#interrupt)
    this.onEnd()
    this.#ended ??= this.#next === undefined ? Promise.resolve() : this.http.end(this.#next)
    return this.#ended
  }

  async *#pages(): AsyncGenerator<Rows> {
    try {
      for (;;) {
        const rows = this.#rows
        this.#rows = []
        if (rows.length > 0) yield rows
        if (this.#next === undefined) return
        await this.#advance(this.#next)
      }
    } finally {
      await this.end()
    }
  }

  async #advance(uri: string): Promise<void> {
    this.#take(await this.http.page(uri, this.signal))
  }

  #take(text: string): void {
    const { id, nextUri, columns, data, stats, error } = answerIn(text)
    this.#next = nextUri
    if (columns) this.#columns = columns
    this.#rows = data ?? []
    this.#scanned = stats.physicalInputBytes ?? stats.processedBytes
    if (error) throw faultOfFailure(error, id)
  }
}

/**
 * Trino (476) takes a join's side that holds only NULL for an empty one where it is joined by IS NOT DISTINCT FROM, and gives no rows:
 * its dynamic filters do (trinodb/trino#26257), so a statement that may do that goes without them.
 */
const propertiesFor = (sql: string): Headers =>
  /\bDISTINCT\s+FROM\b/i.test(sql) ? { 'X-Trino-Session': 'enable_dynamic_filtering=false' } : {}

function answerIn(text: string): Answer {
  try {
    return answer.parse(parseExactly(text))
  } catch (error) {
    throw new Fault({
      code: 'remote-answer',
      kind: 'engine',
      message: 'what answers is no Trino',
      where: text.slice(0, 80).replace(/\s+/g, ' '),
      expected: "an answer of Trino's protocol",
      action: 'give the address of the coordinator',
      cause: error,
    })
  }
}
