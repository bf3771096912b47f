import { ResultReturnType, type DuckDBConnection, type DuckDBResult } from '@duckdb/node-api'
import type { Result, Value } from '../engine.js'
import { settled } from '../settled.js'
import { preparedSelect, valueReader, type Translation } from '../sql/index.js'

type Rows = readonly (readonly Value[])[]

/** Rows that are held in memory when a result may still have to be thrown away. */
const MOST_HELD = 50_000

/** A statement that is run, and what may break it off. */
export interface Run {
  readonly connection: DuckDBConnection
  readonly translation: Translation
  readonly signal?: AbortSignal | undefined
}

async function* batchesOf(result: DuckDBResult, run: Run): AsyncGenerator<Rows> {
  const readers = run.translation.types.map(valueReader)
  for (;;) {
    const chunk = await result.fetchChunk()
    if (!chunk || chunk.rowCount === 0) break
    yield chunk.getRows().map(row => row.map((value, i) => readers[i]?.(value) ?? null))
  }
  if (result.returnType === ResultReturnType.INVALID) throw await failureOf(run)
}

/**
 * Why a stream ended before its last row. DuckDB's API ends one that fails on the way like one that is whole, but for the type of
 * the result, and keeps the message to itself: running the statement again, without its rows, tells it.
 */
async function failureOf({ connection, translation, signal }: Run): Promise<Error> {
  if (signal?.aborted !== true) {
    try {
      await connection.run(`EXPLAIN ANALYZE ${translation.sql}`)
    } catch (error) {
      if (error instanceof Error) return error
    }
  }
  return new Error('INTERRUPT Error: the query was broken off before its last row')
}

async function begun({ connection, translation }: Run): Promise<DuckDBResult> {
  const prepared = await preparedSelect(connection, translation.sql)
  try {
    return await prepared.stream()
  } finally {
    prepared.destroySync()
  }
}

/** Runs a statement and gives its rows as they come. */
export async function streamed(run: Run): Promise<Result> {
  const result = await begun(run)
  return { columns: run.translation.columns, batches: batchesOf(result, run) }
}

/** Runs a statement to its end; undefined, and the run broken off, where it gives more rows than can be held. */
export async function untilTooMany(run: Run): Promise<Result | undefined> {
  const { connection, translation } = run
  const result = await begun(run)
  const rows: (readonly Value[])[] = []
  for await (const batch of batchesOf(result, run)) {
    rows.push(...batch)
    if (rows.length > MOST_HELD) {
      connection.interrupt()
      return undefined
    }
  }
  return settled(translation.columns, rows)
}
