import type { Value } from '../engine.js'
import type { Column } from '../relation.js'

/** A server of one's own or AWS's that runs Athena's SQL as it is: Trino, Athena. */
export interface RemoteConnection {
  readonly name: 'trino' | 'athena'
  /**
   * Runs one statement, DDL too. Rows arrive as the server pages them; none is kept. Throws a Fault: kind `usage` where the statement
   * is wrong, else `engine`. Nothing that the server may have begun is sent again.
   */
  run(sql: string, options?: RemoteRun): Promise<RemoteResult>
  close(): Promise<void>
}

export interface RemoteRun {
  /** Has the server stop at once. */
  readonly signal?: AbortSignal | undefined
  /** It is a question of a person's: a result of the same text that stands already may be taken, where the configuration says so. */
  readonly mayReuse?: boolean | undefined
}

export interface RemoteResult {
  /** With Trino's names of types, in lower case: `bigint`, `varchar(5)`, `array(varchar)`, `timestamp(3) with time zone`. */
  readonly columns: readonly Column[]
  /** Cells as Trino's JSON has them: numbers beyond 2^53 and decimals as text, varbinary in base64, rows as arrays. */
  readonly pages: AsyncIterable<readonly (readonly Value[])[]>
  /** Bytes that the server says it read, once the pages are at their end. */
  scannedBytes(): number | undefined
}
