import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { savedQueries } from './library.js'

const library = savedQueries(fileURLToPath(new URL('../../queries', import.meta.url)))

test('the library has questions, each with a title of its own', () => {
  expect(library.length).toBeGreaterThan(20)
  expect(new Set(library.map(({ title }) => title)).size).toBe(library.length)
})

test.each(library)('$name: $title', ({ name, description, sql }) => {
  expect(name).toMatch(/^[a-z0-9-]+$/)
  expect(description).not.toBe('')
  expect(sql).toMatch(/^(SELECT|WITH)\b/)
  expect(sql).toMatch(/\b(vpc_flow_logs|flows|hosts|host_roles)\b/)
})

test.each([
  'SELECT 1',
  '-- title: a\nSELECT 1',
  '-- title: a\n-- description: b\nDROP TABLE t',
  '-- title: a\n-- description: b\nSELECT 1; SELECT 2',
])('%j is no saved query', text => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-library-'))
  writeFileSync(join(folder, 'broken.sql'), text)
  expect(() => savedQueries(folder)).toThrow(/broken\.sql is no saved query/)
  rmSync(folder, { recursive: true })
})
