import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { rowsOf, type Value } from '../engine.js'
import { openDuckdb, type DuckdbOptions } from './open.js'

const folder = mkdtempSync(join(tmpdir(), 'weir-passes-'))
afterAll(() => rmSync(folder, { recursive: true }))

const header =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'
const line = (n: number) =>
  `2 123456789012 eni-1 10.0.${n % 3}.${n % 250} 198.51.100.${n % 7} ${1024 + (n % 60000)} 443 6 10 ${n} ${1767600000 + n} ${1767600060 + n} ACCEPT OK`
const logOf = (from: number, to: number) =>
  `${header}\n${Array.from({ length: to - from }, (_, i) => `${line(from + i)}\n`).join('')}`

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

type Row = Record<string, Value>

async function withLogs<T>(
  options: DuckdbOptions,
  use: (ask: (sql: string) => Promise<Row[]>, engine: Awaited<ReturnType<typeof openDuckdb>>) => Promise<T>,
): Promise<T> {
  const engine = await openDuckdb({ threads: 2, memory: 1_000_000_000, ...options })
  try {
    return await use(async sql => rowsOf(await engine.query(sql)), engine)
  } finally {
    await engine.close()
  }
}

const sorted = (rows: readonly Row[]): string[] => rows.map(row => JSON.stringify(row)).sort()

const plain = write('plain/a.log.gz', gzipSync(logOf(0, 500)))
write('plain/b.log', logOf(500, 900))
const nodata = '2 123456789012 eni-1 - - - - - - - 1767600000 1767600060 - NODATA'
const skipdata = '2 123456789012 eni-1 - - - - - - - 1767600000 1767600060 - SKIPDATA'
const other = 'srcaddr dstaddr bytes start end log-status colour'
write('odd/a.log', `${logOf(0, 20)}${nodata}\n${skipdata}\nthis is no record\n${header}\n${line(21)}\r\n${line(22)}`)
write(
  'odd/b.log',
  `${logOf(30, 40)}${other}\n10.9.9.9 10.8.8.8 7 1767600000 1767600060 OK green\n10.9.9.9 10.8.8.8 x 1767600000 1767600060 OK red\n`,
)
write('odd/c.log', `${header}\n${line(50).replaceAll(' ', '  ')}\n`)
const whole = gzipSync(logOf(1000, 3000), { level: 1 })
write('odd/d.log.gz', whole.subarray(0, Math.floor(whole.length / 2)))

const questions = [
  'SELECT count(*) AS n, sum(bytes) AS total, count(srcaddr) AS addresses FROM records',
  'SELECT srcaddr, count(*) AS n FROM records GROUP BY srcaddr',
  'SELECT * FROM records WHERE bytes % 10 = 7',
  'SELECT log_status, action, count(*) AS n FROM vpc_flow_logs GROUP BY 1, 2',
]

describe.each([
  ['clean files', 'plain'],
  ['files that are damaged, or have to be rewritten', 'odd'],
])('%s', (_, name) => {
  const sources = [join(folder, name)]

  test.each(questions)('one pass and the spool give the same: %s', async sql => {
    const straight = await withLogs({ sources }, async ask => [await ask(sql), await ask(sql)])
    const [spooled] = await withLogs({ sources }, async (ask, engine) => {
      await engine.input()
      return [await ask(sql)]
    })
    expect(sorted(straight[0] ?? [])).toEqual(sorted(spooled ?? []))
    expect(sorted(straight[1] ?? [])).toEqual(sorted(spooled ?? []))
    expect(spooled?.length).toBeGreaterThan(0)
  })

  test('both count the same lines', async () => {
    const counts = async (sql: string | undefined) =>
      withLogs({ sources }, async (ask, engine) => {
        if (sql !== undefined) await ask(sql)
        const { lines, records, nodata, skipdata, headers, quarantined, damaged } = await engine.input()
        expect(records + nodata + skipdata + headers + quarantined).toBe(lines)
        return { lines, records, nodata, skipdata, headers, quarantined, damaged }
      })
    const spooled = await counts(undefined)
    expect(await counts('SELECT 1 AS one FROM records WHERE bytes < 0')).toEqual(spooled)
    expect(await counts('SELECT bytes FROM records LIMIT 1')).toEqual(spooled)
    expect(await counts('SELECT a.bytes FROM records a JOIN records b ON a.bytes = b.bytes AND a.bytes = 3')).toEqual(spooled)
  })

  test('LIMIT, a join with itself, a union with itself', async () => {
    await withLogs({ sources }, async ask => {
      const [all] = await ask('SELECT count(*) AS n, sum(bytes) AS total FROM records')
      expect(await ask('SELECT bytes FROM records LIMIT 5')).toHaveLength(5)
      const [twice] = await ask(
        'SELECT count(*) AS n, sum(bytes) AS total FROM (SELECT bytes FROM records UNION ALL SELECT bytes FROM records)',
      )
      expect(twice).toEqual({ n: Number(all?.['n']) * 2, total: Number(all?.['total']) * 2 })
      const [joined] = await ask(
        'SELECT count(*) AS n FROM records a JOIN records b ON a.start = b.start AND a.srcport = b.srcport AND a.bytes = b.bytes',
      )
      const [own] = await ask('SELECT count(*) AS n FROM records WHERE srcport IS NOT NULL AND bytes IS NOT NULL')
      expect(joined).toEqual(own)
    })
  })

  test('the order of the sources changes nothing', async () => {
    const parts = (
      name === 'plain' ? ['plain/a.log.gz', 'plain/b.log'] : ['odd/a.log', 'odd/b.log', 'odd/c.log', 'odd/d.log.gz']
    ).map(part => join(folder, part))
    const rows = (sources: string[]) => withLogs({ sources }, ask => ask('SELECT * FROM records'))
    expect(sorted(await rows(parts.toReversed()))).toEqual(sorted(await rows(parts)))
  })
})

