import { expect, test } from 'vitest'
import { verify } from '../../src/lake/index.js'
import { log, ownFolders, record, type Sandbox } from './small-lake.js'

const folders = ownFolders()

const many = (day: number, rows: number): string[] => Array.from({ length: rows }, () => record({ day, bytes: 1 }))

/** A folder that is large enough for its files to be divided by partition. */
async function writeLarge(own: Sandbox, ...odd: readonly string[]): Promise<void> {
  for (const name of ['a', 'b', 'c', 'd'])
    await own.write(`${name}.log`, log(...many(0, 30_000), ...many(1, 30_000), ...(name === 'c' ? odd : []), ...many(0, 3_000)))
}

async function rowsByDay(own: Sandbox): Promise<readonly number[]> {
  const rows = await own.query('SELECT date(from_unixtime(start)) AS day, count(*) AS n FROM records GROUP BY 1 ORDER BY 1')
  return rows.map(({ n }) => Number(n))
}

test('files over several days, one of which has an odd line, and so are read a second time', async () => {
  const own = await folders()
  await writeLarge(own, 'no record at all')
  const { records, quarantined } = await own.ingest()
  expect({ records, quarantined }).toEqual({ records: 252_000, quarantined: 1 })
  expect(await rowsByDay(own)).toEqual([132_000, 120_000])
  expect((await verify(own.lake, own.options)).flaws).toEqual([])
})

test('files whose rows of other days do not fit into memory are read undivided', async () => {
  const own = await folders()
  await writeLarge(own)
  const { records } = await own.ingest(undefined, { memory: 50_000_000 })
  expect(records).toBe(252_000)
  expect(await rowsByDay(own)).toEqual([132_000, 120_000])
})
