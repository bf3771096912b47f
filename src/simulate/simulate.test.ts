import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterEach, describe, expect, test } from 'vitest'
import { headerOf } from '../format/index.js'
import { SCENARIOS, simulate, type Label, type SimulationOptions } from './index.js'
import { simulationOf } from './options.js'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A small simulation in a folder of its own. */
async function simulated(options: Partial<SimulationOptions> = {}) {
  const out = mkdtempSync(join(tmpdir(), 'weir-simulate-'))
  folders.push(out)
  return simulate({ out, records: 15_000, filesPerDay: 4, ...options })
}

const digestOf = (folder: string): string => {
  const hash = createHash('sha256')
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    hash.update(path)
    if (/\.(gz|parquet|ndjson)$/.test(path)) hash.update(readFileSync(join(folder, path)))
  }
  return hash.digest('hex')
}

const linesOf = (out: string, path: string): string[] =>
  gunzipSync(readFileSync(join(out, path)))
    .toString()
    .trimEnd()
    .split('\n')

/** Asks DuckDB about the records as they were written. */
async function ask(out: string, sql: string) {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run(
    `CREATE VIEW records AS FROM read_csv('${out}/AWSLogs/**/*.gz', delim = ' ', header = true, nullstr = '-', quote = '')`,
  )
  return (await connection.runAndReadAll(sql)).getRowObjectsJson()
}

const listOf = (values: readonly (string | number)[]): string => values.map(value => `'${value}'`).join(', ')

describe('the same seed', () => {
  test('gives the same bytes, in however many threads', async () => {
    const [once, again] = [await simulated({ seed: 7, threads: 1 }), await simulated({ seed: 7, threads: 2 })]
    expect(digestOf(once.out)).toBe(digestOf(again.out))
  })

  test('gives the same Parquet, too', async () => {
    const parquet = { fileFormat: 'parquet', logVersion: 5 } as const
    const [once, again] = [await simulated({ ...parquet, threads: 1 }), await simulated({ ...parquet, threads: 2 })]
    expect(digestOf(once.out)).toBe(digestOf(again.out))
  })

  test('and another seed gives others', async () => {
    const [one, other] = [await simulated({ seed: 1 }), await simulated({ seed: 2 })]
    expect(digestOf(one.out)).not.toBe(digestOf(other.out))
  })
})

describe('the number of records', () => {
  test.each([
    { records: 15_000 },
    { records: 40_000, filesPerDay: 7 },
    { records: 60_000, days: 3, hosts: 24, interval: 600 as const },
  ])('is exactly as asked for: %o', async options => {
    const { out, files, records } = await simulated(options)
    expect(records).toBe(options.records)
    expect(files.reduce((sum, path) => sum + linesOf(out, path).length - 1, 0)).toBe(options.records)
  })

  test('and the lines themselves do not depend on how many files they are in', async () => {
    const of = async (filesPerDay: number) => {
      const { out, files } = await simulated({ filesPerDay })
      return files.flatMap(path => linesOf(out, path).slice(1))
    }
    expect(await of(1)).toEqual(await of(16))
  })

  test.each([
    ['', { records: 1000 }],
    [', however much less', { records: 10, hosts: 200 }],
  ])('may not be less than what is to be put in%s', async (_, options) => {
    await expect(simulated(options)).rejects.toMatchObject({ code: 'simulate-records', kind: 'usage' })
  })

  test('lies where the names of the files say: lines end within the span of their file', async () => {
    const { out, files } = await simulated()
    const start = Date.UTC(2026, 0, 5) / 1000
    files.forEach((path, i) => {
      const ends = linesOf(out, path)
        .slice(1)
        .map(line => Number(line.split(' ')[11]))
      expect(ends).toEqual([...ends].sort((a, b) => a - b))
      expect(ends[0]).toBeGreaterThanOrEqual(start + i * 21_600)
      expect(ends.at(-1)).toBeLessThan(start + (i + 1) * 21_600)
    })
  })
})