test('fields that nobody knows come in the same order, whatever the order of the sources', async () => {
  const [a, b] = [
    write('unknown/a.log', 'srcaddr dstaddr apple\n10.0.0.1 10.0.0.2 1\n'),
    write('unknown/b.log', 'srcaddr dstaddr pear\n10.0.0.1 10.0.0.2 1\n'),
  ]
  const columns = (sources: string[]) =>
    withLogs({ sources }, async (_, engine) => (await engine.query('SELECT * FROM records')).columns.map(({ name }) => name))
  expect(await columns([b, a])).toEqual(await columns([a, b]))
})

test('a result that is larger than what is held at once', async () => {
  const source = write('large.log.gz', gzipSync(logOf(0, 65_000)))
  await withLogs({ sources: [source] }, async (ask, engine) => {
    const rows = await ask('SELECT * FROM records')
    expect(rows).toHaveLength(65_000)
    expect(rows.reduce((sum, row) => sum + Number(row['bytes']), 0)).toBe((65_000 * 64_999) / 2)
    expect(await engine.input()).toMatchObject({ records: 65_000, headers: 1, lines: 65_001 })
    expect(await ask('SELECT count(*) AS n FROM records')).toEqual([{ n: 65_000 }])
  })
})

test('- is NULL in every column', async () => {
  const fields = `${header} vpc-id tcp-flags type traffic-path ecs-cluster-arn colour`
  const source = write(
    'nulls.log',
    `${fields}\n${fields
      .split(' ')
      .map(() => '-')
      .join(' ')}\n2 - - - - - - - - - 1767600000 1767600060 - NODATA - - - - - -\n`,
  )
  const rows = await withLogs({ sources: [source] }, ask => ask(`SELECT * FROM records WHERE log_status = 'NODATA'`))
  expect(rows).toHaveLength(1)
  expect(Object.entries(rows[0] ?? {}).filter(([, value]) => value !== null)).toEqual([
    ['version', 2],
    ['start', 1767600000],
    ['end', 1767600060],
    ['log_status', 'NODATA'],
  ])
})

test('$path is the file, straight and spooled, and is not shown', async () => {
  await withLogs({ sources: [plain] }, async (ask, engine) => {
    expect(await ask('SELECT DISTINCT "$path" AS path FROM records')).toEqual([{ path: plain }])
    await engine.input()
    expect(await ask('SELECT DISTINCT "$path" AS path FROM vpc_flow_logs')).toEqual([{ path: plain }])
    expect(Object.keys((await ask('SELECT * FROM records LIMIT 1'))[0] ?? {})).not.toContain('$path')
  })
})

test('$path of a file that had to be rewritten is the file as it was found', async () => {
  const source = join(folder, 'odd/d.log.gz')
  await withLogs({ sources: [source] }, async ask => {
    expect(await ask('SELECT DISTINCT "$path" AS path FROM records')).toEqual([{ path: source }])
  })
})

test('folders above the temporary one say nothing about the records', async () => {
  const tempDir = join(folder, 'action=NONE', 'temp')
  await withLogs({ sources: [plain], tempDir }, async (ask, engine) => {
    await engine.input()
    expect(await ask('SELECT DISTINCT action FROM records')).toEqual([{ action: 'ACCEPT' }])
  })
})

test('the window keeps rows that start in it, of every relation of Weir; all are counted', async () => {
  const options = { sources: [join(folder, 'plain')], window: { from: 1767600100, to: 1767600200 } }
  await withLogs(options, async (ask, engine) => {
    for (const relation of ['records', 'flows', 'vpc_flow_logs'])
      expect(await ask(`SELECT count(*) AS n, min(bytes) AS low, max(bytes) AS high FROM ${relation}`)).toEqual([
        { n: 100, low: 100, high: 199 },
      ])
    expect(await engine.input()).toMatchObject({ records: 900 })
  })
})

test('many files that each need rewriting are each rewritten', async () => {
  for (let i = 0; i < 6; i++) write(`long/${i}.log`, `${'x'.repeat(2_500_000)}\n${line(i)}\n`)
  await withLogs({ sources: [join(folder, 'long')], fields: header }, async (ask, engine) => {
    expect(await ask('SELECT count(*) AS n FROM records')).toEqual([{ n: 6 }])
    expect(await engine.input()).toMatchObject({ lines: 12, records: 6, quarantined: 6, unreadable: [] })
  })
})

test('a query that wants no rows, and one that breaks off, leave the counts whole', async () => {
  await withLogs({ sources: [join(folder, 'plain')] }, async (ask, engine) => {
    expect(await ask('SELECT bytes FROM records WHERE FALSE')).toEqual([])
    expect(await engine.input()).toMatchObject({ records: 900, headers: 2 })
  })
})
