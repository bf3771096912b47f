import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { applyStatements, connectTrino, openTrino, rowsOf } from '../../src/engine/index.js'
import { weir } from '../cli/logs.js'
import { custom, deliver, version2 } from '../ddl/deliveries.js'
import { makeTables, type Extent } from './tables.js'
import { describeTrino, runOn } from './trino.js'

const answered = z.object({ results: z.array(z.object({ rows: z.array(z.record(z.string(), z.json())) })) })

/** What is asked of both, by the names of the columns that both have. */
const RECORDS = `SELECT account_id, region, interface_id, srcaddr, dstaddr, srcport, dstport, protocol, packets,
  CAST(bytes AS varchar) AS bytes, "start", "end", action, log_status FROM records ORDER BY 1, 2, 3, 4, 5, 6, "start"`

/** A Trino that has just started takes its time to make views over views. Milliseconds. */
const LONG = 300_000

describeTrino('weir ddl on Trino', trino => {
  vi.setConfig({ testTimeout: LONG })
  const folder = (name: string): string => join(trino.files, name)

  /** Makes what `weir ddl trino` prints in a schema of the test's own: all of it, or no views above `records`. */
  async function make(extent: Extent, schema: string, ...args: readonly string[]): Promise<void> {
    const config = join(trino.files, `${schema}.yaml`)
    writeFileSync(config, `trino: { schema: ${schema} }\n`)
    await makeTables(extent, 'trino', [...args, '--config', config], () =>
      connectTrino({ url: trino.url, user: 'weir', catalog: 'hive', schema }),
    )
  }

  /** The same rows from DuckDB, which reads the logs as they lie. */
  async function duckdb(source: string): Promise<unknown> {
    const { code, stdout } = await weir(['query', RECORDS, source, '--format', 'json', '--quiet'])
    expect(code).toBe(0)
    return answered.parse(JSON.parse(stdout)).results[0]?.rows
  }

  beforeAll(() => {
    for (const [i, layout] of [{}, { hour: '06' }, { hive: true }, { hive: true, hour: '06' }].entries()) {
      deliver(folder(`ddl_raw_${i}`), { flowLog: 'fl-1', lines: version2(), ...layout })
      deliver(folder(`ddl_raw_${i}`), { flowLog: 'fl-2', lines: custom, ...layout })
      deliver(folder(`ddl_raw_${i}`), {
        flowLog: 'fl-3',
        account: '444455556666',
        region: 'us-east-1',
        lines: version2('444455556666'),
        day: '2026/01/08',
        ...layout,
      })
    }
  })

  test.each([
    [0, 'day by day'],
    [1, 'hour by hour'],
    [2, "in Hive's folders"],
    [3, "in Hive's folders, hour by hour"],
  ])('raw logs of two formats: ddl_raw_%i, %s', async i => {
    const name = `ddl_raw_${i}`
    await make('records', name, folder(name), '--location', `local:///${name}`)
    expect(await runOn(trino, RECORDS, { schema: name })).toEqual(await duckdb(folder(name)))
    const unknown = 'SELECT my_field FROM records WHERE my_field IS NOT NULL'
    expect(await runOn(trino, unknown, { schema: name })).toEqual([{ my_field: 'mine' }])
    const days = "SELECT DISTINCT day FROM stored_records WHERE day >= '2026/01/07'"
    expect(await runOn(trino, days, { schema: name })).toEqual([{ day: '2026/01/08' }])
  })

  test("AWS's own Parquet", async () => {
    const { code } = await weir([
      'simulate',
      '--out',
      folder('ddl_parquet'),
      '--file-format',
      'parquet',
      '--days',
      '1',
      '--records',
      '10000',
      '--hosts',
      '30',
      '--seed',
      '2',
    ])
    expect(code).toBe(0)
    await make('records', 'ddl_parquet', folder('ddl_parquet/AWSLogs'), '--location', 'local:///ddl_parquet/AWSLogs/')
    const sums =
      'SELECT count(*) AS n, sum(bytes) AS bytes, count(account_id) AS accounts, count(DISTINCT region) AS regions FROM records'
    expect(await runOn(trino, sums, { schema: 'ddl_parquet' })).toEqual([
      { n: 10000, bytes: expect.anything() as unknown, accounts: 10000, regions: 1 },
    ])
  })

  test('a lake, with records whose region nobody knows and a table beside them', async () => {
    const lake = folder('ddl_lake')
    writeFileSync(folder('ddl_nowhere.log'), custom.join('\n'))
    await weir(['ingest', folder('ddl_raw_0'), folder('ddl_nowhere.log'), '--lake', lake])
    await weir(['lake', 'enrich', 'known-bad', '-', '--lake', lake], { stdin: '198.51.100.7\n' })
    await make('all', 'ddl_lake', '--lake', lake, '--location', 'local:///ddl_lake')
    expect(await runOn(trino, RECORDS, { schema: 'ddl_lake' })).toEqual(await duckdb(lake))
    for (const view of ['interfaces', 'addresses', 'networks'])
      expect(await runOn(trino, `SELECT count(*) > 0 AS is_there FROM ${view}`, { schema: 'ddl_lake' })).toEqual([
        { is_there: true },
      ])
    const connection = await connectTrino({ url: trino.url, user: 'weir', catalog: 'hive', schema: 'ddl_lake' })
    const engine = await openTrino(connection, 'ddl_lake', {})
    expect(await rowsOf(await engine.query('SELECT count(*) AS flows FROM flows'))).toEqual([{ flows: 6 }])
    await engine.close()
    const tutorial = 'SELECT DISTINCT "date", dt, interfaceid FROM vpc_flow_logs WHERE sourceaddress = \'10.0.1.5\''
    expect(await runOn(trino, tutorial, { schema: 'ddl_lake' })).toEqual([
      { date: '2026-01-05', dt: '2026-01-05', interfaceid: 'eni-0c' },
    ])
    const lists = 'SELECT address, lists FROM address_lists'
    expect(await runOn(trino, lists, { schema: 'ddl_lake' })).toEqual([{ address: '198.51.100.7', lists: ['known-bad'] }])
  })

  test('what is refused is told with the statement that was, and nothing after it is tried', async () => {
    const connection = await connectTrino({ url: trino.url, user: 'weir', catalog: 'hive', schema: 'ddl_lake' })
    const made: string[] = []
    const statements = ['SELECT 1', 'SELECT no_such_column', 'SELECT 2'].map(sql => ({ about: sql, sql }))
    await expect(applyStatements(statements, connection, { done: ({ sql }) => made.push(sql) })).rejects.toMatchObject({
      kind: 'engine',
      where: expect.stringContaining('SELECT no_such_column') as unknown,
    })
    expect(made).toEqual(['SELECT 1'])
    await connection.close()
  })
})
