import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Fault } from '../../fault/index.js'
import { matchesPattern } from './ddl/catalog-statements.js'
import { statementsOf } from './statements.js'

function faultOf(text: string): Fault {
  try {
    statementsOf(text)
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error(`no fault: ${text}`)
}

const kinds = (text: string) => statementsOf(text).map(({ kind }) => kind)

test('a script is parted at semicolons outside of strings, names and comments', () => {
  const script = `-- first; not a statement
SELECT 'a;b', "c;d", 'it''s;' /* e;f */ FROM t;;

  WITH x AS (SELECT 1) SELECT * FROM x -- g;h
;
SHOW TABLES`
  expect(statementsOf(script)).toMatchObject([
    { kind: 'query', line: 2, column: 1, sql: `SELECT 'a;b', "c;d", 'it''s;' /* e;f */ FROM t` },
    { kind: 'query', line: 4, column: 3, sql: 'WITH x AS (SELECT 1) SELECT * FROM x' },
    { kind: 'show-tables', line: 6, column: 1 },
  ])
})

test('a backslash escapes in DDL and is a plain character in queries', () => {
  const script = `SELECT '\\'; ALTER TABLE t ADD PARTITION (k = 'it\\'s; one'); SELECT '\\';`
  expect(kinds(script)).toEqual(['query', 'add-partition', 'query'])
  expect(statementsOf(script)[1]).toMatchObject({ partitions: [{ values: { k: "it's; one" } }] })
})

test('characters beyond the basic plane do not shift places', () => {
  expect(statementsOf(`SELECT '😀😀' ; SHOW TABLES '😀*'`)).toMatchObject([{ sql: `SELECT '😀😀'` }, { pattern: '😀*' }])
  expect(faultOf(`SELECT '😀';\n  SHOW VIEWS`).where).toBe('line 2, column 8')
})

test.each(['', '  \n', ';;', '-- nothing', '/* nothing */;'])('%j holds no statement', text => {
  expect(statementsOf(text)).toEqual([])
})

test.each(['SELECT 1', 'with a as (select 1) table a', 'VALUES 1, 2', '(SELECT 1) UNION (SELECT 2)', 'TABLE vpc_flow_logs'])(
  '%s is a query',
  sql => {
    expect(statementsOf(sql)).toMatchObject([{ kind: 'query', sql, text: sql, line: 1, column: 1 }])
  },
)

test('EXPLAIN, views, drops, repairs, lists', () => {
  expect(statementsOf('EXPLAIN SELECT 1')).toMatchObject([{ kind: 'explain', sql: 'SELECT 1' }])
  expect(statementsOf('explain (SELECT 1)')).toMatchObject([{ kind: 'explain', sql: '(SELECT 1)' }])
  expect(statementsOf('CREATE OR REPLACE VIEW Talkers AS SELECT 1 AS "a;b";')).toMatchObject([
    { kind: 'create-view', name: 'talkers', orReplace: true, sql: 'SELECT 1 AS "a;b"' },
  ])
  expect(statementsOf('create view "my db"."my view" as (select 1)')).toMatchObject([
    { name: 'my view', orReplace: false, sql: '(select 1)' },
  ])
  expect(statementsOf('DROP TABLE IF EXISTS db.`t-1`; DROP VIEW v')).toMatchObject([
    { kind: 'drop-table', name: 't-1', ifExists: true },
    { kind: 'drop-view', name: 'v', ifExists: false },
  ])
  expect(
    statementsOf('MSCK REPAIR TABLE t; SHOW PARTITIONS t; SHOW COLUMNS IN t; show columns from t in db; DESC db.t'),
  ).toMatchObject([
    { kind: 'repair-table', name: 't' },
    { kind: 'show-partitions', name: 't' },
    { kind: 'show-columns', name: 't' },
    { kind: 'show-columns', name: 't' },
    { kind: 'describe', name: 't' },
  ])
  expect(statementsOf(`SHOW TABLES IN db 'vpc*|flow*'`)).toMatchObject([{ kind: 'show-tables', pattern: 'vpc*|flow*' }])
})

test('the pattern of SHOW TABLES', () => {
  expect(['vpc_flow_logs', 'flows', 'vpc'].map(name => matchesPattern(name, 'VPC_*|flows'))).toEqual([true, true, false])
  expect(matchesPattern('a.b', 'axb')).toBe(false)
})

test('ADD PARTITION with IF NOT EXISTS before or after the word PARTITION, and several partitions', () => {
  const place = 's3://logs/AWSLogs/111122223333/vpcflowlogs/eu-west-1/2024/05'
  const script = `ALTER TABLE \`vpc_flow_logs\` ADD IF NOT EXISTS
    PARTITION (\`date\`='2024-05-06') LOCATION '${place}/06'
    PARTITION (\`date\`='2024-05-07') LOCATION "${place}/07"`
  const partitions = [
    { values: { date: '2024-05-06' }, location: `${place}/06` },
    { values: { date: '2024-05-07' }, location: `${place}/07` },
  ]
  expect(statementsOf(script)).toMatchObject([{ kind: 'add-partition', table: 'vpc_flow_logs', ifNotExists: true, partitions }])
  expect(statementsOf('alter table t add partition if not exists (year=2024, month=05)')).toMatchObject([
    { ifNotExists: true, partitions: [{ values: { year: '2024', month: '05' } }] },
  ])
  expect(statementsOf(`ALTER TABLE t ADD PARTITION (dt='x')`)).toMatchObject([{ ifNotExists: false }])
})

test.each([
  ['INSERT INTO records VALUES (1)', 'sql-refused', 'line 1, column 1'],
  ["COPY records TO 'x'", 'sql-refused', 'line 1, column 1'],
  ['SELECT 1;\n\n  ATTACH x', 'sql-refused', 'line 3, column 3'],
  ['CREATE TABLE t (a int)', 'sql-refused', 'line 1, column 8'],
  ['CREATE SCHEMA s', 'sql-refused', 'line 1, column 8'],
  ['ALTER TABLE t DROP PARTITION (a=1)', 'sql-refused', 'line 1, column 15'],
  ['ALTER TABLE t ADD COLUMNS (a int)', 'sql-refused', 'line 1, column 19'],
  ['SHOW CREATE TABLE t', 'sql-refused', 'line 1, column 6'],
  ['DESCRIBE FORMATTED t', 'sql-refused', 'line 1, column 10'],
  ['EXPLAIN ANALYZE SELECT 1', 'sql-refused', 'line 1, column 9'],
  ['EXPLAIN DROP TABLE t', 'sql-syntax', 'line 1, column 9'],
  ['CREATE VIEW v AS DROP TABLE t', 'sql-syntax', 'line 1, column 18'],
  ['DROP TABLE a b', 'sql-syntax', 'line 1, column 14'],
  ['MSCK REPAIR TABLE', 'sql-syntax', 'line 1, column 18'],
  ["SELECT 'open", 'sql-syntax', 'line 1, column 8'],
  ['SELECT 1 /* open ; DROP TABLE x', 'sql-syntax', 'line 1, column 10'],
])('%s is refused with its place', (text, code, where) => {
  expect(faultOf(text)).toMatchObject({ code, where, kind: 'usage' })
})

const tutorial = new URL('../../../../shared/reference/tutorial.sql', import.meta.url)

test.skipIf(!existsSync(tutorial))('the statements of the tutorial', () => {
  const [table, ...queries] = statementsOf(readFileSync(tutorial, 'utf8'))
  expect(table).toMatchObject({
    kind: 'create-table',
    ifNotExists: true,
    line: 2,
    table: {
      name: 'vpc_flow_logs',
      format: 'text',
      delimiter: ' ',
      skipHeaderLines: 1,
      partitions: [{ name: 'dt', type: 'varchar' }],
    },
  })
  expect(queries.map(({ kind }) => kind)).toEqual(['query', 'query', 'query'])
})
