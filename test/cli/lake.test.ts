import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { inEmptyFolder, logOf, weir } from './logs.js'

inEmptyFolder()

/** A record whose fields are in an order that nobody knows. */
const custom = '10.0.0.5 10.0.1.9 443 51234 6 ACCEPT 10 840 1767571200 1767571260'
const fields = 'srcaddr dstaddr srcport dstport protocol action packets bytes start end'

beforeAll(async () => {
  mkdirSync('logs')
  writeFileSync('logs/whole.log', logOf(100))
  writeFileSync('logs/custom.log', `${custom}\n${custom}\n`)
  mkdirSync('empty')
  const { code, stdout } = await weir(['ingest', 'logs', '--lake', 'l'])
  expect(code).toBe(0)
  expect(stdout).toContain('103 lines = 100 records + 0 NODATA + 0 SKIPDATA + 1 headers + 2 quarantined')
  expect(stdout).toContain('2 lines not understood: weir lake quarantine --lake l lists them')
}, 60_000)

test('sizes are told as people read them, and as numbers to programs', async () => {
  const table = await weir(['lake', 'status', '--lake', 'l'])
  expect(table.stdout).toMatch(/123456789012 {2}-.* 100 {2}[\d.]+ kB\n/)
  const csv = await weir(['lake', 'status', '--lake', 'l', '--format', 'csv'])
  expect(csv.stdout).toMatch(/^account_id,region,.*,rows,bytes\r\n123456789012,,.*,100,\d+\r\n$/)
})

test('the quarantine fits the terminal, and says what to do', async () => {
  const { stdout } = await weir(['lake', 'quarantine', '--lake', 'l'], { terminal: 60, env: { NO_COLOR: '1' } })
  expect(stdout).toContain('custom.log:2  no header, and no known layout fits: give --fields\n')
  expect(stdout).toContain(`    ${custom.slice(0, 55)}…\n`)
  expect(stdout).toContain('2 lines of 1 object; after a fix --retry reads them again, where need be with --fields\n')
})

test('who asks a lake is told that it keeps what was not understood', async () => {
  const scanned = await weir(['scan', 'l'])
  expect(scanned.stdout).toContain('  2 lines: weir lake quarantine --lake l lists them\n')
  const asked = await weir(['query', 'SELECT count(*) AS records FROM records', 'l'])
  expect(asked.stderr).toContain('2 lines not understood and left out; weir lake quarantine --lake l lists them')
})

test('the tables beside the logs come with the lake that is named as a SOURCE', async () => {
  await weir(['lake', 'enrich', 'known-bad', '-', '--lake', 'l'], { stdin: '198.51.100.7\n' })
  const hosts = "SELECT address FROM hosts WHERE contains(lists, 'known-bad')"
  const { stdout } = await weir(['query', hosts, 'l', '--format', 'csv'])
  expect(stdout).toBe('address\r\n198.51.100.7\r\n')
})

test('a lake is not taken into another', async () => {
  const { code, stdout, stderr } = await weir(['ingest', 'l', '--lake', 'other'])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('error[source-lake]: a lake is not taken into another\n  where: l\n')
  expect(existsSync('other')).toBe(false)
})

test('where nothing could be read there is nothing on stdout', async () => {
  const { code, stdout, stderr } = await weir(['ingest', 'no-such-folder', '--lake', 'other'])
  expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
  expect(stderr).toContain('no-such-folder')
})

test('a folder that is no lake, and an empty one, are told', async () => {
  for (const folder of ['logs', 'empty', 'nowhere']) {
    const { code, stderr } = await weir(['detect', '--lake', folder])
    expect(code).toBe(4)
    expect(stderr).toContain(`error[lake-missing]: there is no lake\n  where: ${folder}\n`)
  }
})

test('after --retry with the fields nothing is left in quarantine', async () => {
  const retried = await weir(['lake', 'quarantine', '--retry', '--fields', fields, '--lake', 'l'])
  expect(retried.stdout).toContain('2 lines = 2 records')
  expect((await weir(['lake', 'quarantine', '--lake', 'l'])).stdout).toBe('nothing is in quarantine\n')
  expect((await weir(['lake', 'verify', '--lake', 'l'])).code).toBe(0)
})

test('a lake may be the folder that one stands in', async () => {
  mkdirSync('here')
  const before = process.cwd()
  process.chdir('here')
  try {
    expect((await weir(['ingest', '../logs/whole.log', '--lake', '.'])).code).toBe(0)
    expect((await weir(['lake', 'verify', '--lake', '.'])).stdout).toContain('1 part with 100 rows of 1 object')
  } finally {
    process.chdir(before)
  }
})
