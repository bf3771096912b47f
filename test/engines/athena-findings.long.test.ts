import { existsSync, readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ingest } from '../aws/command.js'
import { startAthena, type AthenaServer } from '../athena-server/server.js'
import { weir } from '../cli/logs.js'
import { connectAthena } from '../../src/engine/index.js'
import { athenaOptions, useAthena } from './athena.js'
import { findingsOf } from './reports.js'
import { bucketOf, keysOf } from './s3.js'
import { makeTables } from './tables.js'
import { describeTrino, runOn } from './trino.js'

const LABELLED = fileURLToPath(new URL('../../../shared/data/labelled/', import.meta.url))
const RESULTS = 'some-results'

/** As people have it: logs, a lake, tables of a run and results in S3, and Athena reads there. */
describeTrino('weir detect on Athena, over S3, finds what DuckDB finds and leaves nothing', trino => {
  vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 })
  let athena: AthenaServer

  beforeAll(async () => {
    const strict = { output: `s3://${RESULTS}/strict/`, enforced: true }
    athena = await startAthena({ trino: trino.url, workgroups: { primary: {}, strict } })
    useAthena(athena, trino.aws)
    await bucketOf(trino.aws, RESULTS)
  })

  afterAll(async () => {
    useAthena(undefined, trino.aws)
    await athena?.stop()
  })

  async function simulated(name: string, ...options: readonly string[]): Promise<string> {
    const logs = join(trino.files, name)
    const { code } = await weir(['simulate', '--out', logs, '--quiet', ...options])
    expect(code).toBe(0)
    return logs
  }

  interface Kept {
    readonly logs: string
    readonly layout?: 'lake' | 'text'
    readonly workgroup?: string
  }

  async function expectAlike(name: string, { logs, layout = 'lake', workgroup = 'primary' }: Kept): Promise<void> {
    const [lake, bucket, database] = [join(trino.files, `${name}_lake`), `athena-${name.replaceAll('_', '-')}`, `athena_${name}`]
    await ingest(lake, [logs])
    await bucketOf(trino.aws, bucket, layout === 'lake' ? lake : logs)
    const [config, output, location] = [join(trino.files, `${database}.yaml`), `s3://${RESULTS}/weir/`, `s3://${bucket}/`]
    await writeFile(config, JSON.stringify({ athena: { database, workgroup, output, location } }))
    const over = layout === 'lake' ? ['--lake', lake, '--location', location] : [`${location}AWSLogs/`]
    await makeTables('stored', 'athena', [...over, '--config', config], () => connectAthena(athenaOptions(athena, database)))

    const here = await findingsOf(['--lake', lake])
    const there = await findingsOf(['--engine', 'athena', '--config', config])
    expect(there.findings).toEqual(here.findings)
    expect(there.input.records).toBe(here.input.records)

    expect(await runOn(trino, `SHOW TABLES FROM hive.${database} LIKE 'weir_run%'`)).toEqual([])
    expect((await keysOf(trino.aws, RESULTS)).filter(key => /weir_run|tables/.test(key))).toEqual([])
  }

  test('of a simulated day as raw text, where the workgroup chooses the place of tables', async () => {
    const logs = await simulated('day_on_athena', '--records', '20000', '--log-version', '5')
    await expectAlike('day', { logs, layout: 'text', workgroup: 'strict' })
  })

  test('of a simulated week, in a lake', async () => {
    const logs = await simulated('week_on_athena', '--records', '200000', '--days', '7', '--log-version', '2')
    await expectAlike('week', { logs })
  })

  const sets = existsSync(LABELLED) ? readdirSync(LABELLED).filter(file => file.endsWith('.log.gz')) : []
  if (sets.length === 0) console.warn('findings of labelled traffic: skipped: ../shared/data/labelled is not here')
  test.each(sets)('of %s', async file => {
    await expectAlike(file.replace(/\.log\.gz$/, '').replace(/[^a-z0-9]/g, '_'), { logs: join(LABELLED, file) })
  })
})
