import { expect, test } from 'vitest'
import { statementsOf, type PartitionDefinition, type TableDefinition } from '../sql/statements.js'
import { hivePartitions, partitionName, partitionReader, placesOf } from './partitions.js'

const now = new Date('2024-05-10T12:34:56Z')

function tableOf(partitions: string, location: string, properties: Readonly<Record<string, string>> = {}): TableDefinition {
  const pairs = Object.entries(properties).map(([key, value]) => `'${key}' = '${value}'`)
  const [statement] = statementsOf(
    `CREATE EXTERNAL TABLE t (bytes bigint) PARTITIONED BY (${partitions}) LOCATION '${location}'
     ${pairs.length === 0 ? '' : `TBLPROPERTIES (${pairs.join(', ')})`}`,
  )
  if (statement?.kind !== 'create-table') throw new Error('no table')
  return statement.table
}

/** The values of each file, by its path under the table's only place. */
function valuesOf(table: TableDefinition, ...paths: string[]) {
  const [place, ...others] = placesOf(table, [])
  if (place === undefined || others.length > 0) throw new Error('one place expected')
  const read = partitionReader(table, now)
  return paths.map(path => read(place, path))
}

test("one date column is filled from AWS's date folders, and is NULL for files alone", () => {
  const table = tableOf('dt string', 's3://logs/AWSLogs/{account}/vpcflowlogs/{region}/')
  expect(valuesOf(table, '2024/05/06/a.log.gz', '2024/05/06/07/b.log.gz', 'c.log.gz', '2024/13/06/d.log.gz')).toEqual([
    { dt: '2024-05-06' },
    { dt: '2024-05-06' },
    { dt: null },
    { dt: null },
  ])
  expect(valuesOf(table, 'dt=2024%2F05%2F06/a.log', 'dt=__HIVE_DEFAULT_PARTITION__/b.log')).toEqual([
    { dt: '2024/05/06' },
    { dt: null },
  ])
})

test.each(['`date` date', 'day string', 'delivered date'])('%s is a date', column => {
  const [values] = valuesOf(tableOf(column, '/logs'), 'eu-west-1/2024/05/06/a.log')
  expect(Object.values(values ?? {})).toEqual(['2024-05-06'])
})

test('year, month, day and hour, from folders or from keys', () => {
  const table = tableOf('`aws-region` string, year string, month string, day string, hour string', 's3://logs/AWSLogs/')
  expect(
    valuesOf(table, '1/vpcflowlogs/eu/2024/05/06/07/a.log', 'aws-region=eu-west-1/year=2024/month=05/day=06/a.parquet'),
  ).toEqual([
    { 'aws-region': null, year: '2024', month: '05', day: '06', hour: '07' },
    { 'aws-region': 'eu-west-1', year: '2024', month: '05', day: '06', hour: null },
  ])
  expect(valuesOf(tableOf('dt string', 's3://logs/'), 'year=2024/month=5/day=6/a.parquet')).toEqual([{ dt: '2024-05-06' }])
})

test('partitions that were added are the only ones that show', () => {
  const table = tableOf('dt string, region string', 's3://logs/raw/')
  const added: PartitionDefinition[] = [
    { values: { region: 'eu-west-1', dt: '2024-05-06' }, location: 's3://logs/elsewhere/06/' },
    { values: { dt: '2024/05/07', region: 'eu-west-1' } },
  ]
  const places = placesOf(table, added)
  expect(places).toEqual([
    { location: 's3://logs/elsewhere/06/', values: { dt: '2024-05-06', region: 'eu-west-1' } },
    { location: 's3://logs/raw/dt=2024%2F05%2F07/region=eu-west-1/', values: { dt: '2024/05/07', region: 'eu-west-1' } },
  ])
  const read = partitionReader(table, now)
  expect(places.map(place => read(place, 'deep/a.log'))).toEqual(places.map(({ values }) => values))
})

