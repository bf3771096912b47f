import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { read, type Row } from './read.js'

/** Each folder of test/format is a case: `input*` is read, `expected.json` says what must come of it. */
const cases = fileURLToPath(new URL('../format', import.meta.url))

const count = z.int().nonnegative()

const Expected = z.strictObject({
  about: z.string(),
  /** What is wrong with the reader as it stands: the case is known to fail, and says so once it does not. */
  open: z.string().optional(),
  /** What `--fields` says. */
  fields: z.string().optional(),
  counts: z.strictObject({
    lines: count,
    records: count,
    nodata: count,
    skipdata: count,
    headers: count,
    quarantined: count,
  }),
  /** Rows of `records` without their NULLs: all of them, or some. */
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number()]))),
  /** Every quarantined line; `file` where there are several. */
  quarantine: z.array(z.strictObject({ line: count, reason: z.string(), file: z.string().optional() })),
  /** Why files could not be read to their end. */
  damaged: z.array(z.string()).default([]),
  /** Why files could not be read at all. */
  unreadable: z.array(z.string()).default([]),
})

const inOrder = (row: Row): string => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))

/** Some row is equal; where none is, the failure shows the difference to one of the same start. */
function expectRow(rows: readonly Row[], expected: Row): void {
  if (rows.some(row => inOrder(row) === inOrder(expected))) return
  expect(rows.find(row => row['start'] === expected['start']) ?? `no such row among ${rows.length}`).toEqual(expected)
}

const expectedOf = (name: string) => Expected.parse(JSON.parse(readFileSync(join(cases, name, 'expected.json'), 'utf8')))

describe('golden cases', () => {
  for (const name of readdirSync(cases).filter(name => !name.includes('.'))) {
    const expected = expectedOf(name)
    const run = expected.open === undefined ? test : test.fails
    run(`${name}: ${expected.about}`, async () => {
      const folder = join(cases, name)
      const files = readdirSync(folder).filter(file => file.startsWith('input'))
      const { input, rows, quarantined } = await read(
        files.map(file => join(folder, file)),
        { fields: expected.fields },
      )
      const { lines, records, nodata, skipdata, headers } = input
      const named = (source: string) => (files.length > 1 ? { file: basename(source) } : {})
      for (const row of expected.rows) expectRow(rows, row)
      if (expected.rows.length === rows.length) expect(rows.map(inOrder).sort()).toEqual(expected.rows.map(inOrder).sort())
      expect(quarantined.map(({ source, line, reason }) => ({ line, reason, ...named(source) }))).toEqual(expected.quarantine)
      expect({ lines, records, nodata, skipdata, headers, quarantined: input.quarantined }).toEqual(expected.counts)
      expect(rows).toHaveLength(records + nodata + skipdata)
      expect(input.damaged.map(({ message }) => message)).toEqual(expected.damaged)
      expect(input.unreadable.map(({ reason }) => reason)).toEqual(expected.unreadable)
    })
  }
})
