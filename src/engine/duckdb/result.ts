import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api'
import type { Column, Result, Value } from '../engine.js'
import { valueReader, type Translation } from '../sql/index.js'

type Rows = readonly (readonly Value[])[]

/** Rows that are held in memory when a result may still have to be thrown away. */
const MOST_HELD = 50_000

/** A result whose rows are at hand. */
export function settled(columns: readonly Column[], rows: Rows): Result {
  return {
    columns,
    batches: (async function* () {
      await Promise.resolve()
      if (rows.length > 0) yield rows
    })(),
  }
}

async function* batchesOf(result: DuckDBResult, translation: Translation): AsyncGenerator<Rows> {
  const readers = translation.types.map(valueReader)
  for (;;) {
    const chunk = await result.fetchChunk()
    if (!chunk || chunk.rowCount === 0) return
    yield chunk.getRows().map(row => row.map((value, i) => readers[i]?.(value) ?? null))
  }
}

/** Runs a statement and gives its rows as they come. */
export async function streamed(connection: DuckDBConnection, translation: Translation): Promise<Result> {
  const result = await connection.stream(translation.sql)
  return { columns: translation.columns, batches: batchesOf(result, translation) }
}

/** Runs a statement to its end; undefined, and the run broken off, where it gives more rows than can be held. */
export async function untilTooMany(connection: DuckDBConnection, translation: Translation): Promise<Result | undefined> {
  const result = await connection.stream(translation.sql)
  const rows: (readonly Value[])[] = []
  for await (const batch of batchesOf(result, translation)) {
    rows.push(...batch)
    if (rows.length > MOST_HELD) {
      connection.interrupt()
      return undefined
    }
  }
  return settled(translation.columns, rows)
}