const projected = {
  'projection.enabled': 'true',
  'projection.accid.type': 'enum',
  'projection.accid.values': '111122223333,444455556666',
  'projection.region.type': 'injected',
  'projection.day.type': 'date',
  'projection.day.range': '2024/05/01,NOW',
  'projection.day.format': 'yyyy/MM/dd',
  'storage.location.template': 's3://logs/AWSLogs/${accid}/vpcflowlogs/${region}/${day}',
}

test('a template tells the values, and files outside of it or of its ranges belong to no partition', () => {
  const table = tableOf('accid string, region string, day string', 's3://logs/AWSLogs/', projected)
  expect(placesOf(table, [{ values: { accid: '1' } }])).toEqual([{ location: 's3://logs/AWSLogs/' }])
  expect(
    valuesOf(
      table,
      '111122223333/vpcflowlogs/eu-west-1/2024/05/06/a.log',
      '111122223333/vpcflowlogs/eu-west-1/2024/05/10/05/a.log',
      '999999999999/vpcflowlogs/eu-west-1/2024/05/06/a.log',
      '111122223333/vpcflowlogs/eu-west-1/2024/04/30/a.log',
      '111122223333/vpcflowlogs/eu-west-1/2024/05/11/a.log',
      '111122223333/vpcflowlogs/eu-west-1/2024/02/31/a.log',
      '111122223333/cloudtrail/eu-west-1/2024/05/06/a.log',
    ),
  ).toEqual([
    { accid: '111122223333', region: 'eu-west-1', day: '2024/05/06' },
    { accid: '111122223333', region: 'eu-west-1', day: '2024/05/10' },
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('a date column of type date reads as a date, and hours by number', () => {
  const table = tableOf('`date` date, hour int', 's3://logs/{account}/', {
    'projection.enabled': 'true',
    'projection.date.type': 'date',
    'projection.date.range': 'NOW-1MONTH,NOW+1DAY',
    'projection.date.format': 'yyyy/MM/dd',
    'projection.hour.type': 'integer',
    'projection.hour.range': '00,22',
    'projection.hour.interval': '2',
    'projection.hour.digits': '2',
    'storage.location.template': 's3://logs/${account}/${date}/${hour}/',
  })
  expect(placesOf(table, [])).toEqual([{ location: 's3://logs/{account}/' }])
  expect(valuesOf(table, '2024/04/10/02/a', '2024/04/09/02/a', '2024/05/11/00/a', '2024/05/11/01/a', '2024/05/12/02/a')).toEqual([
    { date: '2024-04-10', hour: '02' },
    undefined,
    { date: '2024-05-11', hour: '00' },
    undefined,
    undefined,
  ])
})

test("without a template the partitions stand in Hive's folders", () => {
  const table = tableOf('hour string', '/logs/', {
    'projection.enabled': 'true',
    'projection.hour.type': 'date',
    'projection.hour.range': '2024-05-10-00,NOW',
    'projection.hour.format': 'yyyy-MM-dd-HH',
    'projection.hour.interval': '1',
    'projection.hour.interval.unit': 'HOURS',
  })
  expect(valuesOf(table, 'hour=2024-05-10-12/a', 'hour=2024-05-10-13/a', '2024-05-10-12/a')).toEqual([
    { hour: '2024-05-10-12' },
    undefined,
    undefined,
  ])
})

test("MSCK REPAIR finds Hive's folders", () => {
  const table = tableOf('dt string, region string', 's3://logs/')
  const paths = ['region=eu/dt=2024-05-06/a', 'region=eu/dt=2024-05-06/b', 'dt=2024-05-06/c', '2024/05/06/d']
  expect(hivePartitions(table, paths)).toEqual([{ values: { dt: '2024-05-06', region: 'eu' } }])
  expect(partitionName({ dt: '2024/05', region: null })).toBe('dt=2024%2F05/region=__HIVE_DEFAULT_PARTITION__')
})
