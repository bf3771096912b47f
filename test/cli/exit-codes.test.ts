import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { inEmptyFolder, line, logOf, truncatedGzip, weir } from './logs.js'

inEmptyFolder()

const input = z.object({
  lines: z.number(),
  records: z.number(),
  nodata: z.number(),
  skipdata: z.number(),
  headers: z.number(),
  quarantined: z.number(),
})
const report = z.object({
  input,
  coverage: z.array(z.object({ code: z.string(), message: z.string() })),
  findings: z.array(z.unknown()),
})
const reportOf = (stdout: string) => report.parse(JSON.parse(stdout))

beforeAll(() => {
  mkdirSync('logs')
  writeFileSync('logs/whole.log', logOf(100))
  writeFileSync('bad.log', `${logOf(10)}junk\n${line(1).replace(' 443 ', ' 70000 ')}\n`)
  writeFileSync('cut.log.gz', truncatedGzip(2000))
})

describe('0: done', () => {
  test('scan prints one object, and nothing else on stdout', async () => {
    const { code, stdout, stderr } = await weir(['scan', 'logs', '--format', 'json', '--quiet'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(reportOf(stdout)).toMatchObject({ input: { lines: 101, records: 100, headers: 1, quarantined: 0 } })
  })

  test('lines that were not understood are counted and shown, and still it is 0', async () => {
    const { code, stdout } = await weir(['scan', 'bad.log'])
    expect(code).toBe(0)
    expect(stdout).toContain('13 lines = 10 records + 0 nodata + 0 skipdata + 1 headers + 2 quarantined')
    expect(stdout).toContain('bad.log:12')
    expect(stdout).toContain('bad.log:13')
  })

  test('a truncated gzip gives what was readable, and is named', async () => {
    const { code, stdout } = await weir(['scan', 'cut.log.gz', '--format', 'json'])
    const { input, coverage } = reportOf(stdout)
    expect(code).toBe(0)
    expect(input.records).toBeGreaterThan(500)
    expect(input.lines).toBe(input.records + input.nodata + input.skipdata + input.headers + input.quarantined)
    expect(coverage.find(entry => entry.code === 'damaged-source')?.message).toContain('cut.log.gz')
  })
})

describe('1: it found what it was told to fail on', () => {
  test('a finding of that severity, and not one below it', async () => {
    writeFileSync('scan.log', Array.from({ length: 60 }, (_, i) => `${refused(i)}\n`).join(''))
    expect(await weir(['scan', 'scan.log', '--fail-on', 'info', '--quiet'])).toMatchObject({ code: 1 })
    expect(await weir(['scan', 'scan.log', '--fail-on', 'critical', '--quiet'])).toMatchObject({ code: 0 })
  })

  /** An address outside tries port 22 of one of ours and is rejected. */
  const refused = (n: number): string =>
    `2 123456789012 eni-${String(n).padStart(17, '0')} 203.0.113.7 10.0.0.${n + 1} ${40000 + n} 22 6 1 44 ${1767600000 + n} ${1767600030 + n} REJECT OK`
})

describe('2: wrong SQL leaves stdout empty, and nothing is run', () => {
  test.each([
    ['a syntax error', 'SELECT FROM WHERE'],
    ['a column that is not there', 'SELECT no_such_column FROM records'],
    ['a function that is not listed', "SELECT read_text('/etc/passwd')"],
    ['a statement that is not carried out', 'COPY records TO file'],
    ['a second statement that is wrong', 'SELECT 1; SELECT no_such_column FROM records'],
    ['a second statement that would have made a table', 'CREATE VIEW mine AS SELECT 1 AS one; SELECT two FROM mine'],
  ])('%s', async (_, sql) => {
    const { code, stdout, stderr } = await weir(['query', sql, 'logs', '--format', 'json'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^error\[sql-[a-z]+\]: /)
    expect(existsSync('weir-lake')).toBe(false)
  })
})

describe('3: --strict', () => {
  test.each([['bad.log'], ['cut.log.gz']])('scan %s', async source => {
    const { code, stdout } = await weir(['scan', source, '--strict', '--format', 'json', '--quiet'])
    expect(code).toBe(3)
    expect(reportOf(stdout).input.records).toBeGreaterThan(0)
  })

  test('query and coverage, too; what is whole is 0', async () => {
    expect(await weir(['query', 'SELECT count(*) AS n FROM records', 'bad.log', '--strict', '--format', 'csv'])).toMatchObject({
      code: 3,
      stdout: 'n\r\n10\r\n',
    })
    expect(await weir(['coverage', 'bad.log', '--strict', '--quiet'])).toMatchObject({ code: 3 })
    expect(await weir(['scan', 'logs', '--strict', '--quiet'])).toMatchObject({ code: 0 })
  })

  test('--quarantine has every line, with its place and reason', async () => {
    await weir(['scan', 'bad.log', '--quarantine', 'quarantine.ndjson'])
    const lines = readFileSync('quarantine.ndjson', 'utf8').trimEnd().split('\n')
    expect(lines.map(text => JSON.parse(text) as unknown)).toMatchObject([
      { source: 'bad.log', line: 12, text: 'junk' },
      { source: 'bad.log', line: 13, reason: expect.stringContaining('70000') as unknown },
    ])
  })
})

describe('4: a source failed', () => {
  test('a source that is not there: nothing on stdout', async () => {
    const { code, stdout, stderr } = await weir(['scan', 'nowhere', '--format', 'json'])
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
    expect(stderr).toContain('error[source-unreadable]: there is no such file or folder\n  where: nowhere\n')
  })

  test('beside one that is: that one is reported', async () => {
    const { code, stdout, stderr } = await weir(['scan', 'logs', 'nowhere', '--format', 'json'])
    expect(code).toBe(4)
    expect(stderr).toContain('where: nowhere')
    const { input, coverage } = reportOf(stdout)
    expect(input.records).toBe(100)
    expect(coverage).toContainEqual(
      expect.objectContaining({ code: 'unreadable-source', message: expect.stringContaining('nowhere') as unknown }),
    )
  })

  test('goes before 3 and 1', async () => {
    expect(await weir(['scan', 'bad.log', 'nowhere', '--strict', '--fail-on', 'info', '--quiet'])).toMatchObject({ code: 4 })
  })

  test.each([
    ['scan', 'junk.txt'],
    ['coverage', 'junk.txt'],
    ['query', 'SELECT count(*) AS n FROM records', 'junk.txt'],
    ['query', 'SELECT 1 AS one', 'junk.txt'],
  ])('lines of which none is one of a flow log: %s', async (...args) => {
    writeFileSync('junk.txt', 'hello world\nand so on\n')
    const { code, stdout, stderr } = await weir([...args, '--format', 'json', '--quarantine', 'junk.ndjson'])
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
    expect(stderr).toMatch(/^error\[layout-unknown\]: .*\n\s+hello world\n {2}where: junk.txt:1\n.*--fields /s)
    expect(readFileSync('junk.ndjson', 'utf8')).toContain('and so on')
  })

  test('beside good ones they are shown, and it is 0', async () => {
    writeFileSync('junk.txt', 'hello world\n')
    const { code, stdout } = await weir(['scan', 'logs', 'junk.txt'])
    expect(code).toBe(0)
    expect(stdout).toContain('junk.txt:1')
  })

  test('bytes that are no text', async () => {
    writeFileSync('photo.log', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i * 7919) % 256)))
    const { code, stdout, stderr } = await weir(['scan', 'photo.log'])
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
    expect(stderr).toContain('error[source-binary]')
  })

  test.each([
    ['nothing at all', ''],
    ['a header alone', 'version srcaddr dstaddr srcport dstport protocol packets bytes start end action\n'],
  ])('but %s can be read, and it is 0', async (_, text) => {
    writeFileSync('empty.log', text)
    const { code, stdout } = await weir(['scan', 'empty.log', '--format', 'json'])
    expect(code).toBe(0)
    expect(reportOf(stdout).findings).toEqual([])
  })

  test('a query over nothing that is there has nothing on stdout either', async () => {
    expect(await weir(['query', 'SELECT count(*) AS n FROM records', 'nowhere'])).toMatchObject({ code: 4, stdout: '' })
  })

  test('an empty folder', async () => {
    mkdirSync('nothing')
    expect(await weir(['scan', 'nothing'])).toMatchObject({ code: 4, stdout: '' })
  })

  test.skipIf(process.getuid?.() === 0)(
    'a folder without permission is named, the rest is read (not tested as root)',
    async () => {
      mkdirSync('partly/closed', { recursive: true })
      writeFileSync('partly/open.log', logOf(5))
      chmodSync('partly/closed', 0)
      try {
        const { code, stdout, stderr } = await weir(['scan', 'partly', '--format', 'json'])
        expect(code).toBe(4)
        expect(stderr).toContain('partly/closed')
        expect(reportOf(stdout).input.records).toBe(5)
      } finally {
        chmodSync('partly/closed', 0o755)
      }
    },
  )
})

test('130: interrupted, nothing on stdout', async () => {
  const { code, stdout, stderr } = await weir(['scan', 'logs'], { interrupted: true })
  expect({ code, stdout, stderr }).toEqual({ code: 130, stdout: '', stderr: 'interrupted\n' })
})

test('no temporary folder is left', async () => {
  mkdirSync('temporary')
  await weir(['scan', 'logs', '--temp-dir', 'temporary', '--quiet'])
  await weir(['query', 'SELECT no_such_column FROM records', 'logs', '--temp-dir', 'temporary'])
  expect(readdirSync('temporary')).toEqual([])
})
