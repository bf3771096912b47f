import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { connectAthena, connectTrino } from '../../src/engine/index.js'
import { startAthena, type AthenaServer } from '../athena-server/server.js'
import { ingest } from '../aws/command.js'
import { weir } from '../cli/logs.js'
import { deliver } from '../ddl/deliveries.js'
import { athenaOptions, useAthena } from './athena.js'
import { isLong } from './length.js'
import { bucketOf } from './s3.js'
import { makeTables } from './tables.js'
import { describeTrino } from './trino.js'

const V2 = 'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'

/** Seconds beside the midnight that begins the day of delivery: AWS delivers what began before it in the next day's folder. */
const BESIDE = [-600, -1, 0, 1]
const DELIVERED = ['2026/01/06', '2026/01/07']

const startsOf = (day: string): readonly number[] =>
  BESIDE.map(seconds => Date.parse(`${day.replaceAll('/', '-')}Z`) / 1000 + seconds)
const record = (start: number, i: number): string =>
  `2 111122223333 eni-0a 10.0.0.5 198.51.100.${i} ${51000 + i} 443 6 10 ${1000 + i} ${start} ${start + 59} ACCEPT OK`

const QUESTION = `SELECT "start", dstaddr, bytes, CAST("date" AS varchar) AS date FROM vpc_flow_logs ORDER BY "start"`

/** What a window has: each record under the day of its own start, wherever it was delivered. */
function expectedIn(since: string, until: string): string {
  const [from, to] = [since, until].map(time => Date.parse(time) / 1000)
  const rows = DELIVERED.flatMap(startsOf).map((start, i) => {
    const n = i % BESIDE.length
    return { start, row: `${start},198.51.100.${n},${1000 + n},${new Date(start * 1000).toISOString().slice(0, 10)}` }
  })
  const within = rows.filter(({ start }) => start >= (from ?? 0) && start < (to ?? 0)).map(({ row }) => row)
  return ['start,dstaddr,bytes,date', ...within, ''].join('\r\n')
}

/** Days by their midnights, and two seconds around one. */
const WINDOWS: readonly (readonly [since: string, until: string, starts: number])[] = [
  ['2026-01-05', '2026-01-06', 2],
  ['2026-01-06', '2026-01-07', 4],
  ['2026-01-06T23:59:59Z', '2026-01-07T00:00:01Z', 2],
]

describeTrino('records beside midnight', trino => {
  vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 })
  const folder = (name: string): string => join(trino.files, `midnight_${name}`)
  const lake = folder('lake')
  let athena: AthenaServer

  beforeAll(async () => {
    athena = await startAthena({ trino: trino.url })
    useAthena(athena, trino.aws)
    for (const day of DELIVERED) {
      const lines = [V2, ...startsOf(day).map(record)]
      for (const hive of [false, true]) {
        deliver(folder(hive ? 'hive' : 'plain'), { flowLog: 'fl-1', day, lines, hive })
        deliver(folder(hive ? 'hive_by_hour' : 'by_hour'), { flowLog: 'fl-1', day, lines, hive, hour: '00' })
      }
      await deliverParquet(folder('parquet'), day)
    }
    await ingest(lake, [folder('plain')])
  })
  afterAll(async () => {
    useAthena(undefined, trino.aws)
    await athena?.stop()
  })

  async function answers(args: readonly string[]): Promise<string[]> {
    const all: string[] = []
    for (const [since, until, starts] of WINDOWS) {
      const { code, stdout, stderr } = await weir(
        ['query', QUESTION, ...args, '--since', since, '--until', until, '--format', 'csv', '--quiet'],
        {},
      )
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toBe(expectedIn(since, until))
      expect(stdout.split('\n')).toHaveLength(starts + 2)
      all.push(stdout)
    }
    return all
  }

  const layouts = ['plain', 'by_hour', 'hive', 'hive_by_hour', 'parquet', 'lake'] as const
  const isWanted = (engine: string, layout: string): boolean =>
    isLong || (engine === 'trino' ? layout === 'lake' : layout === 'plain')

  describe.each(layouts)('%s', layout => {
    const isLake = layout === 'lake'
    test('DuckDB', async () => {
      expect(await answers(isLake ? ['--lake', lake] : [folder(layout)])).toEqual(await answers([folder('plain')]))
    })

    const engines = (['trino', 'athena'] as const).filter(engine => isWanted(engine, layout))
    test.each(engines)('%s', async engine => {
      const schema = `midnight_${layout}_${engine}`
      const config = join(trino.files, `${schema}.yaml`)
      const bucket = schema.replaceAll('_', '-')
      const place = engine === 'trino' ? `local:///midnight_${layout}/` : `s3://${bucket}/`
      if (engine === 'athena') await bucketOf(trino.aws, bucket, folder(layout))
      await writeFile(
        config,
        JSON.stringify({
          trino: { url: trino.url, user: 'weir', catalog: 'hive', schema, location: place },
          athena: { database: schema, output: 's3://results/weir/', location: place },
        }),
      )
      const logs = engine === 'trino' ? folder(layout) : place
      const over = [...(isLake ? ['--lake', lake] : [logs]), '--location', place]
      await makeTables('stored', engine, [...over, '--config', config], () =>
        engine === 'trino'
          ? connectTrino({ url: trino.url, user: 'weir', catalog: 'hive', schema })
          : connectAthena(athenaOptions(athena, schema)),
      )
      expect(await answers(['--engine', engine, '--config', config])).toEqual(await answers([folder('plain')]))
    })
  })
})

/** The same records in a file as AWS writes it. */
async function deliverParquet(folder: string, day: string): Promise<void> {
  const file = `111122223333_vpcflowlogs_eu-west-1_fl-1_${day.replaceAll('/', '')}T0000Z_b047ee87.log.parquet`
  const path = join(folder, 'AWSLogs', '111122223333', 'vpcflowlogs', 'eu-west-1', day, file)
  await mkdir(dirname(path), { recursive: true })
  const rows = startsOf(day).map(
    (start, i) =>
      `(2::INTEGER, '111122223333', 'eni-0a', '10.0.0.5', '198.51.100.${i}', ${51000 + i}::INTEGER, 443::INTEGER, 6::BIGINT, 10::BIGINT, ${1000 + i}::BIGINT, ${start}::BIGINT, ${start + 59}::BIGINT, 'ACCEPT', 'OK')`,
  )
  const names = V2.split(' ').map(name => `"${name.replace('-', '_')}"`)
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run(`COPY (FROM (VALUES ${rows.join(', ')}) AS t (${names.join(', ')})) TO '${path}' (FORMAT parquet)`)
  connection.closeSync()
}
