import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { inEmptyFolder, line, logOf, weir } from './logs.js'

inEmptyFolder()

beforeAll(() => {
  mkdirSync('logs')
  writeFileSync('logs/a.log', logOf(3))
})

const sql = 'SELECT srcaddr, bytes FROM records ORDER BY bytes'

describe('formats', () => {
  test('json has an entry a statement', async () => {
    const { stdout } = await weir(['query', `SELECT 1 AS one; ${sql}`, 'logs', '--format', 'json'])
    expect(JSON.parse(stdout)).toMatchObject({
      results: [
        { statement: 'SELECT 1 AS one', columns: [{ name: 'one', type: 'integer' }], rows: [{ one: 1 }], row_count: 1 },
        {
          columns: [
            { name: 'srcaddr', type: 'varchar' },
            { name: 'bytes', type: 'bigint' },
          ],
          rows: [
            { srcaddr: '10.0.0.0', bytes: 1000 },
            { srcaddr: '10.0.0.1', bytes: 1001 },
            { srcaddr: '10.0.0.2', bytes: 1002 },
          ],
          row_count: 3,
          scanned_bytes: readFileSync('logs/a.log').length,
        },
      ],
    })
  })

  test('csv and ndjson', async () => {
    expect((await weir(['query', sql, 'logs', '--format', 'csv'])).stdout).toBe(
      'srcaddr,bytes\r\n10.0.0.0,1000\r\n10.0.0.1,1001\r\n10.0.0.2,1002\r\n',
    )
    expect((await weir(['query', sql, 'logs', '--format', 'ndjson'])).stdout.split('\n')[0]).toBe(
      '{"srcaddr":"10.0.0.0","bytes":1000}',
    )
  })

  test('a file takes the answer', async () => {
    const { code, stdout } = await weir(['query', sql, 'logs', '--format', 'csv', '--output', 'answer.csv'])
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(readFileSync('answer.csv', 'utf8')).toContain('10.0.0.2,1002\r\n')
  })

  test('a table has colours on a terminal, unless they are not wanted', async () => {
    const plain = (await weir(['query', sql, 'logs'])).stdout
    const onTerminal = await weir(['query', sql, 'logs'], { terminal: 80 })
    expect(onTerminal.stdout).not.toBe(plain)
    expect(stripVTControlCharacters(onTerminal.stdout)).toBe(plain)
    expect((await weir(['query', sql, 'logs', '--no-color'], { terminal: 80 })).stdout).toBe(plain)
    expect((await weir(['query', sql, 'logs'], { terminal: 80, env: { NO_COLOR: '1' } })).stdout).toBe(plain)
  })
})

describe('where the SQL comes from', () => {
  test('standard input', async () => {
    const { stdout } = await weir(['query', '-', 'logs', '--format', 'csv'], { stdin: 'SELECT count(*) AS n FROM records' })
    expect(stdout).toBe('n\r\n3\r\n')
  })

  test('a file, and then every argument is a SOURCE', async () => {
    writeFileSync('ask.sql', '-- how many\nSELECT count(*) AS n\nFROM records;\n')
    expect((await weir(['query', '-f', 'ask.sql', 'logs', '--format', 'csv'])).stdout).toBe('n\r\n3\r\n')
  })

  test('the questions that come with Weir', async () => {
    expect((await weir(['query', '--list'])).stdout).toContain('top-talkers')
    const { code, stdout } = await weir(['query', '--saved', 'top-talkers', 'logs', '--format', 'csv'])
    expect(code).toBe(0)
    expect(stdout).toContain('198.51.100.7,3003,')
  })

  test.each([
    [[]],
    [['-f', 'nowhere.sql', 'logs']],
    [['--saved', 'nothing', 'logs']],
    [['-', '-']],
    [['-- nothing', 'logs']],
    [['--list', '-f', 'ask.sql']],
    [['logs']],
    [['ask.sql', 'logs']],
  ])('not from %j', async args => {
    expect(await weir(['query', ...args])).toMatchObject({ code: 2, stdout: '' })
  })
})

test('the records of standard input', async () => {
  const { stdout } = await weir(['query', 'SELECT count(*) AS n FROM records', '-', '--format', 'csv'], { stdin: `${line(1)}\n` })
  expect(stdout).toBe('n\r\n1\r\n')
})

test('--fields names the fields of logs without a header', async () => {
  writeFileSync('odd.log', '10.0.0.9 443 1767600000 1767600060\n')
  const args = [
    'query',
    'SELECT srcaddr, dstport FROM records',
    'odd.log',
    '--fields',
    'srcaddr dstport start end',
    '--format',
    'csv',
  ]
  expect((await weir(args)).stdout).toBe('srcaddr,dstport\r\n10.0.0.9,443\r\n')
})

test('--now fixes the clock', async () => {
  const { stdout } = await weir(['query', 'SELECT current_date AS today', '--now', '2026-02-03T04:05:06Z', '--format', 'csv'])
  expect(stdout).toBe('today\r\n2026-02-03\r\n')
})

test('a table that a person makes is there next time', async () => {
  const place = ['--map-location', 's3://bucket/logs/=logs', '--lake', 'lake', '--quiet', '--format', 'csv']
  const create = `CREATE EXTERNAL TABLE mine (version int, account string, interface string, source string)
    ROW FORMAT DELIMITED FIELDS TERMINATED BY ' ' LOCATION 's3://bucket/logs/' TBLPROPERTIES ("skip.header.line.count"="1")`
  expect(await weir(['query', create, ...place])).toMatchObject({ code: 0, stdout: '', stderr: '' })
  expect(existsSync('lake/tables.sql')).toBe(true)
  expect(await weir(['query', 'SELECT source FROM mine ORDER BY 1', ...place])).toMatchObject({
    code: 0,
    stdout: 'source\r\n10.0.0.0\r\n10.0.0.1\r\n10.0.0.2\r\n',
  })
})

test('what the rows do not show is said on stderr, unless --quiet', async () => {
  writeFileSync('bad.log', `${line(1)}\njunk\n`)
  const args = ['query', 'SELECT count(*) AS n FROM records', 'bad.log', '--format', 'csv']
  expect(await weir(args)).toMatchObject({
    stdout: 'n\r\n1\r\n',
    stderr: expect.stringContaining('1 line not understood') as unknown,
  })
  expect(await weir([...args, '--quiet'])).toMatchObject({ stdout: 'n\r\n1\r\n', stderr: '' })
})
