import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { savedQueries } from '../../src/engine/index.js'
import { simulate } from '../../src/simulate/index.js'
import { answer, ownFolder, withEngine } from './world.js'

const out = ownFolder()
const queries = savedQueries(fileURLToPath(new URL('../../queries', import.meta.url)))

beforeAll(async () => {
  await simulate({ out, records: 12_000, logVersion: 5, threads: 1, filesPerDay: 2 })
})

const options = { sources: [out], now: new Date('2026-01-06T00:00:00Z'), own: ['10.0.0.0/8'] }

test('the library holds thirty questions', () => {
  expect(queries.length).toBeGreaterThanOrEqual(30)
})

describe('each runs over a simulated day', () => {
  test.each(queries)('$name', async ({ sql }) => {
    expect(Array.isArray(await answer(sql, options))).toBe(true)
  })
})

test('records holds every status, flows only OK', async () => {
  await withEngine(options, async engine => {
    const input = await engine.input()
    expect(input.nodata + input.skipdata).toBeGreaterThan(0)
  })
  const counts = async (relation: string) =>
    new Map(
      (await answer(`SELECT log_status, count(*) AS n FROM ${relation} GROUP BY 1 ORDER BY 1`, options)).map(
        row => [row['log_status'], row['n']] as const,
      ),
    )
  const records = await counts('records')
  expect([...records.keys()]).toEqual(['NODATA', 'OK', 'SKIPDATA'])
  expect(await counts('flows')).toEqual(new Map([['OK', records.get('OK')]]))
  expect(await counts('vpc_flow_logs')).toEqual(records)
})
