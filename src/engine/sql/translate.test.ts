import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { beforeAll, describe, expect, test } from 'vitest'
import { Fault } from '../../fault/index.js'
import type { Relation } from '../relation.js'
import { installMacros } from './macros.js'
import { translate, type TranslationContext } from './translate.js'
import { valueReader } from './values.js'
import { preparedSelect } from './verify.js'

const records: Relation = {
  name: 'records',
  target: '"weir_records"',
  columns: [
    { name: 'srcaddr', type: 'varchar' },
    { name: 'dstport', type: 'integer' },
    { name: 'bytes', type: 'bigint' },
    { name: 'end', type: 'bigint' },
    { name: 'date', type: 'date' },
  ],
  hidden: [{ name: '$path', type: 'varchar' }],
}

let connection: DuckDBConnection

beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect()
  await installMacros(connection)
  await connection.run(
    'CREATE TABLE weir_records (srcaddr VARCHAR, dstport INTEGER, bytes BIGINT, "end" BIGINT, "date" DATE, "$path" VARCHAR)',
  )
  await connection.run(
    `INSERT INTO weir_records VALUES ('10.0.0.1', 22, 100, 60, '2026-01-10', 'a.log'), ('10.0.0.2', 443, 200, 70, '2026-01-20', 'b.log')`,
  )
})

const context = (more: Partial<TranslationContext> = {}): TranslationContext => ({
  relation: name => (name === 'records' ? records : undefined),
  names: ['records', 'flows'],
  ...more,
})

async function ask(sql: string, more: Partial<TranslationContext> = {}) {
  const translation = translate(sql, context(more))
  const select = await preparedSelect(connection, translation.sql)
  select.destroySync()
  const readers = translation.types.map(valueReader)
  const rows = (await connection.runAndReadAll(translation.sql)).getRows()
  return {
    columns: translation.columns.map(({ name }) => name),
    rows: rows.map(row => row.map((value, i) => readers[i]?.(value))),
  }
}

