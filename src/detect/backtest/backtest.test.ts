import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openDuckdb } from '../../engine/index.js'
import { parseConfig } from '../config.js'
import { loadRules } from '../load.js'
import { flowLogOf } from '../rule-tests/flow-table.js'
import { runRules } from '../run.js'
import { runBacktest, type Backtest } from './backtest.js'

const folder = mkdtempSync(join(tmpdir(), 'weir-backtest-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** One source tries 10 times on the first day, another 30 times on the second, a third 200 times on the fourth. */
const tries = `
  src          dst       port  at             times  packets  bytes  duration  reply
  203.0.113.7  10.0.0.5  22    +0s..+9m       10     14       2200   4         16/3000
  203.0.113.8  10.0.0.5  22    +1d..+1d       30     14       2200   4         16/3000
  203.0.113.9  10.0.0.5  22    +3d..+3d       200    14       2200   4         16/3000
`

async function withEngine<Answer>(ask: (engine: Awaited<ReturnType<typeof openDuckdb>>) => Promise<Answer>): Promise<Answer> {
  const file = join(folder, 'flows.log')
  writeFileSync(file, flowLogOf(tries))
  const engine = await openDuckdb({ sources: [file] })
  try {
    return await ask(engine)
  } finally {
    await engine.close()
  }
}

const ruleNamed = (id: string) => loadRules().find(rule => rule.id === id) ?? expect.fail(`no rule ${id}`)

const backtest = (id: string, config = ''): Promise<Backtest> =>
  withEngine(async engine =>
    runBacktest({ engine, rule: ruleNamed(id), input: await engine.input(), config: parseConfig(config), now: 1_770_000_000 }),
  )

const mediums = ({ days }: Backtest) => days.map(({ day, findings }) => [day, findings.medium])
const limitOf = ({ limits }: Backtest, name: string) => limits.find(({ parameter }) => parameter === name)
const raisedAt = (test: Backtest, name: string) =>
  limitOf(test, name)?.thresholds.map(({ value, findings }) => [value, findings.medium])

describe('ssh-brute-force, asked again', () => {
  test('by day, of those days that have records', async () => {
    const result = await backtest('ssh-brute-force')
    expect(mediums(result)).toEqual([
      ['2026-01-05', 0],
      ['2026-01-06', 1],
      ['2026-01-08', 1],
    ])
    expect(raisedAt(result, 'attempts')).toEqual([
      [10, 3],
      [15, 2],
      [20, 2],
      [30, 2],
      [40, 1],
      [60, 1],
      [100, 1],
    ])
  })

  test('what a threshold keeps out stands in the histogram, on the other side of it', async () => {
    const limit = limitOf(await backtest('ssh-brute-force'), 'attempts')
    expect(limit).toMatchObject({ value: 20, bound: 'least' })
    const sides = [false, true].map(above =>
      limit?.histogram.bins.filter(({ from }) => from >= 20 === above).reduce((sum, { count }) => sum + count, 0),
    )
    expect(sides).toEqual([1, 2])
  })

  test('with the parameters and exceptions of the configuration', async () => {
    expect(mediums(await backtest('ssh-brute-force', 'rules: { ssh-brute-force: { attempts: 10 } }'))).toEqual([
      ['2026-01-05', 1],
      ['2026-01-06', 1],
      ['2026-01-08', 1],
    ])
    const excepted = await backtest('ssh-brute-force', 'exceptions: [{ rule: ssh-brute-force, source: 203.0.113.9 }]')
    expect(mediums(excepted).map(([, findings]) => findings)).toEqual([0, 1, 0])
  })

  test('its days hold as many findings as a run does, where none goes on over days', async () => {
    const { findings } = await withEngine(async engine =>
      runRules({ engine, rules: [ruleNamed('ssh-brute-force')], input: await engine.input(), now: 1_770_000_000 }),
    )
    const { days } = await backtest('ssh-brute-force')
    const counted = days.flatMap(({ findings }) => Object.values(findings)).reduce((sum, count) => sum + count, 0)
    expect(counted).toBe(findings.length)
  })
})

test('a rule for which the records reach back too short says so, and raises nothing', async () => {
  const { days, limits, coverage } = await withEngine(async engine => {
    const rule = { ...ruleNamed('ssh-brute-force'), history: 30 }
    return runBacktest({ engine, rule, input: await engine.input(), now: 1_770_000_000 })
  })
  expect([days, limits]).toEqual([[], []])
  expect(coverage).toContainEqual(expect.objectContaining({ code: 'short-history', blinds: ['ssh-brute-force'] }))
})
