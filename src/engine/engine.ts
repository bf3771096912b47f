import type { Column, Relation } from './relation.js'

export type { Column, Relation } from './relation.js'

export type EngineName = 'duckdb' | 'trino' | 'athena'

/** A cell of a result, ready for JSON: whole numbers beyond 2^53 and decimals are strings, timestamps are text in Trino's form. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value }

/** What a named parameter `:name` of a rule's SQL may be bound to; it becomes a literal in the syntax tree. */
export type Parameter = string | number | boolean

export interface QueryOptions {
  readonly parameters?: Readonly<Record<string, Parameter>>
  readonly signal?: AbortSignal
}

/** Rows arrive in batches, so that a result larger than memory can be printed. */
export interface Result {
  readonly columns: readonly Column[]
  readonly batches: AsyncIterable<readonly (readonly Value[])[]>
}

/** A half-open span of time in Unix seconds. */
export interface TimeWindow {
  readonly from: number
  readonly to: number
}

/**
 * Answers Athena's SQL over Weir's relations. An engine is told which files hold the records; it knows no lake and no rules.
 */
export interface Engine {
  readonly name: EngineName
  /** The relations that can be queried, Weir's own and those that a person defined. */
  relations(): readonly Relation[]
  /** Makes ready what `reads:` of the rules names (`sessions`, `contacts`, …), once a run; a view costs nothing. */
  prepare(relations: readonly string[], window?: TimeWindow): Promise<void>
  /** Runs one SELECT in Athena's SQL. Throws a Fault of kind `usage` before anything is read when the SQL is refused. */
  query(sql: string, options?: QueryOptions): Promise<Result>
  /**
   * Puts the records of some pairs of hosts, by the `pair_id` of `placed_records`, in a table of the run, and answers SELECTs over `records`
   * from it: many questions about a few records cost one pass over all of them. `SELECT *` may leave out columns that are NULL in all of them.
   */
  narrowed(pairs: readonly number[], options?: QueryOptions): Promise<Pick<Engine, 'query'>>
  /** The engine's own words for how it would run the statement. */
  explain(sql: string, options?: QueryOptions): Promise<string>
  close(): Promise<void>
}

/** All rows of a result as objects; for results known to be small. */
export async function rowsOf(result: Result): Promise<Record<string, Value>[]> {
  const rows: Record<string, Value>[] = []
  for await (const row of rowStream(result)) rows.push(row)
  return rows
}

/** The rows of a result as objects, as they come. */
export async function* rowStream({ columns, batches }: Result): AsyncGenerator<Record<string, Value>> {
  for await (const batch of batches)
    for (const row of batch) yield Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null]))
}
