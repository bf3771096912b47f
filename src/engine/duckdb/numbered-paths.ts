import type { DuckDBConnection } from '@duckdb/node-api'
import type { Relation } from '../relation.js'
import { identifier } from './literal.js'
import type { NumberedRows } from './log-set.js'
import { PATH } from './placed-records.js'

/** One row: a number of texts, these, and what `placed_paths` says of their path; those of status OK. */
export const NUMBERED_PATHS = 'weir_numbered_paths'

/**
 * What `paths.sql` says, with the records of each number of texts put together before their texts are looked at; `rows` are
 * those of the window, as something that a FROM can name.
 */
export function pathsByNumber({ rows, texts, columns }: NumberedRows): string {
  const told = (column: string): string => (columns.includes(column) ? identifier(column) : 'NULL::VARCHAR')
  const of = [...PATH.map(told), `coalesce(${told('log_status')}, 'OK')`]
  const names = [...PATH, 'log_status'].map(identifier)
  return `WITH counted AS (
    SELECT
      "$texts",
      min("start") AS first_seen,
      max("end") AS last_seen,
      count(*) AS records,
      sum(CASE WHEN "end" - "start" > 90 THEN 1 ELSE 0 END) AS long_records
    FROM ${rows}
    GROUP BY "$texts"
  )
  SELECT
    ${of.map((sql, i) => `${sql} AS ${names[i] ?? ''}`).join(', ')},
    max(${told('subnet_id')}) AS subnet_id,
    max(${told('instance_id')}) AS instance_id,
    min(first_seen) AS first_seen,
    max(last_seen) AS last_seen,
    sum(records)::BIGINT AS records,
    sum(long_records)::BIGINT AS long_records
  FROM counted
  JOIN ${identifier(texts)} USING ("$texts")
  GROUP BY ${of.map((_, i) => i + 1).join(', ')}`
}

/** Has the view `placed_records` find texts and path of a record by the one number. The rows are those of the relation's own text. */
export async function placeByNumber(
  connection: DuckDBConnection,
  view: Relation,
  records: Relation,
  { rows, texts, columns }: NumberedRows,
): Promise<void> {
  const ofRecords = new Set(records.columns.map(({ name }) => name))
  const ofPaths = view.columns.filter(({ name }) => !ofRecords.has(name)).map(({ name }) => name)
  // Columns that are not told are NULL in all paths.
  const told = PATH.filter(column => columns.includes(column)).map(identifier)
  const isSame = told.map(column => `coalesce(p.${column}, '') = coalesce(t.${column}, '')`)
  const isOk = columns.includes('log_status') ? `t.log_status = 'OK' OR t.log_status IS NULL` : 'TRUE'
  const kept = [...columns.map(column => `t.${identifier(column)}`), ...ofPaths.map(column => `p.${identifier(column)}`)]
  await connection.run(
    `CREATE OR REPLACE TABLE ${NUMBERED_PATHS} AS SELECT t."$texts", ${kept.join(', ')}
    FROM ${identifier(texts)} t JOIN weir_placed_paths p ON ${isSame.join(' AND ') || 'TRUE'}
    WHERE ${isOk}`,
  )
  const isKept = new Set([...columns, ...ofPaths])
  const isText = new Set(records.columns.flatMap(({ name, type }) => (type === 'varchar' ? [name] : [])))
  const list = view.columns.map(({ name }) => {
    if (isKept.has(name)) return `p.${identifier(name)}`
    return isText.has(name) ? `NULL::VARCHAR AS ${identifier(name)}` : `r.${identifier(name)}`
  })
  await connection.run(
    `CREATE OR REPLACE VIEW ${view.target} AS SELECT ${list.join(', ')} FROM ${rows} r JOIN ${NUMBERED_PATHS} p ON p."$texts" = r."$texts"`,
  )
}
