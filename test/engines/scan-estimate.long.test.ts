import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  checkLimit,
  connectAthena,
  connectTrino,
  estimateScan,
  openObjects,
  priceOfScan,
  sizeInBytes,
  type RemoteConnection,
  type StoredObjects,
} from '../../src/engine/index.js'
import { ingest } from '../aws/command.js'
import { weir } from '../cli/logs.js'
import type { AthenaServer } from '../athena-server/server.js'
import { answerOf, athenaOptions, faultOf, startAthenaOver } from './athena.js'
import { describeTrino } from './trino.js'

/** Three days whose files are larger than what Trino reads as a whole. */
const SIMULATED = ['--records', '1000000', '--days', '3', '--hosts', '30', '--seed', '7', '--start', '2026-01-05', '--quiet']

/** The days that have files, and one of them, as each layout calls them. */
const DAYS = {
  lake: { all: `date BETWEEN '2026-01-05' AND '2026-01-07'`, one: `date = '2026-01-06'` },
  text: { all: `day BETWEEN '2026/01/05' AND '2026/01/07'`, one: `day = '2026/01/06'` },
}

const statements: readonly (readonly [name: string, sql: string])[] = [
  ['one column', 'SELECT sum(bytes) FROM stored_records WHERE {all}'],
  ['one column of one day', 'SELECT sum(bytes) FROM stored_records WHERE {one}'],
  ['all columns of one day', 'SELECT count(*) FROM (SELECT DISTINCT * FROM stored_records WHERE {one}) AS r'],
  ['texts and numbers', 'SELECT srcaddr, sum(bytes), max(log_status) FROM stored_records WHERE {all} GROUP BY srcaddr'],
  [
    'two readings',
    'SELECT count(DISTINCT srcaddr) FROM stored_records WHERE {one} UNION ALL SELECT max(packets) FROM stored_records WHERE {all}',
  ],
  ['a filter', 'SELECT max(srcaddr), max(dstaddr) FROM stored_records WHERE {all} AND dstport = 443 AND bytes > 100'],
  ['an hour', 'SELECT sum(packets) FROM stored_records WHERE {all} AND "start" BETWEEN 1767700800 AND 1767704399'],
  ['a count', 'SELECT count(*) FROM stored_records WHERE {all}'],
]

describeTrino('how much a statement will read', trino => {
  let objects: StoredObjects
  let athena: AthenaServer
  const connections = new Map<string, RemoteConnection>()

  /** Makes the tables over logs as a person does who runs what `weir ddl` prints. */
  async function apply(engine: 'trino' | 'athena', schema: string, over: readonly string[]): Promise<void> {
    const config = join(trino.files, `${schema}.json`)
    await writeFile(config, JSON.stringify({ trino: { schema }, athena: { database: schema } }))
    const { code, stdout, stderr } = await weir(['ddl', engine, ...over, '--config', config, '--quiet'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const connection = await (engine === 'trino'
      ? connectTrino({ url: trino.url, user: 'weir', catalog: 'hive', schema })
      : connectAthena(athenaOptions(athena, schema)))
    connections.set(schema, connection)
    for (const statement of stdout.split(/;\s*$/m)) if (statement.trim() !== '') await answerOf(connection, statement)
  }

  beforeAll(async () => {
    const folder = join(trino.files, 'scans')
    const logs = join(folder, 'AWSLogs')
    const lake = join(folder, 'lake')
    expect(await weir(['simulate', '--out', folder, ...SIMULATED])).toMatchObject({ code: 0 })
    await ingest(lake, [logs])
    athena = await startAthenaOver(trino)
    objects = openObjects({ folders: { 'local:///': trino.files, 's3://logs/': trino.files } })
    await apply('trino', 'scans_lake', ['--lake', lake, '--location', 'local:///scans/lake'])
    await apply('trino', 'scans_text', [logs, '--location', 'local:///scans/AWSLogs/'])
    await apply('athena', 'scans_athena', ['--lake', lake, '--location', 's3://logs/scans/lake'])
  }, 300_000)
  afterAll(async () => {
    for (const connection of connections.values()) await connection.close()
    objects?.close()
    await athena?.stop()
  })

  const connectionTo = (schema: string): RemoteConnection => {
    const connection = connections.get(schema)
    if (!connection) throw new Error(`there is no ${schema}`)
    return connection
  }

  /** What was estimated for each byte that was then read. */
  async function ratio(schema: string, layout: keyof typeof DAYS, sql: string): Promise<number> {
    const statement = sql.replaceAll('{all}', DAYS[layout].all).replaceAll('{one}', DAYS[layout].one)
    const { bytes, unknown } = await estimateScan(connectionTo(schema), statement, objects)
    expect(unknown).toEqual([])
    const { scannedBytes = 0 } = await answerOf(connectionTo(schema), statement)
    return bytes / scannedBytes
  }

  describe.each(['scans_lake', 'scans_athena'])('of Parquet, never less and at most half more: %s', schema => {
    test.each(statements)('%s', async (_, sql) => {
      const estimated = await ratio(schema, 'lake', sql)
      expect(estimated).toBeGreaterThanOrEqual(1)
      expect(estimated).toBeLessThanOrEqual(1.5)
    })
  })

  test("of Parquet, below a view of Weir's", async () => {
    const sql = 'SELECT interfaceid, sum(numpackets), max("date") FROM vpc_flow_logs GROUP BY interfaceid'
    const estimated = await ratio('scans_lake', 'lake', sql)
    expect(estimated).toBeGreaterThanOrEqual(1)
    expect(estimated).toBeLessThanOrEqual(1.5)
  })

  describe('of text, within a tenth', () => {
    test.each(statements)('%s', async (_, sql) => {
      const estimated = await ratio('scans_text', 'text', sql)
      expect(estimated).toBeGreaterThan(0.9)
      expect(estimated).toBeLessThan(1.1)
    })
  })

  test('above the limit nothing starts, and the price is told', async () => {
    const before = athena.executions.size
    const statement = 'SELECT sum(bytes) FROM stored_records'
    const estimate = await estimateScan(connectionTo('scans_athena'), statement, objects)
    const refused = faultOf(
      Promise.resolve().then(() => checkLimit(estimate, sizeInBytes.parse('1MB'), priceOfScan(estimate.bytes))),
    )
    const fault = await refused
    expect(fault).toMatchObject({ code: 'scan-limit', kind: 'usage' })
    expect(fault.message).toContain('1.00 MB is allowed')
    expect(() => checkLimit(estimate)).not.toThrow()
    const begun = [...athena.executions.values()].slice(before).map(({ statementType }) => statementType)
    expect(new Set(begun)).toEqual(new Set(['UTILITY']))
  })
})
