import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ingest } from '../aws/command.js'
import { startAthena, type AthenaServer } from '../athena-server/server.js'
import { weir } from '../cli/logs.js'
import { useAthena } from './athena.js'
import { findingsOf, type Report } from './reports.js'
import { bucketOf, keysOf } from './s3.js'
import { describeTrino, runOn } from './trino.js'

/** As people have it: logs, a lake, tables of a run and results in S3, and Athena reads there. */
describeTrino('weir detect on Athena, over S3', trino => {
  vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 })
  const lake = join(trino.files, 'athena_lake')
  let athena: AthenaServer
  let here: Report

  beforeAll(async () => {
    const strict = { output: 's3://some-results/strict/', enforced: true }
    athena = await startAthena({ trino: trino.url, workgroups: { primary: {}, strict } })
    useAthena(athena, trino.aws)
    const logs = join(trino.files, 'athena_logs')
    const { code } = await weir(['simulate', '--out', logs, '--records', '20000', '--log-version', '5', '--quiet'])
    expect(code).toBe(0)
    await ingest(lake, [logs])
    await bucketOf(trino.aws, 'some-logs', logs)
    await bucketOf(trino.aws, 'some-lake', lake)
    await bucketOf(trino.aws, 'some-results')
    here = await findingsOf(['--lake', lake])
  })

  afterAll(async () => {
    useAthena(undefined, trino.aws)
    await athena?.stop()
  })

  const layouts = [
    ['a lake', 'lake_in_s3', 'primary', ['--lake', lake, '--location', 's3://some-lake/']],
    ['raw text, where the workgroup chooses the place of tables', 'text_in_s3', 'strict', ['s3://some-logs/AWSLogs/']],
  ] as const
  test.each(layouts)('finds what DuckDB finds, in %s, and leaves nothing', async (_, database, workgroup, over) => {
    const config = join(trino.files, `${database}.yaml`)
    const [output, location] = ['s3://some-results/weir/', 's3://some-lake/']
    await writeFile(config, JSON.stringify({ athena: { database, workgroup, output, location } }))
    const made = await weir(['ddl', 'athena', ...over, '--config', config, '--apply', '--quiet'])
    expect(made).toMatchObject({ code: 0, stderr: '' })

    const there = await findingsOf(['--engine', 'athena', '--config', config])
    expect(there.findings).toEqual(here.findings)
    expect(there.findings.length).toBeGreaterThan(5)
    expect(there.input.records).toBe(here.input.records)

    expect(await runOn(trino, `SHOW TABLES FROM hive.${database} LIKE 'weir_run%'`)).toEqual([])
    expect((await keysOf(trino.aws, 'some-results')).filter(key => /weir_run|tables/.test(key))).toEqual([])
  })
})
