import type { DuckDBConnection } from '@duckdb/node-api'
import type { Relation } from '../relation.js'
import { identifier } from './literal.js'

/** What tells which path a record is of. */
export const PATH = [
  'interface_id',
  'account_id',
  'region',
  'vpc_id',
  'flow_direction',
  'srcaddr',
  'dstaddr',
  'pkt_srcaddr',
  'pkt_dstaddr',
]

const hashOf = (alias: string): string => `hash(${PATH.map(column => `${alias}.${column}`).join(', ')})`

/**
 * Has the view `placed_records` find a record's path by one number and not by nine texts, which takes a third of the time. Every record's
 * path is among the paths, so the rows are those of the relation's own text; where two paths share a number, its text stands.
 */
export async function hastenPlacedRecords(connection: DuckDBConnection, view: Relation, records: Relation): Promise<void> {
  const ofRecords = new Set(records.columns.map(({ name }) => name))
  const ofPaths = view.columns.filter(({ name }) => !ofRecords.has(name)).map(({ name }) => identifier(name))
  await connection.run(
    `CREATE OR REPLACE TABLE weir_path_numbers AS SELECT ${hashOf('p')} AS number, ${ofPaths.join(', ')} FROM weir_placed_paths p`,
  )
  const shared = await connection.runAndReadAll(
    'SELECT number FROM weir_path_numbers GROUP BY number HAVING count(*) > 1 LIMIT 1',
  )
  if (shared.currentRowCount > 0) return
  const columns = view.columns.map(({ name }) => `${ofRecords.has(name) ? 'r' : 'p'}.${identifier(name)}`)
  await connection.run(
    `CREATE OR REPLACE VIEW ${view.target} AS SELECT ${columns.join(', ')} FROM ${records.target} r
     JOIN weir_path_numbers p ON p.number = ${hashOf('r')}
     WHERE r.log_status = 'OK' OR r.log_status IS NULL`,
  )
}
