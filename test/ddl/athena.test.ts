import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Dialect, init, parse } from '@polyglot-sql/sdk'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { statementsOf } from '../../src/engine/index.js'
import { inEmptyFolder, logOf, weir } from '../cli/logs.js'
import { custom, CUSTOM, deliver, version2 } from './deliveries.js'

inEmptyFolder()

const printed = z.object({
  version: z.literal(1),
  statements: z.array(z.object({ about: z.string().regex(/^[^\n]+$/), sql: z.string() })),
})

/** The statements that are printed for Athena. */
async function athena(...args: readonly string[]) {
  const { code, stdout, stderr } = await weir(['ddl', 'athena', ...args, '--format', 'json'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return printed.parse(JSON.parse(stdout)).statements.map(({ sql }) => sql)
}

const tableIn = (statements: readonly string[], name: string) => {
  const sql = statements.find(sql => sql.startsWith(`CREATE EXTERNAL TABLE \`weir\`.\`${name}\``)) ?? ''
  const [statement] = statementsOf(sql)
  return statement?.kind === 'create-table' ? statement.table : undefined
}

/** Both parsers take all of it; what each of them is known not to take is said here. */
function expectParsed(statements: readonly string[]): void {
  for (const sql of statements) {
    // No statement of Weir's own makes a database.
    if (!sql.startsWith('CREATE DATABASE')) expect(statementsOf(sql)).toHaveLength(1)
    // polyglot knows no MSCK, and takes the columns of PARTITIONED BY without back-quotes only.
    if (sql.startsWith('MSCK')) continue
    const plain = sql.replace(/PARTITIONED BY \([^)]*\)/, clause => clause.replaceAll('`', ''))
    expect({ sql, ...parse(plain, Dialect.Athena) }).toMatchObject({ sql, success: true })
  }
}

beforeAll(async () => {
  await init()
})

describe('a lake', () => {
  test('with a region: partitions are projected, and each new day is there by itself', async () => {
    deliver('known', { flowLog: 'fl-1', lines: version2() })
    await weir(['ingest', 'known', '--lake', 'l'])
    await weir(['lake', 'enrich', 'known-bad', '-', '--lake', 'l'], { stdin: '198.51.100.7\n' })
    const statements = await athena('--lake', 'l', '--location', 's3://bucket/lake/')
    expectParsed(statements)
    const stored = tableIn(statements, 'stored_records')
    expect(stored?.location).toBe('s3://bucket/lake/records/')
    expect(stored?.projection?.columns).toEqual({
      account_id: { type: 'enum', values: ['111122223333'] },
      region: { type: 'enum', values: ['eu-west-1'] },
      date: {
        type: 'date',
        format: 'yyyy-MM-dd',
        from: { kind: 'date', text: '2026-01-05' },
        to: { kind: 'now', distance: 1, unit: 'days' },
      },
    })
    expect(tableIn(statements, 'listed_networks')).toMatchObject({
      location: 's3://bucket/lake/enrichment/listed_networks/',
      columns: expect.arrayContaining([expect.objectContaining({ name: 'first_key', declared: 'binary' })]) as unknown,
    })
    expect(tableIn(statements, 'aws_ranges')).toBeUndefined()
    const views = statements.flatMap(sql => /^CREATE OR REPLACE VIEW "weir"."(\w+)"/.exec(sql)?.[1] ?? [])
    expect(views.slice(0, 2)).toEqual(['records', 'vpc_flow_logs'])
    expect(views).toEqual(expect.arrayContaining(['interfaces', 'hosts']))
    expect(statements.find(sql => sql.includes('"address_scopes" AS'))).toMatch(/CAST\("address_key" AS varbinary\)/)
  })

  test('without a region in some of its records: partitions that a projection cannot name are looked for', async () => {
    writeFileSync('nowhere.log', logOf(10))
    await weir(['ingest', 'nowhere.log', '--lake', 'n'])
    const statements = await athena('--lake', 'n', '--location', 's3://bucket/lake')
    expectParsed(statements)
    expect(tableIn(statements, 'stored_records')?.projection).toBeUndefined()
    const made = statements.findIndex(sql => sql.startsWith('CREATE EXTERNAL TABLE `weir`.`stored_records`'))
    expect(statements[made + 1]).toBe('MSCK REPAIR TABLE `weir`.`stored_records`')
  })

  test('a place that Athena cannot read, and none at all', async () => {
    for (const args of [['--location', 'local:///lake'], []]) {
      const { code, stdout, stderr } = await weir(['ddl', 'athena', '--lake', 'l', ...args])
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain('error[ddl-location]')
    }
  })

  test('as a script: what each statement is for stands above it', async () => {
    const { stdout } = await weir(['ddl', 'athena', '--lake', 'l', '--location', 's3://bucket/lake'])
    expect(stdout).toMatch(/^-- The database in which all of it stands\.\nCREATE DATABASE IF NOT EXISTS `weir`;\n\n-- /)
  })
})

describe('raw logs', () => {
  test('two formats in one folder are two tables, told apart by their flow logs', async () => {
    deliver('mixed', { flowLog: 'fl-1', lines: version2() })
    deliver('mixed', { flowLog: 'fl-2', lines: custom })
    deliver('mixed', { flowLog: 'fl-3', account: '444455556666', day: '2026/01/06', lines: version2('444455556666') })
    const statements = await athena('mixed', '--location', 's3://bucket/logs')
    expectParsed(statements)
    const [first, second] = ['raw_logs_1', 'raw_logs_2'].map(name => tableIn(statements, name))
    expect(first?.columns.map(({ name }) => name)).toContain('field_account_id')
    expect(first?.partitions.map(({ name }) => name)).toEqual(['account_id', 'region', 'day'])
    expect(first?.projection).toMatchObject({
      columns: {
        account_id: { values: ['111122223333', '444455556666'] },
        day: { format: 'yyyy/MM/dd', from: { text: '2026/01/05' } },
      },
      template: 's3://bucket/logs/AWSLogs/${account_id}/vpcflowlogs/${region}/${day}/',
    })
    expect(second?.projection?.columns).toMatchObject({ account_id: { values: ['111122223333'] } })
    const view = statements.find(sql => sql.startsWith('CREATE OR REPLACE VIEW "weir"."stored_records"')) ?? ''
    expect(view.split('UNION ALL')).toHaveLength(2)
    expect(view).toContain(`"version" NOT IN ('version', '')`)
    expect(view).toContain(`IN ('fl-1', 'fl-3')`)
    expect(view).toContain(`NULLIF("my_field", '-') AS "my_field"`)
  })

  test("hours and Hive's names in the path", async () => {
    deliver('hive', { flowLog: 'fl-1', hive: true, hour: '06', lines: version2() })
    const statements = await athena('hive', '--location', 's3://bucket/logs')
    expectParsed(statements)
    expect(tableIn(statements, 'raw_logs_1')?.projection).toMatchObject({
      columns: { day: { format: "'year='yyyy'/month='MM'/day='dd" }, hour: { from: 0, to: 23, digits: 2 } },
      template:
        's3://bucket/logs/AWSLogs/aws-account-id=${account_id}/aws-service=vpcflowlogs/aws-region=${region}/${day}/hour=${hour}/',
    })
  })

  test('--since is where the days begin', async () => {
    const statements = await athena('mixed', '--location', 's3://bucket/logs', '--since', '2026-01-06')
    expect(tableIn(statements, 'raw_logs_1')?.projection?.columns).toMatchObject({ day: { from: { text: '2026/01/06' } } })
  })

  test('a header that cannot be seen is asked for', async () => {
    deliver('headless', { flowLog: 'fl-9', lines: custom.slice(1) })
    const args = ['ddl', 'athena', 'headless', '--location', 's3://bucket/logs']
    const { code, stdout, stderr } = await weir(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('error[ddl-fields]: which fields fl-9 has cannot be seen: its files have no header')
    expect(stderr).toContain('--fields')
    expectParsed(await athena('headless', '--location', 's3://bucket/logs', '--fields', CUSTOM))
  })

  test('text and Parquet in the same folders are refused', async () => {
    deliver('both', { flowLog: 'fl-1', lines: version2() })
    const folder = join('both', 'AWSLogs', '111122223333', 'vpcflowlogs', 'eu-west-1', '2026', '01', '05')
    writeFileSync(join(folder, '111122223333_vpcflowlogs_eu-west-1_fl-2_20260105T0600Z_b047ee87.log.parquet'), 'PAR1')
    const { code, stderr } = await weir(['ddl', 'athena', 'both', '--location', 's3://bucket/logs'])
    expect(code).toBe(2)
    expect(stderr).toContain('error[ddl-mixed]')
  })

  test('no folder, and a folder without logs', async () => {
    mkdirSync('bare')
    const missing = await weir(['ddl', 'athena', 'nowhere', '--location', 's3://bucket/logs'])
    expect(missing).toMatchObject({ code: 4, stdout: '' })
    const bare = await weir(['ddl', 'athena', 'bare', '--location', 's3://bucket/logs'])
    expect(bare).toMatchObject({ code: 4, stdout: '' })
  })

  test('logs that nobody may list: all of it is said', async () => {
    mkdirSync('unlisted')
    writeFileSync(join('unlisted', 'README'), 'no logs')
    const refused = await weir(['ddl', 'athena', 'unlisted', '--location', 's3://bucket/AWSLogs/'])
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('--account ID --regions NAME --since DAY')
    const said = ['--fields', CUSTOM, '--account', '111122223333', '--regions', 'eu-west-1', '--since', '2026-01-01']
    const statements = await athena('unlisted', '--location', 's3://bucket/AWSLogs/', '--quiet', ...said)
    expectParsed(statements)
    expect(tableIn(statements, 'raw_logs_1')?.projection?.template).toBe(
      's3://bucket/AWSLogs/${account_id}/vpcflowlogs/${region}/${day}/',
    )
    expect(statements.find(sql => sql.includes('"stored_records" AS'))).not.toContain('regexp_extract')
  })
})