function refusal(sql: string): { code: string; message: string; where: string | undefined; expected: string | undefined } {
  try {
    translate(sql, context())
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('it was not refused')
}

describe('names', () => {
  test('* leaves out hidden columns, which are found when named', async () => {
    expect((await ask('SELECT * FROM records LIMIT 1')).columns).toEqual(['srcaddr', 'dstport', 'bytes', 'end', 'date'])
    expect((await ask('SELECT "$path" FROM records ORDER BY 1')).rows).toEqual([['a.log'], ['b.log']])
  })

  test('are found whatever their case, with catalog and database before them, and keep the case that they were written in', async () => {
    const { columns, rows } = await ask('SELECT SrcAddr, R."END" FROM awsdatacatalog."default".Records R WHERE r.dstport = 22')
    expect(columns).toEqual(['SrcAddr', 'END'])
    expect(rows).toEqual([['10.0.0.1', 60]])
  })

  test('of WITH hide relations, and a WITH of the same name reads the relation', async () => {
    const { rows } = await ask('WITH records AS (SELECT bytes FROM records WHERE dstport = 22) SELECT * FROM records')
    expect(rows).toEqual([[100]])
  })

  test('that are given twice stay two columns', async () => {
    const { columns, rows } = await ask('SELECT a.bytes, b.bytes, 1 FROM records a JOIN records b ON a.dstport < b.dstport')
    expect(columns).toEqual(['bytes', 'bytes', '_col2'])
    expect(rows).toEqual([[100, 200, 1]])
  })
})

test('the clock is one, in UTC', async () => {
  const now = new Date('2026-01-17T23:30:00.123Z')
  const { rows } = await ask(
    "SELECT current_date, now(), localtimestamp, current_timestamp = now(), count(*) FROM records WHERE date > current_date - interval '7' day",
    { now },
  )
  expect(rows).toEqual([['2026-01-17', '2026-01-17 23:30:00.123 UTC', '2026-01-17 23:30:00.123', true, 1]])
})

test('parameters are literals, whatever their text', async () => {
  const text = `x' OR '1'='1`
  const { rows } = await ask('SELECT :text, :ports + 1, :off, count(*) FROM records WHERE srcaddr = :text', {
    parameters: { text, ports: 22, off: false },
  })
  expect(rows).toEqual([[text, 23, false, 0]])
  expect(() => translate('SELECT :toString', context())).toThrow('The parameter :toString has no value.')
})

test('addresses are text in results and numbers in comparisons', async () => {
  const { rows } = await ask(
    `SELECT CAST(srcaddr AS ipaddress) AS a FROM records WHERE contains('10.0.0.0/31', CAST(srcaddr AS ipaddress))`,
  )
  expect(rows).toEqual([['10.0.0.1']])
})

test('aggregates cost nothing per row', () => {
  expect(translate('SELECT count(*), sum(bytes) FROM records', context()).sql).toBe(
    'SELECT count(*) AS "_col0", CAST(sum("records#1"."bytes") AS BIGINT) AS "_col1" FROM "weir_records" AS "records#1"',
  )
})

describe('what is refused', () => {
  test.each([
    ['DROP TABLE records', 'sql-refused'],
    ["COPY records TO 'x'", 'sql-refused'],
    ["SET memory_limit = '1GB'", 'sql-refused'],
    ['PRAGMA version', 'sql-refused'],
    ["ATTACH 'x.db'", 'sql-refused'],
    ['INSTALL httpfs', 'sql-refused'],
    ["CALL enable_logging(storage_path => '/tmp')", 'sql-syntax'],
    ["CALL enable_logging('/tmp')", 'sql-refused'],
    ['SELECT 1; SELECT 2', 'sql-refused'],
    ['SELECT 1; DROP TABLE records', 'sql-refused'],
    ['FROM records SELECT bytes', 'sql-refused'],
    ["SELECT * FROM 'x.parquet'", 'sql-relation'],
    ['SELECT * FROM "x.parquet"', 'sql-relation'],
    ["SELECT * FROM read_csv('/etc/passwd')", 'sql-refused'],
    ["SELECT * FROM TABLE(read_text('/etc/passwd'))", 'sql-refused'],
    ["SELECT * FROM query('SELECT 1')", 'sql-refused'],
    ['SELECT * FROM information_schema.tables', 'sql-relation'],
    ['SELECT * FROM duckdb_settings', 'sql-relation'],
    ['SELECT * FROM weir_records', 'sql-relation'],
    ["SELECT getenv('HOME')", 'sql-function'],
    ["SELECT read_text('/etc/passwd')", 'sql-function'],
    ["SELECT current_setting('x')", 'sql-function'],
    ['SELECT pg_sleep(5)', 'sql-function'],
    ["SELECT main.getenv('HOME')", 'sql-syntax'],
    ['SELECT bytes::varchar FROM records', 'sql-syntax'],
    ['SELECT [1, 2]', 'sql-syntax'],
    ["SELECT {'a': 1}", 'sql-syntax'],
    ['SELECT $1', 'sql-syntax'],
    ['SELECT ?', 'sql-syntax'],
    ['SELECT 0xff', 'sql-syntax'],
    ["SELECT e'\\n'", 'sql-refused'],
    ['SELECT $$a$$', 'sql-syntax'],
    ['SELECT `bytes` FROM records', 'sql-syntax'],
    ['SELECT 1 /* no end', 'sql-syntax'],
    ["SELECT 'no end", 'sql-syntax'],
    ['SELECT bytes = 1 = 2 FROM records', 'sql-syntax'],
    ['SELECT end FROM records', 'sql-syntax'],
    ['SELECT * EXCEPT (bytes) FROM records', 'sql-syntax'],
    ['SELECT bytes FROM records QUALIFY row_number() OVER () = 1', 'sql-syntax'],
    ['SELECT bytes FROM records LIMIT 5 OFFSET 2', 'sql-syntax'],
    ['SELECT * FROM records TABLESAMPLE BERNOULLI (10)', 'sql-refused'],
    ["SELECT 'port ' || 22", 'sql-type'],
    ["SELECT * FROM records WHERE dstport = '22'", 'sql-type'],
    ['SELECT sum(srcaddr) FROM records', 'sql-function'],
    ['', 'sql-syntax'],
  ])('%s', (sql, code) => {
    expect(refusal(sql).code).toBe(code)
  })

  test('an error names the thing, its place and what it may have meant', () => {
    expect(refusal('SELECT srcaddr,\n  dstprt FROM records')).toMatchObject({
      code: 'sql-column',
      message: 'The column dstprt does not exist.',
      where: 'line 2, column 3',
      expected: 'one of dstport',
    })
    expect(refusal('SELECT * FROM record')).toMatchObject({
      code: 'sql-relation',
      where: 'line 1, column 15',
      expected: 'one of records',
    })
    expect(refusal('SELECT lenght(srcaddr) FROM records')).toMatchObject({ code: 'sql-function', expected: 'length' })
  })
})

test.each(['SELECT 1; SELECT 2', "COPY (SELECT 1) TO 'x'", 'CREATE TABLE x AS SELECT 1', 'PRAGMA version', 'not SQL'])(
  'the translation itself must be one SELECT, not %s',
  async sql => {
    await expect(preparedSelect(connection, sql)).rejects.toThrow(Fault)
  },
)

describe('what a statement reads', () => {
  test.each([
    ['SELECT count(*) FROM records', 1],
    ['SELECT 1', 0],
    ['SELECT 1 FROM records UNION ALL SELECT 2 FROM records', 2],
    ['WITH a AS (SELECT * FROM records) SELECT 1', 0],
    ['WITH a AS (SELECT * FROM records) SELECT 1 FROM a, a AS b', 2],
    ['WITH a AS (SELECT * FROM records), b AS (SELECT a.bytes FROM a, a AS c) SELECT 1 FROM b, b AS d', 4],
    ['SELECT (SELECT max(bytes) FROM records)', 1],
    ['SELECT 1 FROM records WHERE dstport IN (SELECT dstport FROM records) AND EXISTS (SELECT 1 FROM records)', 3],
  ])('%s: %i times', (sql, times) => {
    const { references } = translate(sql, context())
    expect(references).toEqual(times === 0 ? [] : [{ relation: 'records', times }])
  })

  test.each([
    'SELECT count(*), sum(bytes) FROM records',
    'SELECT * FROM records ORDER BY bytes DESC LIMIT 10',
    'SELECT srcaddr, sum(bytes) FROM records WHERE dstport = 22 OR dstport = 3389 GROUP BY 1 LIMIT 10',
    'SELECT DISTINCT srcaddr FROM records WHERE dstport IN (22, 3389) LIMIT 10',
    "SELECT * FROM records WHERE bytes >= 5 AND bytes < 10 AND date BETWEEN date '2026-01-01' AND date '2026-02-01'",
    'SELECT x, sum(b) FROM (SELECT srcaddr AS x, bytes AS b FROM records UNION ALL SELECT srcaddr, bytes FROM records) GROUP BY x',
    "SELECT srcaddr, part FROM records CROSS JOIN UNNEST(split(srcaddr, '.')) AS t(part)",
  ])('all of it: %s', sql => {
    expect(translate(sql, context()).mayStopEarly).toBe(false)
  })

  test.each([
    'SELECT * FROM records LIMIT 10',
    'SELECT * FROM records ORDER BY bytes LIMIT 0',
    'SELECT * FROM (SELECT * FROM records LIMIT 10) ORDER BY bytes',
    'SELECT * FROM records UNION ALL SELECT * FROM records LIMIT 10',
    'SELECT * FROM records WHERE false',
    'SELECT * FROM records WHERE 1 = 2 AND bytes > 5',
    'SELECT * FROM records WHERE dstport = 22 AND dstport = 23',
    'SELECT * FROM records WHERE dstport > 30 AND dstport < 20',
    'SELECT * FROM records WHERE dstport = 3000000000',
    'SELECT * FROM records WHERE dstport = NULL',
    'SELECT * FROM (SELECT * FROM records WHERE dstport = 22) WHERE dstport = 23',
    'SELECT * FROM records a JOIN records b USING (srcaddr)',
    'SELECT * FROM records WHERE EXISTS (SELECT 1 FROM records)',
    'SELECT bytes FROM records EXCEPT SELECT bytes FROM records',
  ])('perhaps not all of it: %s', sql => {
    expect(translate(sql, context()).mayStopEarly).toBe(true)
  })
})
