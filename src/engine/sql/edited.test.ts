import { expect, test } from 'vitest'
import type { Relation } from '../relation.js'
import { translate } from './translate.js'

const records: Relation = {
  name: 'records',
  target: 'weir_records',
  columns: [
    { name: 'srcaddr', type: 'varchar' },
    { name: 'start', type: 'bigint' },
  ],
  hidden: [{ name: '$path', type: 'varchar' }],
}
const now = new Date('2026-01-05T10:20:30.456Z')

const onTrino = (sql: string, parameters = {}) =>
  translate(sql, { relation: name => (name === 'records' ? records : undefined), now, parameters }).forAthena(
    (relation, hidden) => `made_${relation}${hidden.length > 0 ? `(${hidden.join()})` : ''}`,
  )

test.each([
  ['what is Athena’s stays as it was written', 'SELECT 7 / 2 -- half\n', 'SELECT 7 / 2'],
  ['a semicolon at the end goes', 'SELECT 1;', 'SELECT 1'],
  ['a relation keeps its name', 'SELECT records.start FROM records', 'SELECT records.start FROM made_records AS "records"'],
  ['or its alias', 'SELECT r.* FROM weir.records AS r', 'SELECT r.* FROM made_records AS r'],
  [
    'a query of the same name is not the relation',
    'WITH records AS (SELECT 1 AS n) SELECT n FROM records',
    'WITH records AS (SELECT 1 AS n) SELECT n FROM records',
  ],
  [
    'but within itself it is',
    'WITH records AS (SELECT start FROM records) TABLE records',
    'WITH records AS (SELECT start FROM made_records AS "records") SELECT * FROM records',
  ],
  [
    'a hidden column that is named is there, and a star does not show it',
    'SELECT *, "$path" FROM records',
    'SELECT "records"."srcaddr", "records"."start", "$path" FROM made_records($path) AS "records"',
  ],
  ['the clock is one', 'SELECT now(), current_date', "SELECT TIMESTAMP '2026-01-05 10:20:30.456 UTC', DATE '2026-01-05'"],
  ['a clock with digits', 'SELECT current_timestamp(6) AS t', "SELECT TIMESTAMP '2026-01-05 10:20:30.456000 UTC' AS t"],
  [
    'an address is a key',
    'SELECT address_key(lower(srcaddr)) FROM records r',
    'SELECT TRY_CAST(lower(srcaddr) AS ipaddress) FROM made_records r',
  ],
  [
    'functions within functions',
    "SELECT address_text(address_key('::1'))",
    "SELECT CAST(TRY_CAST('::1' AS ipaddress) AS varchar)",
  ],
])('%s', (_, sql, expected) => {
  expect(onTrino(sql)).toBe(expected)
})

test('a star over a column without a name would show what is hidden, and is refused', () => {
  const sql = 'SELECT * FROM records r CROSS JOIN (SELECT count(*) FROM records) c WHERE r."$path" IS NOT NULL'
  expect(() => onTrino(sql)).toThrow('a column without a name')
})

test('parameters are literals', () => {
  const sql = 'SELECT start FROM records r WHERE start > :least AND srcaddr <> :not AND :on'
  expect(onTrino(sql, { least: -5, not: "o'clock", on: true })).toBe(
    "SELECT start FROM made_records r WHERE start > (-5) AND srcaddr <> 'o''clock' AND TRUE",
  )
})
