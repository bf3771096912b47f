import { z } from 'zod'
import { ATHENA_TYPES, FIELDS, unknownField, type Field } from '../../format/index.js'
import { Fault } from '../../fault/index.js'
import { rowsOf, type TimeWindow } from '../engine.js'
import type { Column } from '../relation.js'
import { quotedText } from '../sql/quote.js'
import type { RemoteConnection } from './connection.js'

/** The one table, or view, that an engine asks of a database: `weir ddl` makes it. */
export const STORED = 'stored_records'

/** What stands in a schema of Trino or a database of Athena. */
export interface StoredRecords {
  /** The columns of `records` there: every field that Weir knows, then those that only these logs have. */
  readonly fields: readonly Field[]
  /** `date` of a lake is the day of a record's start, `day` of raw logs that of the delivery. */
  readonly partition: 'date' | 'day'
  /** All tables and views of the schema, with their columns. */
  readonly tables: ReadonlyMap<string, readonly Column[]>
}

const columnRows = z.array(z.object({ table_name: z.string(), column_name: z.string(), data_type: z.string() }))

/** Columns of `stored_records` that are no fields of a log. */
const BESIDE = new Set(['src_key', 'dst_key', 'source_object', 'date', 'day'])

/** Looks what stands in a schema. Throws a Fault where the records are not there, or are not what Weir expects. */
export async function storedRecords(connection: RemoteConnection, schema: string): Promise<StoredRecords> {
  const { columns, pages } = await connection.run(
    `SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = ${quotedText(schema)} ORDER BY table_name, ordinal_position`,
  )
  const tables = new Map<string, Column[]>()
  for (const row of columnRows.parse(await rowsOf({ columns, batches: pages })))
    tables.set(row.table_name, [...(tables.get(row.table_name) ?? []), { name: row.column_name, type: row.data_type }])
  const stored = tables.get(STORED)
  if (!stored) throw missing(connection.name, schema)
  const types = new Map(stored.map(({ name, type }) => [name, type]))
  const known = new Set(FIELDS.map(({ column }) => column))
  const extra = stored
    .filter(({ name }) => !known.has(name) && !BESIDE.has(name))
    .map(({ name }) => ({ ...unknownField(name), column: name }))
  const fields = [...FIELDS, ...extra]
  for (const { column, kind } of fields) checkType(connection.name, column, types.get(column), ATHENA_TYPES[kind])
  const partition = types.has('date') ? 'date' : 'day'
  for (const column of [partition, 'source_object']) checkType(connection.name, column, types.get(column), 'varchar')
  return { fields, partition, tables }
}

function checkType(engine: string, column: string, found: string | undefined, wanted: string): void {
  if (found === wanted || (wanted === 'varchar' && found?.startsWith('varchar('))) return
  throw new Fault({
    code: 'remote-column',
    kind: 'engine',
    message: found === undefined ? `${STORED} has no column ${column}` : `the column ${column} of ${STORED} is ${found}`,
    where: engine,
    expected: `${column} ${wanted}`,
    action: `weir ddl ${engine} --apply makes it anew`,
  })
}

const missing = (engine: string, schema: string): Fault =>
  new Fault({
    code: 'remote-table',
    kind: 'engine',
    message: `there is no table ${STORED} in ${schema}`,
    where: engine,
    action: `weir ddl ${engine} --apply makes it and the views above it`,
  })

const DAY = 86_400

/** The condition over `stored_records` for the records that start in a window; partitions of raw logs are read with a day's margin. */
export function inWindow({ partition }: Pick<StoredRecords, 'partition'>, { from, to }: Partial<TimeWindow>): string[] {
  const margin = partition === 'day' ? DAY : 0
  const dayOf = (seconds: number): string => {
    const day = new Date(seconds * 1000).toISOString().slice(0, 10)
    return partition === 'day' ? day.replaceAll('-', '/') : day
  }
  return [
    ...(from === undefined ? [] : [`"${partition}" >= '${dayOf(from - margin)}'`, `"start" >= ${from}`]),
    ...(to === undefined ? [] : [`"${partition}" <= '${dayOf(to - 1 + margin)}'`, `"start" < ${to}`]),
  ]
}
