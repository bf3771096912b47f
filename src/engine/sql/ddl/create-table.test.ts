import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fault } from '../../../fault/index.js'
import { statementsOf } from '../statements.js'
import type { TableDefinition } from './definition.js'
import { printPartitions } from './alter-table.js'
import { printTable } from './print.js'
import { printView } from './query.js'

function tableOf(sql: string): TableDefinition {
  const [statement] = statementsOf(sql)
  if (statement?.kind !== 'create-table') throw new Error(`no table: ${sql}`)
  return statement.table
}

function faultOf(sql: string): Fault {
  try {
    statementsOf(sql)
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error(`no fault: ${sql}`)
}

const place = `LOCATION 's3://logs/'`

test('text with a date partition, as in the guide to flow logs', () => {
  const table = tableOf(`
    CREATE EXTERNAL TABLE IF NOT EXISTS net.\`Office_Flows\` (
      version int, account_id string, protocol bigint, start bigint, \`end\` bigint COMMENT 'last packet', action string)
    COMMENT 'it\\'s ours'
    PARTITIONED BY (\`date\` date)
    ROW FORMAT DELIMITED
    FIELDS TERMINATED BY ' '
    LOCATION 's3://office-logs/eu/AWSLogs/{account}/vpcflowlogs/{region}/'
    TBLPROPERTIES ("skip.header.line.count"="1")`)
  expect(table).toMatchObject({
    name: 'office_flows',
    comment: "it's ours",
    columns: [
      { name: 'version', type: 'integer', declared: 'int' },
      { name: 'account_id', type: 'varchar', declared: 'string' },
      { name: 'protocol', type: 'bigint' },
      { name: 'start', type: 'bigint' },
      { name: 'end', type: 'bigint', comment: 'last packet' },
      { name: 'action', type: 'varchar' },
    ],
    partitions: [{ name: 'date', type: 'date' }],
    format: 'text',
    delimiter: ' ',
    skipHeaderLines: 1,
    location: 's3://office-logs/eu/AWSLogs/{account}/vpcflowlogs/{region}/',
    properties: { 'skip.header.line.count': '1' },
  })
  expect(table.projection).toBeUndefined()
})

test('Parquet in Hive folders by the hour', () => {
  const table = tableOf(`
    CREATE EXTERNAL TABLE hourly (srcaddr string, bytes bigint)
    PARTITIONED BY (\`aws-account-id\` string, \`aws-service\` string, \`aws-region\` string, \`year\` string, \`hour\` string)
    ROW FORMAT SERDE 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'
    STORED AS INPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat'
      OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat'
    LOCATION 's3://logs/AWSLogs/'
    TBLPROPERTIES ('EXTERNAL'='true', 'skip.header.line.count'='1')`)
  expect(table.format).toBe('parquet')
  expect(table.partitions.map(({ name }) => name)).toEqual(['aws-account-id', 'aws-service', 'aws-region', 'year', 'hour'])
})

test('partition projection of every type', () => {
  const table = tableOf(`
    CREATE EXTERNAL TABLE projected (bytes bigint)
    PARTITIONED BY (accid string, day string, hour string, vpc string)
    ROW FORMAT DELIMITED FIELDS TERMINATED BY ' ' ${place}
    TBLPROPERTIES (
      "projection.enabled" = "true",
      "projection.accid.type" = "enum", "projection.accid.values" = "111122223333, 444455556666",
      "projection.day.type" = "date", "projection.day.range" = "2024/01/01,NOW", "projection.day.format" = "yyyy/MM/dd",
      "projection.hour.type" = "integer", "projection.hour.range" = "00,23", "projection.hour.digits" = "2",
      "projection.vpc.type" = "injected",
      "storage.location.template" = "s3://logs/\${accid}/\${vpc}/\${day}/\${hour}")`)
  expect(table.projection).toEqual({
    columns: {
      accid: { type: 'enum', values: ['111122223333', '444455556666'] },
      day: {
        type: 'date',
        format: 'yyyy/MM/dd',
        from: { kind: 'date', text: '2024/01/01' },
        to: { kind: 'now', distance: 0, unit: 'seconds' },
      },
      hour: { type: 'integer', from: 0, to: 23, interval: 1, digits: 2 },
      vpc: { type: 'injected' },
    },
    template: 's3://logs/${accid}/${vpc}/${day}/${hour}',
  })
})

test.each([
  ['NOW-3YEARS,NOW', { kind: 'now', distance: -3, unit: 'years' }],
  ['NOW - 90 DAYS , NOW+1DAY', { kind: 'now', distance: -90, unit: 'days' }],
  ['2023-01-01,2024-01-01', { kind: 'date', text: '2023-01-01' }],
])('a range of dates: %s', (range, from) => {
  const { projection } = tableOf(`CREATE EXTERNAL TABLE t (a int) PARTITIONED BY (d string) ${place}
    TBLPROPERTIES ('projection.enabled'='TRUE', 'projection.d.type'='date', 'projection.d.range'='${range}',
      'projection.d.format'='yyyy-MM-dd', 'projection.d.interval'='1', 'projection.d.interval.unit'='DAYS')`)
  expect(projection?.columns.d).toMatchObject({ from })
})

test('types, nested ones included', () => {
  const declared = [
    ['integer', 'int', 'integer'],
    ['tinyint', 'tinyint', 'tinyint'],
    ['float', 'float', 'real'],
    ['timestamp', 'timestamp', 'timestamp(3)'],
    ['varchar(20)', 'varchar(20)', 'varchar(20)'],
    ['CHAR( 2 )', 'char(2)', 'char(2)'],
    ['decimal', 'decimal(10,0)', 'decimal(10,0)'],
    ['decimal(38, 4)', 'decimal(38,4)', 'decimal(38,4)'],
    ['array<struct<a:int,b:array<string>>>', 'array<struct<a:int,b:array<string>>>', 'array(row(a integer, b array(varchar)))'],
    ['map<string,bigint>', 'map<string,bigint>', 'map(varchar, bigint)'],
  ]
  const table = tableOf(`CREATE EXTERNAL TABLE t (${declared.map(([type], i) => `c${i} ${type}`).join(', ')}) ${place}`)
  expect(table.columns.map(({ declared: hive, type }) => [hive, type])).toEqual(declared.map(([, hive, type]) => [hive, type]))
})

test('how lines are written, by ROW FORMAT or by the properties of the SerDe', () => {
  const spelt = tableOf(`CREATE EXTERNAL TABLE t (a int)
    ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' NULL DEFINED AS '-' STORED AS TEXTFILE ${place}`)
  const serde = tableOf(`CREATE EXTERNAL TABLE t (a int)
    ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe'
    WITH SERDEPROPERTIES ('field.delim'='\\t', 'serialization.format'='\\t', 'escape.delim'='\\\\', 'serialization.null.format'='-')
    STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
      OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat' ${place}`)
  expect(spelt).toMatchObject({ delimiter: '\t', escape: '\\', nullText: '-' })
  expect(serde).toEqual(spelt)
  expect(tableOf(`CREATE EXTERNAL TABLE t (a int) ${place}`).delimiter).toBe('\u0001')
})

test.each([
  ['(a int,) ' + place, 'sql-syntax', /a column belongs/],
  ['(a int, b text) ' + place, 'sql-syntax', /a type/],
  ['(a-b int) ' + place, 'sql-syntax', /a type/],
  ['(a int)', 'sql-syntax', /LOCATION belongs/],
  [`(a int) ${place} PARTITIONED BY (b int)`, 'sql-syntax', /in this order/],
  ['(a int, A string) ' + place, 'sql-refused', /a stands twice/],
  [`(a int) PARTITIONED BY (a string) ${place}`, 'sql-refused', /a stands twice/],
  [`(a int) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe' ${place}`, 'sql-refused', /SerDe/],
  [`(a int) STORED AS ORC ${place}`, 'sql-refused', /files of this kind/],
  [`(a int) ROW FORMAT DELIMITED STORED AS PARQUET ${place}`, 'sql-refused', /different kinds/],
  [`(a int) ROW FORMAT DELIMITED FIELDS TERMINATED BY ' ' LINES TERMINATED BY ',' ${place}`, 'sql-refused', /line feed/],
  [`(a int) ${place} TBLPROPERTIES ('skip.header.line.count'='one')`, 'sql-refused', /skip.header/],
  [`(a int) ${place} TBLPROPERTIES ('skip.footer.line.count'='1')`, 'sql-refused', /skip.footer/],
  [
    `(a int) PARTITIONED BY (b int) ${place} TBLPROPERTIES ('projection.enabled'='true')`,
    'table-projection',
    /projection\.b\.type/,
  ],
  [
    `(a int) PARTITIONED BY (b string) ${place} TBLPROPERTIES ('projection.enabled'='true', 'projection.b.type'='date',
      'projection.b.range'='$START_RANGE,NOW', 'projection.b.format'='yyyy/MM/dd')`,
    'table-projection',
    /START_RANGE/,
  ],
  [
    `(a int) PARTITIONED BY (b int) ${place} TBLPROPERTIES ('projection.enabled'='true', 'projection.b.type'='integer',
      'projection.b.range'='1,9', 'storage.location.template'='s3://logs/')`,
    'table-projection',
    /where b stands/,
  ],
])('CREATE EXTERNAL TABLE t %s is refused', (rest, code, message) => {
  const fault = faultOf(`CREATE EXTERNAL TABLE t ${rest}`)
  expect(fault).toMatchObject({ code, kind: 'usage' })
  expect(`${fault.message} ${fault.expected ?? ''}`).toMatch(message)
})

const name = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9_]{0,9}$/),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }).map(text => text.toLowerCase()),
)
const text = fc.string({ unit: 'binary', maxLength: 12 })
const declaredType = fc.letrec<{ type: string }>(tie => ({
  type: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom('int', 'bigint', 'string', 'date', 'timestamp', 'double', 'varchar(9)', 'decimal(9,2)'),
    tie('type').map(type => `array<${type}>`),
    fc.tuple(tie('type'), tie('type')).map(([a, b]) => `struct<a:${a},\`b-c\`:${b}>`),
  ),
})).type
const column = fc
  .record({ name, declared: declaredType, comment: text }, { requiredKeys: ['name', 'declared'] })
  .map(one => ({ ...one, type: '' }))

