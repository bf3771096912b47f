import { expect, test } from 'vitest'
import type { Range } from './plan.js'
import { isRead, layoutOf, prefixesOf } from './layout.js'

const one = (value: string): Range => ({ low: value, high: value })

const TRINO = `CREATE TABLE hive.weir.stored_records (
   bytes bigint,
   account_id varchar,
   date varchar
)
WITH (
   external_location = 's3://logs/lake/records',
   format = 'PARQUET',
   partitioned_by = ARRAY['account_id','date']
)`

const ATHENA = `CREATE EXTERNAL TABLE \`raw\`(
  \`bytes\` string COMMENT 'from deserializer')
PARTITIONED BY (
  \`account_id\` string,
  \`day\` string)
ROW FORMAT SERDE
  'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe'
STORED AS INPUTFORMAT
  'org.apache.hadoop.mapred.TextInputFormat'
OUTPUTFORMAT
  'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION
  's3://logs/AWSLogs'
TBLPROPERTIES (
  'projection.enabled'='true',
  'storage.location.template'='s3://logs/AWSLogs/\${account_id}/vpcflowlogs/us-east-1/\${day}')`

test('a lake on Trino', () => {
  const layout = layoutOf(TRINO)
  expect(layout).toEqual({
    location: 's3://logs/lake/records/',
    isParquet: true,
    template: 's3://logs/lake/records/account_id=${account_id}/date=${date}/',
    isHive: true,
  })
  if (!layout) return
  const days = new Map([
    ['account_id', [one('111111111111')]],
    ['date', [one('2026-01-05'), one('2026-01-07')]],
  ])
  const root = 's3://logs/lake/records/account_id=111111111111/date='
  expect(prefixesOf(layout, days)).toEqual([`${root}2026-01-05/`, `${root}2026-01-07/`])
  const span = new Map([
    ['account_id', [one('111111111111')]],
    ['date', [{ low: '2026-01-05', high: '2026-01-20' }]],
  ])
  expect(prefixesOf(layout, span)).toEqual(
    Array.from({ length: 16 }, (_, i) => `${root}2026-01-${String(i + 5).padStart(2, '0')}/`),
  )
  expect(['2026-01-04', '2026-01-05', '2026-01-20', '2026-01-21'].map(day => isRead(layout, span)(`${root}${day}/x`))).toEqual([
    false,
    true,
    true,
    false,
  ])
  expect(prefixesOf(layout, new Map())).toEqual(['s3://logs/lake/records/account_id='])
})

test('raw logs on Athena, whose days are three folders', () => {
  const layout = layoutOf(ATHENA)
  expect(layout).toMatchObject({ location: 's3://logs/AWSLogs/', isParquet: false, isHive: false })
  if (!layout) return
  const root = 's3://logs/AWSLogs/111111111111/vpcflowlogs/us-east-1/'
  const days = new Map([['day', [{ low: '2026/01/30', high: '2026/02/01' }]]])
  expect(prefixesOf(layout, days)).toEqual(['s3://logs/AWSLogs/'])
  const account = new Map<string, readonly Range[]>([...days, ['account_id', [one('111111111111')]]])
  expect(prefixesOf(layout, account)).toEqual(['2026/01/30', '2026/01/31', '2026/02/01'].map(day => `${root}${day}/`))
  expect(['2026/01/29', '2026/01/31', '2026/02/01', '2026/02/02'].map(day => isRead(layout, days)(`${root}${day}/x.gz`))).toEqual(
    [false, true, true, false],
  )
})

test('text is text, whatever its place is called', () => {
  expect(layoutOf(ATHENA.replaceAll('s3://logs', 's3://parquet-and-logs'))?.isParquet).toBe(false)
  const text = TRINO.replace("'PARQUET'", "'TEXTFILE'").replace('s3://logs', 's3://parquet-and-logs')
  expect(layoutOf(text)?.isParquet).toBe(false)
})

test('values of partitions stand in names as Hive writes them', () => {
  const layout = layoutOf(TRINO)
  if (!layout) throw new Error('no layout')
  const odd = new Map([
    ['account_id', [one('a/b=c')]],
    ['date', [one('x')]],
  ])
  const [prefix = ''] = prefixesOf(layout, odd)
  expect(prefix).toBe('s3://logs/lake/records/account_id=a%2Fb%3Dc/date=x/')
  expect(isRead(layout, odd)(`${prefix}part.parquet`)).toBe(true)
})

test('what a server keeps by itself has no place', () => {
  expect(layoutOf(`CREATE TABLE hive.weir.t (x bigint) WITH (format = 'PARQUET')`)).toBeUndefined()
  expect(layoutOf('CREATE VIEW hive.weir.v AS SELECT 1')).toBeUndefined()
})
