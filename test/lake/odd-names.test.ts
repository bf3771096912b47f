import { describe, expect, test } from 'vitest'
import { compact, expire, verify } from '../../src/lake/index.js'
import { HEADER, log, ownFolders, record, Sandbox, START } from './small-lake.js'
import { join } from 'node:path'

const folders = ownFolders()

/** What may stand in a log as an account, for it is any text. */
const ACCOUNTS = [
  '../..',
  "it's",
  '100%',
  '%2F',
  'a"b',
  '..',
  '.',
  '~',
  'a=b',
  'ü€',
  'CON',
  'a:b',
  '*',
  '[x]',
  '001',
  'region=x/date=y',
]

describe('names in logs', () => {
  test('accounts of any text are folders inside the lake, and come back as they were', async () => {
    const own = await folders()
    await own.write('a.log', log(...ACCOUNTS.map(account => record({ account }))))
    await own.ingest()
    await own.write('b.log', log(...ACCOUNTS.map(account => record({ account }))))
    await own.ingest()
    await compact(own.lake, own.options)
    const rows = await own.query('SELECT account_id, count(*) AS n FROM records GROUP BY 1')
    expect(rows.map(row => row['account_id']).sort()).toEqual(ACCOUNTS.toSorted())
    expect((await verify(own.lake, own.options)).flaws).toEqual([])
    await expire(own.lake, { ...own.options, before: '2027-01-01' })
    expect(await own.bytes()).toBe(0)
  })

  test('an account that no folder could be named after is quarantined, and the rest is stored', async () => {
    const own = await folders()
    await own.write('a.log', log(record({ account: 'x'.repeat(81), bytes: 1 }), record({ account: '%'.repeat(80), bytes: 2 })))
    const { records, quarantined } = await own.ingest()
    expect({ records, quarantined }).toEqual({ records: 1, quarantined: 1 })
    expect(await own.bytes()).toBe(2)
  })

  test.each([
    ['source-object', 'field_source_object'],
    ['src-key', 'field_src_key'],
    ['date', 'date'],
    ['filename', 'filename'],
    ['weir', 'weir'],
  ])('a field of its own that is called %s is read back', async (name, column) => {
    const own = await folders()
    await own.write('a.log', `${HEADER} ${name}\n${record()} hello\n`)
    await own.write('b.log', `${HEADER} ${name}\nno record\n${record()} there\n`)
    await own.ingest()
    await compact(own.lake, own.options)
    const rows = await own.query('SELECT * FROM records')
    expect(rows.map(row => row[column]).sort()).toEqual(['hello', 'there'])
  })

  test('a lake whose path holds what DuckDB takes for a pattern', async () => {
    const { folder } = await folders()
    const own = new Sandbox(folder, join(folder, 'la[k]e*?'))
    await own.write('a.log', log(record({ bytes: 1 }), record({ day: 1, bytes: 2 })))
    await own.ingest()
    await own.write('b.log', log(record({ bytes: 4 })))
    await own.ingest()
    await compact(own.lake, own.options)
    expect((await verify(own.lake, own.options)).flaws).toEqual([])
    expect(await own.bytes()).toBe(7)
    expect(START).toBe(Date.UTC(2026, 0, 5) / 1000)
  })
})
