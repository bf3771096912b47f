import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { rowsOf } from '../engine.js'
import { statementsOf } from '../sql/statements.js'
import { checkScript, execute } from './execute.js'
import { openDuckdb, type DuckdbOptions } from './open.js'

const folder = mkdtempSync(join(tmpdir(), 'weir-errors-'))
afterAll(() => rmSync(folder, { recursive: true }))

const line = (n: number) =>
  `2 123456789012 eni-1 10.0.0.${n % 250} 198.51.100.7 ${1024 + (n % 60000)} 443 6 ${n === 0 ? 0 : 10} ${n} ${1767600000 + n} ${1767600060 + n} ACCEPT OK`
const logs = join(folder, 'logs')
mkdirSync(logs)
writeFileSync(join(logs, 'a.log'), Array.from({ length: 60_000 }, (_, i) => `${line(59_999 - i)}\n`).join(''))

async function withLogs<T>(
  use: (engine: Awaited<ReturnType<typeof openDuckdb>>) => Promise<T>,
  options: Partial<DuckdbOptions> = {},
): Promise<T> {
  const engine = await openDuckdb({ sources: [logs], threads: 1, memory: 1_000_000_000, ...options })
  try {
    return await use(engine)
  } finally {
    await engine.close()
  }
}

describe('what fails on the data is the fault of the query', () => {
  test.each([
    ['division by zero', 'SELECT bytes / (bytes - bytes) AS ratio FROM records'],
    ['modulo zero', 'SELECT sum(bytes % 0) AS rest FROM records'],
    ['a cast', 'SELECT count(CAST(srcaddr AS integer)) AS n FROM records'],
    ['a date', `SELECT count(date_parse(srcaddr, '%Y')) AS n FROM records`],
    ['a number too large', 'SELECT max(CAST(start AS smallint)) AS n FROM records'],
    ['a subquery of many rows', 'SELECT (SELECT bytes FROM records) AS one'],
    ['an array from 0', 'SELECT max(ARRAY[bytes][0]) AS none FROM records'],
    // Nothing goes wrong before the very last row, when the first ones have long been given out.
    [
      'the last row of a stream',
      'SELECT a.bytes / a.packets AS ratio FROM records a WHERE a.bytes >= 0 UNION ALL SELECT 1 FROM records b',
    ],
    ['the last row of one pass', 'SELECT *, bytes / packets AS ratio FROM records WHERE bytes < 40000'],
    ['the last row of a large result', 'SELECT start, srcaddr, bytes / packets AS ratio FROM records'],
  ])('%s', async (_, sql) => {
    await withLogs(async engine => {
      const answer = async () => rowsOf(await engine.query(sql))
      await expect(answer()).rejects.toMatchObject({ name: 'Fault', kind: 'engine', code: 'query-failed' })
      await engine.input()
      await expect(answer()).rejects.toMatchObject({ name: 'Fault', kind: 'engine', code: 'query-failed' })
      expect(await rowsOf(await engine.query('SELECT count(*) AS n FROM records'))).toEqual([{ n: 60_000 }])
    })
  })
})

test.each([
  `COPY (SELECT 1) TO 'written'`,
  `SELECT * FROM read_csv('/etc/passwd')`,
  `SELECT * FROM '/etc/passwd'`,
  `SELECT getenv('HOME') AS home`,
  `SET threads = 1`,
  `PRAGMA version`,
  `ATTACH 'written'`,
  `INSTALL httpfs`,
  `INSERT INTO records SELECT * FROM records`,
  `CREATE TABLE records AS SELECT 1`,
  `DELETE FROM records`,
  `SELECT * FROM weir_records`,
  `SELECT * FROM rows_logs`,
  `SELECT * FROM duckdb_settings()`,
  `SELECT * FROM information_schema.tables`,
])('refused, and nothing before it is run: %s', async sql => {
  const lake = join(folder, 'refused')
  await withLogs(
    engine => {
      const check = () => checkScript(engine, statementsOf(`CREATE VIEW made AS SELECT 1 AS one; ${sql}`))
      expect(check).toThrow(expect.objectContaining({ name: 'Fault', kind: 'usage' }) as Error)
      return Promise.resolve()
    },
    { lake },
  )
  expect(readdirSync(folder)).not.toContain('refused')
})

describe('what is written', () => {
  test('stays in the temporary folder and the lake, and of the temporary folder nothing stays', async () => {
    const [home, work, lake, tempDir] = ['home', 'work', 'lake', 'temp'].map(name => join(folder, name))
    for (const path of [home, work]) mkdirSync(path ?? '')
    const before = { cwd: process.cwd(), home: process.env['HOME'], logs: readdirSync(logs) }
    process.chdir(work ?? '')
    process.env['HOME'] = home
    try {
      await withLogs(
        async engine => {
          const script = `CREATE VIEW v AS SELECT * FROM flows; SELECT count(*) AS n FROM v a JOIN v b ON a.bytes = b.bytes`
          for (const statement of statementsOf(script)) await rowsOf(await execute(engine, statement))
          expect(readdirSync(tempDir ?? '')).toHaveLength(1)
        },
        { lake, tempDir },
      )
    } finally {
      process.chdir(before.cwd)
      process.env['HOME'] = before.home
    }
    expect([home, work, lake, tempDir, logs].map(path => readdirSync(path ?? ''))).toEqual([
      [],
      [],
      ['tables.sql'],
      [],
      before.logs,
    ])
  })

  test('what a killed run left is removed by the next, what others left is not', async () => {
    const tempDir = join(folder, 'killed')
    const dead = spawnSync(process.execPath, ['--version']).pid
    for (const name of [`weir-${dead}-x`, `weir-${process.pid}-y`, 'weir-notes-1', 'others'])
      mkdirSync(join(tempDir, name), { recursive: true })
    writeFileSync(join(tempDir, `weir-${dead}-x`, 'spool.parquet'), '')
    symlinkSync(logs, join(tempDir, `weir-${dead}-link`))
    await withLogs(() => Promise.resolve(), { tempDir })
    expect(readdirSync(tempDir)).toEqual(['others', `weir-${process.pid}-y`, 'weir-notes-1'].sort())
    expect(readdirSync(logs)).toEqual(['a.log'])
  })

  test('an engine that could not be opened leaves nothing', async () => {
    const tempDir = join(folder, 'unopened')
    const lake = join(folder, 'broken')
    mkdirSync(lake)
    writeFileSync(join(lake, 'tables.sql'), 'no statement')
    await expect(openDuckdb({ sources: [logs], lake, tempDir })).rejects.toMatchObject({ code: 'catalog-unreadable' })
    expect(readdirSync(tempDir)).toEqual([])
  })
})
