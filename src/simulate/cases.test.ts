import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SCENARIOS, simulate, type Label, type SimulationOptions, type SimulationSummary } from './index.js'

const temporary = mkdtempSync(join(tmpdir(), 'weir-cases-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

const simulated = (name: string, options: Partial<SimulationOptions>): Promise<SimulationSummary> =>
  simulate({ out: join(temporary, name), filesPerDay: 2, ...options })

const bytesOf = ({ out, files }: SimulationSummary): string =>
  ['labels.ndjson', ...files]
    .map(path =>
      createHash('sha256')
        .update(readFileSync(join(out, path)))
        .digest('hex'),
    )
    .join()

/** What of a label tells one case from another. */
const actorsOf = ({ scenario, sources, targets }: Label): string => `${scenario}: ${sources.join()} -> ${targets.join()}`

describe('three cases of every scenario', () => {
  let summary: SimulationSummary
  beforeAll(async () => {
    summary = await simulated('all', {
      ...{ scenarios: ['all'], cases: 3, hosts: 120, records: 580_000, interval: 600 },
      fields: 'pkt-srcaddr pkt-dstaddr srcport dstport protocol start end tcp-flags',
    })
  }, 120_000)

  test('each has its label, and takes place within the day', () => {
    for (const { name, family, title } of SCENARIOS) {
      const labels = summary.labels.filter(label => label.scenario === name)
      expect(new Set(labels.map(label => label.case)), name).toEqual(new Set([1, 2, 3]))
      for (const label of labels) expect(label).toMatchObject({ family, title })
    }
    for (const { first_seen, last_seen } of summary.labels) {
      expect(first_seen >= '2026-01-05T00:00:00Z' && last_seen < '2026-01-06').toBe(true)
    }
  })

  test('no two of a scenario have a pair of source and target in common', () => {
    for (const { name } of SCENARIOS) {
      const pairs = summary.labels
        .filter(label => label.scenario === name)
        .map(({ sources, targets }) => new Set(sources.flatMap(source => targets.map(target => `${source} ${target}`))))
      const all = new Set(pairs.flatMap(pair => [...pair]))
      expect(
        pairs.reduce((sum, { size }) => sum + size, 0),
        name,
      ).toBe(all.size)
    }
  })

  test('some are of IPv6, most of IPv4', () => {
    const six = summary.labels.filter(({ targets }) => targets[0]?.includes(':'))
    expect(six.length).toBeGreaterThan(summary.labels.length / 10)
    expect(six.length).toBeLessThan(summary.labels.length / 3)
    expect(six.every(({ sources, targets }) => [...sources, ...targets].every(address => address.includes(':')))).toBe(true)
  })

  test('labels count the lines that were written', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const found = await connection.runAndReadAll(`
      WITH record AS (
        FROM read_csv('${summary.out}/AWSLogs/**/*.gz', delim = ' ', header = true, nullstr = '-', quote = '')
      ),
      label AS (
        SELECT scenario, "case", records, sources, targets, ports, epoch(first_seen)::BIGINT AS since, epoch(last_seen)::BIGINT AS until
        FROM read_json('${summary.out}/labels.ndjson', columns = {
          scenario: 'VARCHAR', "case": 'BIGINT', records: 'BIGINT', sources: 'VARCHAR[]', targets: 'VARCHAR[]', ports: 'BIGINT[]',
          first_seen: 'TIMESTAMP', last_seen: 'TIMESTAMP'
        })
      ),
      -- On its outer side a NAT gateway stands for its clients.
      acting AS (
        SELECT *, unnest(sources || ['10.0.0.220', '10.0.16.220']) AS source
        FROM label
      ),
      pair AS (
        SELECT *, unnest(targets) AS target
        FROM acting
      ),
      directed AS (
        SELECT *, source AS one, target AS other, true AS asks
        FROM pair
        UNION ALL
        SELECT *, target, source, false
        FROM pair
      ),
      counted AS (
        SELECT scenario, "case", records, min(since) AS since, count(*) AS lines
        FROM directed
        JOIN record ON "pkt-srcaddr" = one AND "pkt-dstaddr" = other
        -- The ports are the target's; those of a reflection its sources'.
        WHERE list_contains(ports, CASE WHEN asks = (scenario <> 'reflection') THEN dstport ELSE srcport END) AND start >= since AND "end" <= until
        GROUP BY ALL
      )
      SELECT scenario || ' ' || "case" AS name, records::INTEGER AS records, coalesce(lines, 0)::INTEGER AS lines
      FROM label
      LEFT JOIN counted USING (scenario, "case", records, since)
      ORDER BY name`)
    const counts = found.getRowObjectsJson()
    expect(counts).toHaveLength(summary.labels.length)
    expect(counts.filter(({ records, lines }) => records !== lines)).toEqual([])
  }, 30_000)
})

describe('cases of a seed', () => {
  const options = { scenarios: ['beacon', 'syn-flood', 'reflection', 'deploy'], cases: 3, records: 70_000, hosts: 60 }
  let once: SimulationSummary
  beforeAll(async () => {
    once = await simulated('once', { ...options, threads: 1 })
  })

  test('are the same, to the byte, in however many threads', async () => {
    expect(bytesOf(await simulated('again', { ...options, threads: 2 }))).toBe(bytesOf(once))
  })

  test('are others than those of another seed, but for the first ones', async () => {
    const other = await simulated('other', { ...options, seed: 2 })
    const others = new Set(other.labels.map(actorsOf))
    expect(once.labels.map(actorsOf).filter(actors => others.has(actors))).toEqual(['beacon: 10.0.80.20 -> 192.0.2.66'])
  })

  test('do not depend on what else is planted', async () => {
    const alone = await simulated('alone', { ...options, scenarios: ['syn-flood'] })
    expect(alone.labels).toEqual(once.labels.filter(label => label.scenario === 'syn-flood'))
  })
})

test('more cases than there are actors for are refused, and it is said what would do', async () => {
  const tooMany = { scenarios: ['deploy'], cases: 12, records: 40_000 }
  const refused = await simulated('few', { ...tooMany, hosts: 50 }).catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: 'simulate-cases', kind: 'usage' })
  const hosts = Number(/at least (\d+) hosts/.exec(String((refused as { action: string }).action))?.[1])
  await expect(simulated('enough', { ...tooMany, hosts })).resolves.toMatchObject({ records: 40_000 })
  await expect(simulated('crowd', { scenarios: ['tor'], cases: 1000, hosts: 8000 })).rejects.toMatchObject({
    code: 'simulate-cases',
  })
})
