import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

/** An OCSF event of network activity; what it does not say is left out. */
export type Event = Readonly<Record<string, unknown>>

const END_POINT =
  'STRUCT(port INTEGER, svc_name VARCHAR, ip VARCHAR, intermediate_ips VARCHAR[], interface_uid VARCHAR, vpc_uid VARCHAR, instance_uid VARCHAR, subnet_uid VARCHAR)'

const COMMON = {
  metadata:
    'STRUCT(product STRUCT(version VARCHAR, name VARCHAR, feature STRUCT(name VARCHAR), vendor_name VARCHAR), profiles VARCHAR[], version VARCHAR)',
  src_endpoint: END_POINT,
  dst_endpoint: END_POINT,
  connection_info:
    'STRUCT(protocol_num INTEGER, tcp_flags INTEGER, protocol_ver VARCHAR, boundary_id INTEGER, boundary VARCHAR, direction_id INTEGER, direction VARCHAR)',
  traffic: 'STRUCT(packets BIGINT, bytes BIGINT)',
  time: 'BIGINT',
  status_code: 'VARCHAR',
  class_uid: 'INTEGER',
  class_name: 'VARCHAR',
  disposition: 'VARCHAR',
  unmapped: 'MAP(VARCHAR, VARCHAR)',
}

/** Columns of Parquet, with DuckDB's types. */
export type Columns = Readonly<Record<string, string>>

/** Of VPC flow logs, by who writes them. */
export const WRITERS = {
  /** OCSF 1.0.0-rc.2 */
  'Security Lake, source version 1': {
    ...COMMON,
    cloud: 'STRUCT(account_uid VARCHAR, region VARCHAR, zone VARCHAR, provider VARCHAR)',
    start_time: 'BIGINT',
    end_time: 'BIGINT',
    disposition_id: 'INTEGER',
  },
  /** OCSF 1.1.0 */
  'Security Lake, source version 2': {
    ...COMMON,
    cloud: 'STRUCT(account STRUCT(uid VARCHAR), region VARCHAR, zone VARCHAR, provider VARCHAR)',
    time_dt: 'TIMESTAMP',
    start_time_dt: 'TIMESTAMP',
    end_time_dt: 'TIMESTAMP',
    action: 'VARCHAR',
    action_id: 'INTEGER',
    observables: 'STRUCT(name VARCHAR, "value" VARCHAR, "type" VARCHAR, type_id INTEGER)[]',
  },
  /** What pandas and others make of the same: numbers that may be missing as DOUBLE, times as texts, maps as structs. */
  'some other writer': {
    ...COMMON,
    src_endpoint: END_POINT.replace('INTEGER', 'DOUBLE'),
    dst_endpoint: END_POINT.replace('INTEGER', 'DOUBLE'),
    connection_info: COMMON.connection_info.replaceAll('INTEGER', 'DOUBLE'),
    traffic: 'STRUCT(packets UBIGINT, bytes DECIMAL(18, 1))',
    start_time_dt: 'VARCHAR',
    start_time: 'DOUBLE',
    end_time_dt: 'TIMESTAMPTZ',
    end_time: 'BIGINT',
    unmapped: 'STRUCT(reject_reason VARCHAR, ecs_task_id VARCHAR)',
  },
} satisfies Readonly<Record<string, Columns>>

/** Writes events as Parquet with those columns. */
export async function writeParquet(path: string, events: readonly Event[], columns: Columns): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-ocsf-'))
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    const lines = join(folder, 'events.json')
    writeFileSync(lines, events.map(event => JSON.stringify(event) + '\n').join(''))
    const types = Object.entries(columns).map(([name, type]) => `'${name}': '${type}'`)
    await connection.run(
      `COPY (SELECT * FROM read_json('${lines}', format='newline_delimited', columns={${types.join(', ')}})) TO '${path}' (FORMAT parquet, COMPRESSION zstd)`,
    )
  } finally {
    connection.closeSync()
    instance.closeSync()
    rmSync(folder, { recursive: true })
  }
}
