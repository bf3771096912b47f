import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll } from 'vitest'
import { DuckDBInstance } from '@duckdb/node-api'
import { checkScript, execute, openDuckdb, rowsOf, statementsOf, type DuckdbEngine, type Value } from '../../src/engine/index.js'
import type { DuckdbOptions } from '../../src/engine/index.js'

export const V2 =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'

/** All fields up to version 5 in AWS's order. */
export const V5 =
  `${V2} vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id sublocation-type sublocation-id ` +
  'pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path'

/** What a record says; every other field has a value of its own that is the same in all records. */
export type RecordFields = Readonly<Record<string, string | number>>

const usual: RecordFields = {
  version: 2,
  'account-id': '123456789012',
  'interface-id': 'eni-0a1b2c3d4e5f60718',
  srcaddr: '10.0.0.1',
  dstaddr: '198.51.100.7',
  srcport: 40000,
  dstport: 443,
  protocol: 6,
  packets: 10,
  bytes: 1000,
  start: 1767600000,
  end: 1767600060,
  action: 'ACCEPT',
  'log-status': 'OK',
  'vpc-id': 'vpc-1',
  'subnet-id': 'subnet-1',
  'instance-id': 'i-1',
  'tcp-flags': 2,
  type: 'IPv4',
  'pkt-srcaddr': '10.9.9.1',
  'pkt-dstaddr': '10.9.9.2',
  region: 'eu-west-1',
  'az-id': 'euw1-az1',
  'pkt-src-aws-service': 'S3',
  'flow-direction': 'egress',
  'traffic-path': 8,
}

/** A line with the fields of a header, `-` where nothing is known. */
export const line = (header: string, fields: RecordFields = {}): string =>
  header
    .split(' ')
    .map(name => fields[name] ?? usual[name] ?? '-')
    .join(' ')

/** A log of version 2, header first. */
export const v2 = (...records: RecordFields[]): string => log(V2, records)
export const v5 = (...records: RecordFields[]): string =>
  log(
    V5,
    records.map(fields => ({ version: 5, ...fields })),
  )
export const log = (header: string, records: readonly RecordFields[]): string => `${header}\n${lines(header, records)}`
/** The same without a header. */
export const lines = (header: string, records: readonly RecordFields[]): string =>
  records.map(fields => `${line(header, fields)}\n`).join('')

/** A folder of the test file's own, removed at its end. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'weir-tables-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes logs by their paths under a folder, those called .gz compressed; gives the folder. */
export function writeLogs(folder: string, logs: Readonly<Record<string, string | Uint8Array>>): string {
  for (const [name, text] of Object.entries(logs)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, name.endsWith('.gz') && typeof text === 'string' ? gzipSync(text) : text)
  }
  return folder
}

/** Writes records as Parquet in AWS's types: counts and times INT64, other numbers INT32. */
export async function writeParquet(path: string, records: readonly RecordFields[]): Promise<void> {
  mkdirSync(dirname(path), { recursive: true })
  const small = ['version', 'srcport', 'dstport', 'protocol', 'tcp-flags', 'traffic-path']
  const large = ['packets', 'bytes', 'start', 'end']
  const rows = records.map(fields => {
    const cells = V5.split(' ').map(name => {
      const value = fields[name] ?? usual[name] ?? '-'
      const type = small.includes(name) ? 'INTEGER' : large.includes(name) ? 'BIGINT' : 'VARCHAR'
      return `CAST(${value === '-' ? 'NULL' : `'${value}'`} AS ${type}) AS "${name.replaceAll('-', '_')}"`
    })
    return `SELECT ${cells.join(', ')}`
  })
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    await connection.run(`COPY (${rows.join(' UNION ALL ')}) TO '${path}' (FORMAT parquet, COMPRESSION gzip)`)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

export type Row = Record<string, Value>

/** Checks a script and carries it out; the rows of each statement. */
export async function run(engine: DuckdbEngine, script: string): Promise<Row[][]> {
  const statements = statementsOf(script)
  checkScript(engine, statements)
  const answers: Row[][] = []
  for (const statement of statements) answers.push(await rowsOf(await execute(engine, statement)))
  return answers
}

/** Opens an engine for one thing, and closes it. */
export async function withEngine<T>(options: Partial<DuckdbOptions>, use: (engine: DuckdbEngine) => Promise<T>): Promise<T> {
  const engine = await openDuckdb({ sources: [], threads: 1, memory: 1_000_000_000, ...options })
  try {
    return await use(engine)
  } finally {
    await engine.close()
  }
}

/** The rows of each statement of a script, in an engine of its own. */
export const answers = (script: string, options: Partial<DuckdbOptions> = {}): Promise<Row[][]> =>
  withEngine(options, engine => run(engine, script))

/** The rows of a script's last statement. */
export const answer = async (script: string, options: Partial<DuckdbOptions> = {}): Promise<Row[]> =>
  (await answers(script, options)).at(-1) ?? []