test('a printed table reads as the same table', () => {
  const definition = fc.record(
    {
      name,
      comment: text,
      all: fc.uniqueArray(column, { minLength: 1, maxLength: 6, selector: ({ name }) => name }),
      split: fc.nat({ max: 5 }),
      format: fc.constantFrom('text' as const, 'parquet' as const),
      delimiter: text,
      escape: text,
      nullText: text,
      location: text.filter(location => location.trim() !== ''),
      properties: fc.dictionary(text, text, { maxKeys: 4, noNullPrototype: true }),
    },
    { requiredKeys: ['name', 'all', 'split', 'format', 'delimiter', 'location', 'properties'] },
  )
  fc.assert(
    fc.property(definition, ({ all, split, ...table }) => {
      const columns = all.slice(0, Math.max(1, all.length - split))
      const printed = printTable({ ...table, columns, partitions: all.slice(columns.length), skipHeaderLines: 0 })
      const read = tableOf(printed)
      expect(read.text).toBe(printed)
      expect(tableOf(read.text)).toEqual(read)
      expect(read).toMatchObject({ name: table.name, location: table.location, properties: table.properties })
      expect([...read.columns, ...read.partitions].map(({ name, declared }) => [name, declared])).toEqual(
        all.map(({ name, declared }) => [name, declared]),
      )
    }),
  )
})

test('printed partitions and views read as the same', () => {
  const partition = fc.record(
    { values: fc.dictionary(name, text, { minKeys: 1, maxKeys: 3, noNullPrototype: true }), location: text },
    { requiredKeys: ['values'] },
  )
  fc.assert(
    fc.property(name, fc.array(partition, { minLength: 1, maxLength: 4 }), (table, partitions) => {
      expect(statementsOf(printPartitions(table, partitions))).toMatchObject([
        { kind: 'add-partition', table, ifNotExists: true, partitions },
      ])
    }),
  )
  const sql = `SELECT '\\' AS "a;b" -- last`
  expect(statementsOf(`${printView('my "view"', sql)};`)).toMatchObject([
    { kind: 'create-view', name: 'my "view"', sql: `SELECT '\\' AS "a;b"` },
  ])
})
