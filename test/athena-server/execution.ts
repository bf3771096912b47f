import { inTrino } from './hive.js'
import { Refusal } from './refusal.js'
import { TrinoStatement, type TrinoSession } from './statement.js'
import { columnInfo, datum } from './text.js'

interface ExecutionOptions {
  readonly id: string
  readonly sql: string
  readonly session: TrinoSession
  readonly locations: Readonly<Record<string, string>>
  /** Tables made in Hive's words, by name: SHOW CREATE TABLE gives those. */
  readonly ddl: Map<string, string>
  readonly place: string
  readonly workgroup: string
}

type State = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED'

/** One statement, from QUEUED on: seen once as QUEUED, then as what Trino makes of it. */
export class Execution {
  state: State = 'QUEUED'
  readonly statementType: 'DML' | 'DDL' | 'UTILITY'
  readonly sql: string
  #reason: string | undefined
  #rows: { Data: { VarCharValue?: string }[] }[] = []
  readonly #statement: TrinoStatement

  constructor(private readonly options: ExecutionOptions) {
    const { sql } = options
    this.sql = sql
    this.statementType = /^\s*(SHOW|DESC|EXPLAIN)/i.test(sql)
      ? 'UTILITY'
      : /^\s*(CREATE|DROP|ALTER|MSCK)/i.test(sql)
        ? 'DDL'
        : 'DML'
    this.#statement = new TrinoStatement(options.session)
  }

  /** Refuses at once what is no statement; then it goes on by itself. */
  async begin(): Promise<void> {
    const { sql, session, ddl } = this.options
    const shown = /^\s*SHOW\s+CREATE\s+TABLE\s+(?:\S+\.)?[`"]?(\w+)[`"]?/i.exec(sql)?.[1]
    const kept = shown === undefined ? undefined : ddl.get(shown)
    if (kept !== undefined) return this.#end(kept.split('\n').map(line => [line]))
    await this.#statement.begin(inTrino(this.#located(sql), session.schema ?? ''))
    const { failure } = this.#statement
    if (failure?.errorName === 'SYNTAX_ERROR' && /mismatched|extraneous|no viable/.test(failure.message))
      throw new Refusal('InvalidRequestException', failure.message, 'MALFORMED_QUERY')
    void this.#goOn()
  }

  told(): object {
    const { id, sql, place, workgroup, session } = this.options
    const state = this.state
    if (state === 'QUEUED') this.state = 'RUNNING'
    return {
      QueryExecutionId: id,
      Query: sql,
      StatementType: this.statementType,
      ResultConfiguration: { OutputLocation: `${place}${id}.csv` },
      QueryExecutionContext: { Database: session.schema, Catalog: 'awsdatacatalog' },
      Status: {
        State: state,
        ...(this.#reason === undefined ? {} : { StateChangeReason: this.#reason }),
        ...(state === 'FAILED' ? { AthenaError: this.#error() } : {}),
      },
      Statistics: { DataScannedInBytes: this.#statement.scannedBytes, TotalExecutionTimeInMillis: 1 },
      WorkGroup: workgroup,
    }
  }

  /** Rows from one on; the header row is the first of a SELECT. */
  page(from: number, rows: number): object {
    if (this.state !== 'SUCCEEDED')
      throw new Refusal('InvalidRequestException', `Query has not yet finished. Current state: ${this.state}`)
    const next = from + rows < this.#rows.length ? { NextToken: String(from + rows) } : {}
    const info = this.#columns().map(columnInfo)
    return {
      ResultSet: { Rows: this.#rows.slice(from, from + rows), ResultSetMetadata: { ColumnInfo: info } },
      UpdateCount: 0,
      ...next,
    }
  }

  async stop(): Promise<void> {
    if (this.state !== 'QUEUED' && this.state !== 'RUNNING') return
    this.state = 'CANCELLED'
    this.#reason = 'Query cancelled by user'
    await this.#statement.stop()
  }

  async #goOn(): Promise<void> {
    await this.#statement.finish().catch((error: unknown) => this.#fail(`GENERIC_INTERNAL_ERROR: ${String(error)}`))
    if (this.state === 'CANCELLED' || this.state === 'FAILED') return
    const { failure, rows, columns } = this.#statement
    if (failure) return this.#fail(`${failure.errorName}: ${failure.message}`)
    const isText = this.statementType === 'UTILITY' && columns.length === 1
    if (isText) return this.#end(rows.flatMap(([text]) => String(text).split('\n')).map(line => [line]))
    this.#remember()
    this.#rows = rows.map(row => ({ Data: row.map((value, i) => datum(columns[i]?.type ?? 'varchar', value)) }))
    if (this.statementType === 'DML') this.#rows.unshift({ Data: columns.map(({ name }) => ({ VarCharValue: name })) })
    this.state = 'SUCCEEDED'
  }

  #end(rows: readonly (readonly string[])[]): void {
    this.#rows = rows.map(row => ({ Data: row.map(text => ({ VarCharValue: text })) }))
    this.state = 'SUCCEEDED'
  }

  #fail(reason: string): void {
    this.#reason = reason
    this.state = 'FAILED'
  }

  #columns(): readonly { readonly name: string; readonly type: string }[] {
    const { columns } = this.#statement
    return columns.length > 0 || this.#rows.length === 0 ? columns : [{ name: 'createtab_stmt', type: 'varchar' }]
  }

  #remember(): void {
    const made = /^\s*CREATE\s+EXTERNAL\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:\S+\.)?[`"]?(\w+)[`"]?/i.exec(this.options.sql)?.[1]
    if (made !== undefined) this.options.ddl.set(made, this.options.sql)
  }

  #located(sql: string): string {
    return Object.entries(this.options.locations).reduce((text, [from, to]) => text.replaceAll(from, to), sql)
  }

  #error(): object {
    const isUser = this.#statement.failure?.errorType === 'USER_ERROR'
    return { ErrorCategory: isUser ? 2 : 1, ErrorType: isUser ? 1301 : 100, Retryable: false, ErrorMessage: this.#reason }
  }
}
