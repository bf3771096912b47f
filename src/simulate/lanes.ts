import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'

/** A connection of its own for each file that is written at the same time. */
export interface Lanes {
  /** The connection that sets things up. */
  readonly first: DuckDBConnection
  /** Hands each item to the next connection that is free; results stand in the order of the items. */
  each<Item, Outcome>(items: readonly Item[], work: (item: Item, lane: DuckDBConnection) => Promise<Outcome>): Promise<Outcome[]>
  /** Sets variables, seen by SQL as `getvariable('name')`, on every connection. */
  set(variables: Readonly<Record<string, number | string>>): Promise<void>
  close(): void
}

/**
 * Opens an empty DuckDB in memory. Each statement runs in one thread, so that its rows, and the bytes of a file, come in the
 * same order on every machine; the work is shared by running several statements at once.
 */
export async function openLanes(count: number): Promise<Lanes> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const first = await instance.connect()
  const lanes = [first]
  while (lanes.length < count) lanes.push(await instance.connect())
  return {
    first,
    async each(items, work) {
      const queue = items.entries()
      const outcomes: Awaited<ReturnType<typeof work>>[] = []
      await Promise.all(
        lanes.map(async lane => {
          for (const [i, item] of queue) outcomes[i] = await work(item, lane)
        }),
      )
      return outcomes
    },
    async set(variables) {
      for (const lane of lanes) await setVariables(lane, variables)
    },
    close() {
      for (const lane of lanes) lane.closeSync()
      instance.closeSync()
    },
  }
}

/** Numbers become BIGINT, texts VARCHAR. */
export async function setVariables(lane: DuckDBConnection, variables: Readonly<Record<string, number | string>>): Promise<void> {
  for (const [name, value] of Object.entries(variables)) {
    await lane.run(`SET VARIABLE "${name}" = ${typeof value === 'number' ? `${value}::BIGINT` : textLiteral(value)}`)
  }
}

export const textLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** The rows of a result known to be small, as DuckDB prints them in JSON: BIGINT as text. */
export async function rowsOf(lane: DuckDBConnection, sql: string): Promise<Record<string, unknown>[]> {
  return (await lane.runAndReadAll(sql)).getRowObjectsJson()
}
