import { z } from 'zod'
import { rowsOf, type Result } from '../../engine.js'

/** Whole numbers that a column may have for a row to matter; both ends belong to it. */
export interface Span {
  readonly low: number
  readonly high: number
}

/** By column in lower case; a column that is missing is not bounded. */
export type Spans = ReadonlyMap<string, readonly Span[]>

/** What has the server tell which values of each table's columns matter to a statement. Nothing is read, nor paid for. */
export const boundsExplained = (sql: string): string => `EXPLAIN (TYPE IO, FORMAT JSON)\n${sql}`

const end = z.object({ value: z.string().optional() })
const tables = z.object({
  inputTableColumnInfos: z.array(
    z.object({
      table: z.object({ schemaTable: z.object({ schema: z.string(), table: z.string() }) }),
      constraint: z.object({
        columnConstraints: z.array(
          z.object({
            columnName: z.string(),
            type: z.string(),
            domain: z.object({ nullsAllowed: z.boolean(), ranges: z.array(z.object({ low: end, high: end })) }),
          }),
        ),
      }),
    }),
  ),
})

const WHOLE = /^(tinyint|smallint|integer|bigint)$/

/** By `schema.table`, what holds for all readings of it; nothing where the answer is of another form. */
export async function readBounds(answer: Result): Promise<ReadonlyMap<string, Spans>> {
  const lines = (await rowsOf(answer)).flatMap(row => Object.values(row)).filter(line => typeof line === 'string')
  const parsed = tables.safeParse(jsonIn(lines.join('\n')))
  const bounds = new Map<string, Spans>()
  for (const { table, constraint } of parsed.data?.inputTableColumnInfos ?? []) {
    const name = `${table.schemaTable.schema}.${table.schemaTable.table}`
    const spans = new Map(
      constraint.columnConstraints
        .filter(({ type, domain }) => WHOLE.test(type) && !domain.nullsAllowed)
        .map(({ columnName, domain }) => [columnName.toLowerCase(), domain.ranges.map(spanOf)]),
    )
    const before = bounds.get(name)
    bounds.set(name, before ? either(before, spans) : spans)
  }
  return bounds
}

const spanOf = ({ low, high }: { low: { value?: string | undefined }; high: { value?: string | undefined } }): Span => ({
  low: low.value === undefined ? -Infinity : Number(low.value),
  high: high.value === undefined ? Infinity : Number(high.value),
})

/** A table that is read twice: only what bounds both readings bounds it. */
const either = (a: Spans, b: Spans): Spans =>
  new Map([...a].flatMap(([column, spans]) => (b.has(column) ? [[column, [...spans, ...(b.get(column) ?? [])]] as const] : [])))

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
