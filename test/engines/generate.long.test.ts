import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDuckdb, rowsOf, type DuckdbEngine } from '../../src/engine/index.js'
import { simulate } from '../../src/simulate/index.js'
import { line, V5 } from '../tables/world.js'
import { queriesOver } from './generate.js'
import { sample } from './generate-columns.js'

const QUERIES = 300
const RELATIONS = ['records', 'flows', 'vpc_flow_logs']

describe('generated queries over an hour of logs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-generate-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  let engine: DuckdbEngine
  let queries: string[]
  beforeAll(async () => {
    const all = join(folder, 'all')
    await simulate({ out: all, records: 20_000, logVersion: 5, seed: 1 })
    const [hour = ''] = readdirSync(all, { recursive: true, encoding: 'utf8' })
      .filter(name => name.includes('T1400Z'))
      .map(name => join(all, name))
    const v6 = join(folder, 'v6.log')
    const ends = { dstaddr: '2001:db8::7', 'pkt-srcaddr': 'fd00::1', 'pkt-dstaddr': '2001:db8::7' }
    const lines = Array.from({ length: 40 }, (_, i) =>
      line(V5, { ...ends, srcaddr: `fd00::${i % 5}`, start: 1767621600 + i, end: 1767621660 + i, type: 'IPv6', bytes: 100 * i }),
    )
    writeFileSync(v6, `${[V5, ...lines].join('\n')}\n`)
    engine = await openDuckdb({ sources: [hour, v6], threads: 2, memory: 1_000_000_000 })
    queries = fc.sample(queriesOver(await sample(engine, RELATIONS)), { seed: 5, numRuns: QUERIES })
  })
  afterAll(() => engine.close())

  test('are those that the gate accepts, and their answers come', { timeout: 300_000 }, async () => {
    const failed: string[] = []
    let empty = 0
    for (const sql of queries) {
      try {
        const rows = await rowsOf(await engine.query(sql))
        if (rows.length === 0) empty++
      } catch (error) {
        failed.push(`${String(error)}\n${sql}`)
      }
    }
    expect(failed).toEqual([])
    expect(empty).toBeLessThan(QUERIES / 3)
  })

  test('are as good as all different, and the same for the same seed', async () => {
    expect(new Set(queries).size).toBeGreaterThan(QUERIES * 0.95)
    expect(fc.sample(queriesOver(await sample(engine, RELATIONS)), { seed: 5, numRuns: QUERIES })).toEqual(queries)
  })

  test.each([
    'OVER (',
    'HAVING',
    'JOIN',
    'EXISTS',
    'UNNEST',
    'EXCEPT',
    'GROUPING SETS',
    'contains(',
    'address_key(',
    'IPADDRESS',
    'regexp_',
    'LIKE',
    'CASE',
    'date_trunc(',
    'AT TIME ZONE',
    'approx_distinct(',
    'FROM records',
    'FROM flows',
    'FROM vpc_flow_logs',
  ])('ask for %s', form => {
    expect(queries.filter(sql => sql.includes(form)).length).toBeGreaterThan(0)
  })
})
