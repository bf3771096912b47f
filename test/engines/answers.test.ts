import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rowsOf, savedQueries, type DuckdbEngine, type RemoteEngine } from '../../src/engine/index.js'
import { z } from 'zod'
import { weir } from '../cli/logs.js'
import { queriesOver, isApproximate } from './generate.js'
import { sample } from './generate-columns.js'
import { areAlike, comparable } from './differential.js'
import { isLong } from './length.js'
import { logsOnBoth } from './logs-on-trino.js'
import { describeTrino } from './trino.js'

const saved = savedQueries(fileURLToPath(new URL('../../queries/', import.meta.url)))
const RELATIONS = ['records', 'flows', 'vpc_flow_logs']
const layouts = isLong ? (['lake', 'text'] as const) : (['lake'] as const)
/** Queries that Trino is asked at once: for the most part it plans them, each on one core. */
const AT_ONCE = 4

/** As a share of all values. DuckDB's is that of ranks that are no whole number. Trino promises none of its digests: up to 0.033 was seen where values are many times the same. */
const RANK_ERROR = { here: 0.001, there: 0.04 }

const tutorial = new URL('../../../shared/reference/tutorial.sql', import.meta.url)
if (isLong && !existsSync(tutorial)) console.warn("the tutorial's queries: skipped: ../shared/reference/tutorial.sql is not here")
const TUTORIAL = (existsSync(tutorial) ? readFileSync(tutorial, 'utf8').split(/;\s*$/m) : [])
  .filter(sql => /^\s*SELECT/i.test(sql))
  .map((sql, i) => [i + 1, sql] as const)

describeTrino('Trino answers as DuckDB does', trino => {
  let logs: string
  beforeAll(async () => {
    logs = join(trino.files, 'answers')
    const { code } = await weir(['simulate', '--out', logs, '--records', '12000', '--log-version', '5', '--quiet'])
    expect(code).toBe(0)
  }, 120_000)

  describe.each(layouts)('over logs as %s', layout => {
    let here: DuckdbEngine
    let there: RemoteEngine
    beforeAll(async () => {
      const both = await logsOnBoth(trino, 'answers', join(logs, 'AWSLogs'), layout, 'stored')
      ;[here, there] = [await both.openDuckdb(), await both.openTrino()]
      // Trino plans tables in a fraction of the time that it takes for what they are made of.
      if (!isLong) await there.prepare(RELATIONS)
    }, 300_000)
    afterAll(async () => {
      await here.close()
      await there.close()
    }, 120_000)

    const expectAlike = async (sql: string): Promise<void> => {
      const answer = await comparable(await there.query(sql))
      expect(answer).toEqual(await comparable(await here.query(sql)))
    }

    const asked = !isLong ? [] : saved.map(({ name, sql }) => [name, sql] as const)
    test.each(asked)('%s', (_, sql) => expectAlike(sql), 120_000)

    test.each(isLong ? TUTORIAL : [])("the tutorial's query %i", (_, sql) => expectAlike(sql), 120_000)

    test.each(isLong ? ['bytes', 'packets', 'dstport', 'client_port'] : [])(
      'percentiles of %s lie where they are asked for',
      async column => {
        for (const share of [0.01, 0.25, 0.5, 0.9, 0.99]) {
          // Trino's may lie between two values that there are: those are looked at.
          const sql = `WITH guess AS (SELECT approx_percentile(${column}, ${share}) AS value FROM flows),
          near AS (
            SELECT max(CASE WHEN ${column} <= value THEN ${column} END) AS low, min(CASE WHEN ${column} >= value THEN ${column} END) AS high
            FROM flows CROSS JOIN guess
          )
          SELECT count_if(${column} < low) * 1e0 / count(${column}) AS below, count_if(${column} <= high) * 1e0 / count(${column}) AS up_to
          FROM flows CROSS JOIN near`
          for (const [engine, error] of [
            [here, RANK_ERROR.here],
            [there, RANK_ERROR.there],
          ] as const) {
            const [row] = await rowsOf(await engine.query(sql))
            const { below, up_to } = z.object({ below: z.number(), up_to: z.number() }).parse(row)
            expect(below).toBeLessThanOrEqual(share + error)
            expect(up_to).toBeGreaterThanOrEqual(share - error)
          }
        }
      },
    )

    test('generated queries', async () => {
      const numRuns = isLong ? 300 : 60
      const queries = fc.sample(queriesOver(await sample(here, RELATIONS)), { seed: layout === 'lake' ? 5 : 6, numRuns })
      const different: string[] = []
      for (let at = 0; at < queries.length; at += AT_ONCE) {
        const some = queries.slice(at, at + AT_ONCE)
        const theirs = await Promise.all(some.map(async sql => comparable(await there.query(sql), isApproximate)))
        for (const [i, sql] of some.entries()) {
          const [ours, other] = [await comparable(await here.query(sql), isApproximate), theirs[i]]
          if (!other || !areAlike(ours, other)) different.push(sql)
        }
      }
      expect(different).toEqual([])
    }, 1_800_000)

    test.each(isLong ? ['records', 'flows', 'vpc_flow_logs', 'hosts', 'interfaces', 'addresses'] : ['flows'])(
      'all of %s',
      relation => expectAlike(`SELECT * FROM ${relation}`),
    )
  })
})