describe('labels', () => {
  test('count the lines of each scenario, as they can be counted in the files', async () => {
    const names = SCENARIOS.filter(scenario => scenario.first).map(scenario => scenario.name)
    const { out, labels } = await simulated({ logVersion: 5, scenarios: names })
    expect(new Set(labels.map(label => label.scenario))).toEqual(new Set(names))
    for (const label of labels) {
      const [row] = await ask(
        out,
        `WITH conversation AS (
          SELECT
            *,
            CASE WHEN "pkt-srcaddr" IN (${listOf(label.sources)}) THEN dstport ELSE srcport END AS port,
            -- A NAT gateway stands in for its client on the outer side.
            list_contains([${listOf(label.sources)}], "pkt-srcaddr") OR starts_with("pkt-srcaddr", '10.0.0.22') OR starts_with("pkt-srcaddr", '10.0.16.22') AS out,
            list_contains([${listOf(label.sources)}], "pkt-dstaddr") OR starts_with("pkt-dstaddr", '10.0.0.22') OR starts_with("pkt-dstaddr", '10.0.16.22') AS back
          FROM records
        )
        SELECT count(*)::INTEGER AS records
        FROM conversation
        WHERE protocol = 6
          AND ((out AND "pkt-dstaddr" IN (${listOf(label.targets)}) AND dstport IN (${label.ports.join()}))
            OR (back AND "pkt-srcaddr" IN (${listOf(label.targets)}) AND srcport IN (${label.ports.join()})))
          AND start >= ${Date.parse(label.first_seen) / 1000} AND "end" <= ${Date.parse(label.last_seen) / 1000}`,
      )
      expect({ scenario: label.scenario, records: row?.['records'] }).toEqual({
        scenario: label.scenario,
        records: label.records,
      })
    }
  })

  test('are there for the smallest network, and for a large one', async () => {
    for (const hosts of [24, 600]) {
      const { labels } = await simulated({ hosts, records: 40_000 })
      expect(new Set(labels.map(label => label.scenario)).size).toBe(11)
      expect(labels.every(label => label.last_seen < '2026-01-06')).toBe(true)
    }
  })

  test('stand beside the logs, one a line', async () => {
    const { out, labels } = await simulated({ scenarios: ['beacon', 'rejected-scan'] })
    const written = readFileSync(join(out, 'labels.ndjson'), 'utf8').trimEnd().split('\n')
    expect(written.map(line => JSON.parse(line) as unknown)).toEqual(labels)
    const beacon: Label | undefined = labels.find(label => label.scenario === 'beacon')
    expect(beacon).toMatchObject({ family: 'command-and-control', targets: ['192.0.2.66'], ports: [443] })
  })

  test('are none where no scenario is asked for', async () => {
    const { out, labels } = await simulated({ scenarios: [] })
    expect(labels).toEqual([])
    expect(readFileSync(join(out, 'labels.ndjson'), 'utf8')).toBe('')
  })
})

describe('the form of the logs', () => {
  test.each([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])(
    'version %i: a header of AWS names, and as many tokens in every line',
    async logVersion => {
      const { out, files } = await simulated({ logVersion, scenarios: ['beacon'] })
      const { fields, version } = simulationOf({ out, logVersion })
      expect(version).toBe(logVersion === 6 ? 5 : logVersion)
      for (const path of files) {
        const [header, ...lines] = linesOf(out, path)
        expect(header).toBe(headerOf(fields))
        expect(lines.every(line => line.split(' ').length === fields.length && line.startsWith(`${version} `))).toBe(true)
      }
    },
  )

  test('fields of one’s own choice, in that order', async () => {
    const { out, files } = await simulated({ fields: '${tcp-flags} ${srcaddr} ${version}', scenarios: [] })
    const [header, line] = linesOf(out, files[0] ?? '')
    expect(header).toBe('tcp-flags srcaddr version')
    expect(line).toMatch(/^(\d+|-) \S+ 3$/)
  })

  test('files are named and laid out as AWS does it', async () => {
    const { files } = await simulated({ scenarios: [] })
    expect(files[1]).toMatch(
      /^AWSLogs\/123456789012\/vpcflowlogs\/us-east-1\/2026\/01\/05\/123456789012_vpcflowlogs_us-east-1_fl-[0-9a-f]{17}_20260105T0600Z_[0-9a-f]{8}\.log\.gz$/,
    )
    const hive = await simulated({ scenarios: [], layout: 'hive', fileFormat: 'parquet' })
    expect(hive.files[0]).toMatch(
      /^AWSLogs\/aws-account-id=123456789012\/aws-service=vpcflowlogs\/aws-region=us-east-1\/year=2026\/month=01\/day=05\/.*\.log\.parquet$/,
    )
  })

  test('Parquet has underscores and the types of AWS', async () => {
    const { out } = await simulated({ scenarios: [], fileFormat: 'parquet', filesPerDay: 1 })
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const schema = await connection.runAndReadAll(`SELECT name, type FROM parquet_schema('${out}/AWSLogs/**/*.parquet') OFFSET 1`)
    expect(Object.fromEntries(schema.getRowsJson())).toMatchObject({
      ...{
        version: 'INT32',
        account_id: 'BYTE_ARRAY',
        srcport: 'INT32',
        packets: 'INT64',
        start: 'INT64',
        log_status: 'BYTE_ARRAY',
      },
    })
  })
})

test('what is not there or would be mixed up is refused', async () => {
  await expect(simulated({ scenarios: ['earthquake'] })).rejects.toMatchObject({ code: 'simulate-scenario' })
  await expect(simulated({ fields: 'version tgw-id' })).rejects.toMatchObject({ code: 'simulate-fields' })
  await expect(simulated({ hosts: 3 })).rejects.toMatchObject({ code: 'simulate-option' })
  const { out } = await simulated({ scenarios: [] })
  await expect(simulate({ out, records: 15_000, seed: 9, filesPerDay: 4 })).rejects.toMatchObject({ code: 'simulate-out' })
  await expect(simulate({ out, records: 15_000, filesPerDay: 4, scenarios: [] })).resolves.toMatchObject({ records: 15_000 })
  writeFileSync(join(out, 'in-the-way'), '')
  await expect(simulate({ out: join(out, 'in-the-way'), records: 15_000 })).rejects.toMatchObject({
    code: 'simulate-write',
    kind: 'engine',
  })
})
