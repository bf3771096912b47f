import { openDuckdb, rowsOf, type InputReport, type QuarantinedLine, type Value } from '../../src/engine/index.js'

export type Row = Readonly<Record<string, Value>>

/** All that the reader has to say of some sources. */
export interface Reading {
  readonly input: InputReport
  /** Rows of `records` without their NULLs, in no order. */
  readonly rows: readonly Row[]
  readonly quarantined: readonly QuarantinedLine[]
}

export interface ReadOptions {
  /** What `--fields` would say. */
  readonly fields?: string | undefined
  /** Read into the spool first, as `scan` does, or straight from the files, as one query does. */
  readonly by?: 'spool' | 'query'
}

/** Reads sources to their end: every row of `records`, every count and every quarantined line. */
export async function read(sources: readonly string[], { fields, by = 'query' }: ReadOptions = {}): Promise<Reading> {
  const engine = await openDuckdb({ sources, fields, threads: 1 })
  try {
    if (by === 'spool') await engine.prepare(['records'])
    const rows = await rowsOf(await engine.query('SELECT * FROM records'))
    const quarantined: QuarantinedLine[] = []
    for await (const line of engine.quarantined()) quarantined.push(line)
    return { input: await engine.input(), rows: rows.map(withoutNulls), quarantined }
  } finally {
    await engine.close()
  }
}

const withoutNulls = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
