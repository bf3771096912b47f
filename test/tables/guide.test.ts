import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { answer, answers, ownFolder, v2, v5, withEngine, run, writeLogs, writeParquet, type RecordFields } from './world.js'

/*
 * The kinds of tables and questions that AWS's guide to VPC flow logs in Athena has, in words of our own.
 */

const folder = ownFolder()
const now = new Date('2026-01-15T12:00:00Z')
const at = (time: string): RecordFields => ({ start: Date.parse(time) / 1000, end: Date.parse(time) / 1000 + 60 })
const bucket = (to: string) => ({ maps: [{ from: 's3://bucket/', to }], now })

/** The columns that the guide's tables have in common. */
const columns = `version int, account_id string, interface_id string, srcaddr string, dstaddr string, srcport int, dstport int,
  protocol bigint, packets bigint, bytes bigint, start bigint, \`end\` bigint, action string, log_status string, vpc_id string,
  subnet_id string, instance_id string, tcp_flags int, type string, pkt_srcaddr string, pkt_dstaddr string, region string,
  az_id string, sublocation_type string, sublocation_id string, pkt_src_aws_service string, pkt_dst_aws_service string,
  flow_direction string, traffic_path int`
const withoutRegion = columns.replace('region string,', '')
const parquet = `ROW FORMAT SERDE 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'
  STORED AS INPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat'
  OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat'`

describe('a table of text by day', () => {
  const root = join(folder, 'text')
  const prefix = 'AWSLogs/123456789012/vpcflowlogs/eu-west-1'
  const table = `CREATE EXTERNAL TABLE IF NOT EXISTS \`vpc_flow_logs\` (${columns})
    PARTITIONED BY (\`date\` date) ROW FORMAT DELIMITED FIELDS TERMINATED BY ' '
    LOCATION 's3://bucket/${prefix}/' TBLPROPERTIES ("skip.header.line.count"="1");`
  const add = (day: string, place = day) => `ALTER TABLE vpc_flow_logs ADD PARTITION (\`date\`='${day}')
    LOCATION 's3://bucket/${prefix}/${place.replaceAll('-', '/')}';`

  beforeAll(() => {
    writeLogs(join(root, prefix), {
      // A Monday and a Thursday.
      '2026/01/05/a.log.gz': v5(
        { ...at('2026-01-05T10:00:00Z'), action: 'REJECT', srcaddr: '10.117.0.1', packets: 2 },
        { ...at('2026-01-05T11:00:00Z'), action: 'REJECT', protocol: 17 },
        { ...at('2026-01-05T23:59:50Z'), dstaddr: '198.51.100.1', packets: 500 },
      ),
      '2026/01/08/a.log.gz': v5(
        { ...at('2026-01-08T10:00:00Z'), action: 'REJECT', srcaddr: '10.118.0.1' },
        { ...at('2026-01-08T10:00:00Z'), dstaddr: '198.51.100.2', packets: 3 },
      ),
      '2026/01/14/a.log.gz': v5(
        { ...at('2026-01-14T10:00:00Z'), dstaddr: '198.51.100.2', packets: 4 },
        { ...at('2026-01-14T10:00:01Z'), dstaddr: '198.51.100.3', packets: 5 },
        { ...at('2026-01-14T10:00:02Z'), dstport: 80, packets: 9000 },
      ),
    })
  })

  test('the partitions that were added hide the rest, and each has its own place', async () => {
    const script = `${table}${add('2026-01-05')}${add('2026-01-08')}${add('2026-01-09')}
      SHOW PARTITIONS vpc_flow_logs; SELECT "date", count(*) AS n FROM vpc_flow_logs GROUP BY 1 ORDER BY 1`
    const [, , , , partitions, days] = await answers(script, bucket(root))
    expect(days).toEqual([
      { date: '2026-01-05', n: 3 },
      { date: '2026-01-08', n: 2 },
    ])
    // One that holds nothing yet is a partition too.
    expect(partitions?.map(row => row['partition'])).toEqual(['date=2026-01-05', 'date=2026-01-08', 'date=2026-01-09'])
  })

  test('without them all days show', async () => {
    const rows = await answer(`${table} SELECT DISTINCT date FROM vpc_flow_logs ORDER BY date DESC LIMIT 100`, bucket(root))
    expect(rows).toEqual([{ date: '2026-01-14' }, { date: '2026-01-08' }, { date: '2026-01-05' }])
  })

  test('the date is the one that the partition says', async () => {
    const rows = await answer(
      `${table}${add('2030-01-01', '2026-01-05')} SELECT DISTINCT "date" FROM vpc_flow_logs`,
      bucket(root),
    )
    expect(rows).toEqual([{ date: '2030-01-01' }])
  })

  test.each([
    [
      'rejected TCP by the day of the week',
      `SELECT day_of_week(date) AS day, date, interface_id, srcaddr, action, protocol FROM vpc_flow_logs
       WHERE action = 'REJECT' AND protocol = 6 ORDER BY date LIMIT 100`,
      [
        { day: 1, date: '2026-01-05', srcaddr: '10.117.0.1', action: 'REJECT', protocol: 6 },
        { day: 4, date: '2026-01-08', srcaddr: '10.118.0.1', action: 'REJECT', protocol: 6 },
      ],
    ],
    [
      'HTTPS servers by packets in the last seven days',
      `SELECT sum(packets) AS packetcount, dstaddr FROM vpc_flow_logs
       WHERE dstport = 443 AND date > current_date - interval '7' day GROUP BY dstaddr ORDER BY packetcount DESC LIMIT 10`,
      [
        { packetcount: 5, dstaddr: '198.51.100.3' },
        { packetcount: 4, dstaddr: '198.51.100.2' },
      ],
    ],
    [
      'a span of time, told in ISO 8601',
      `SELECT dstaddr, to_iso8601(from_unixtime(start)) AS begun FROM vpc_flow_logs
       WHERE to_iso8601(from_unixtime(start)) BETWEEN '2026-01-05T23:00' AND '2026-01-06T01:00'`,
      [{ dstaddr: '198.51.100.1', begun: '2026-01-05T23:59:50.000Z' }],
    ],
    [
      'networks by their octets',
      `SELECT srcaddr, split_part(srcaddr, '.', 2) AS second FROM vpc_flow_logs
       WHERE split_part(srcaddr, '.', 1) = '10' AND split_part(srcaddr, '.', 2) = '117'`,
      [{ srcaddr: '10.117.0.1', second: '117' }],
    ],
    [
      'the bytes of each ENI by day',
      `SELECT interface_id AS eni, date_format(from_unixtime(start), '%Y-%m-%d') AS day, count(*) AS records, sum(bytes) AS total
       FROM vpc_flow_logs GROUP BY 1, 2 ORDER BY 2`,
      [
        { eni: 'eni-0a1b2c3d4e5f60718', day: '2026-01-05', records: 3, total: 3000 },
        { eni: 'eni-0a1b2c3d4e5f60718', day: '2026-01-08', records: 2, total: 2000 },
        { eni: 'eni-0a1b2c3d4e5f60718', day: '2026-01-14', records: 3, total: 3000 },
      ],
    ],
  ])('%s', async (_, sql, rows) => {
    expect(await answer(`${table} ${sql}`, bucket(root))).toMatchObject(rows)
    expect(await answer(`${table} SELECT count(*) AS n FROM (${sql})`, bucket(root))).toEqual([{ n: rows.length }])
  })
})

describe('partitions by projection', () => {
  const root = join(folder, 'projected')
  const text = `CREATE EXTERNAL TABLE logs (${withoutRegion})
    PARTITIONED BY (accid string, region string, day string) ROW FORMAT DELIMITED FIELDS TERMINATED BY ' '
    LOCATION 's3://bucket/AWSLogs/'
    TBLPROPERTIES ("skip.header.line.count"="1", "projection.enabled"="true",
      "projection.accid.type"="enum", "projection.accid.values"="111111111111,222222222222",
      "projection.region.type"="enum", "projection.region.values"="eu-west-1,us-east-1",
      "projection.day.type"="date", "projection.day.range"="2026/01/05,NOW", "projection.day.format"="yyyy/MM/dd",
      "storage.location.template"="s3://bucket/AWSLogs/\${accid}/vpcflowlogs/\${region}/\${day}");`
  const place = (account: string, region: string, day: string) => `AWSLogs/${account}/vpcflowlogs/${region}/${day}/a.log.gz`

  beforeAll(() => {
    writeLogs(root, {
      [place('111111111111', 'eu-west-1', '2026/01/05')]: v5({ bytes: 1, region: 'eu-west-1' }),
      [place('222222222222', 'us-east-1', '2026/01/15')]: v5({ bytes: 2, region: 'us-east-1' }),
      // Beyond what is projected: another account, another region, before the range, after today.
      [place('333333333333', 'eu-west-1', '2026/01/05')]: v5({ bytes: 16 }),
      [place('111111111111', 'ap-south-1', '2026/01/05')]: v5({ bytes: 32 }),
      [place('111111111111', 'eu-west-1', '2026/01/04')]: v5({ bytes: 64 }),
      [place('111111111111', 'eu-west-1', '2026/01/16')]: v5({ bytes: 128 }),
    })
  })

  test('by account, region and day: what the rules do not name is not there', async () => {
    const rows = await answer(`${text} SELECT accid, region, day, bytes FROM logs ORDER BY bytes`, bucket(root))
    expect(rows).toEqual([
      { accid: '111111111111', region: 'eu-west-1', day: '2026/01/05', bytes: 1 },
      { accid: '222222222222', region: 'us-east-1', day: '2026/01/15', bytes: 2 },
    ])
    expect(
      await answer(`${text} SELECT bytes FROM logs WHERE day >= '2026/01/10' AND region = 'us-east-1'`, bucket(root)),
    ).toEqual([{ bytes: 2 }])
  })

  test('the columns after a region that the table leaves out of its list are not shifted', async () => {
    const rows = await answer(
      `${text} SELECT pkt_dstaddr, az_id, pkt_src_aws_service, flow_direction, traffic_path FROM logs WHERE bytes = 1`,
      bucket(root),
    )
    expect(rows).toEqual([
      { pkt_dstaddr: '10.9.9.2', az_id: 'euw1-az1', pkt_src_aws_service: 'S3', flow_direction: 'egress', traffic_path: 8 },
    ])
  })

  test('hourly Parquet: region, date and hour', async () => {
    const hours = join(folder, 'hours')
    const hour = (path: string) => join(hours, 'AWSLogs/111111111111/vpcflowlogs', path, 'a.log.parquet')
    await writeParquet(hour('eu-west-1/2026/01/05/09'), [{ bytes: 1 }])
    await writeParquet(hour('eu-west-1/2026/01/05/23'), [{ bytes: 2 }, { bytes: 3 }])
    await writeParquet(hour('us-east-1/2026/01/06/00'), [{ bytes: 4 }])
    const table = `CREATE EXTERNAL TABLE IF NOT EXISTS hourly (${withoutRegion})
      PARTITIONED BY (region string, date string, hour string) ${parquet}
      LOCATION 's3://bucket/AWSLogs/111111111111/vpcflowlogs/'
      TBLPROPERTIES ("EXTERNAL"="true", "skip.header.line.count"="1", "projection.enabled"="true",
        "projection.region.type"="enum", "projection.region.values"="eu-west-1,us-east-1",
        "projection.date.type"="date", "projection.date.range"="2026/01/01,NOW", "projection.date.format"="yyyy/MM/dd",
        "projection.hour.type"="integer", "projection.hour.range"="00,23", "projection.hour.digits"="2",
        "storage.location.template"="s3://bucket/AWSLogs/111111111111/vpcflowlogs/\${region}/\${date}/\${hour}");`
    const rows = await answer(
      `${table} SELECT region, date, hour, sum(bytes) AS total, max(pkt_srcaddr) AS pkt FROM hourly GROUP BY 1, 2, 3 ORDER BY 4`,
      bucket(hours),
    )
    expect(rows).toEqual([
      { region: 'eu-west-1', date: '2026/01/05', hour: '09', total: 1, pkt: '10.9.9.1' },
      { region: 'us-east-1', date: '2026/01/06', hour: '00', total: 4, pkt: '10.9.9.1' },
      { region: 'eu-west-1', date: '2026/01/05', hour: '23', total: 5, pkt: '10.9.9.1' },
    ])
  })
})

describe("Parquet in Hive's folders, hour by hour", () => {
  const root = join(folder, 'hive')
  const names = ['aws-account-id', 'aws-service', 'aws-region', 'year', 'month', 'day', 'hour']
  const table = `CREATE EXTERNAL TABLE IF NOT EXISTS hive_logs (${columns})
    PARTITIONED BY (${names.map(name => `\`${name}\` string`).join(', ')}) ${parquet}
    LOCATION 's3://bucket/AWSLogs/' TBLPROPERTIES ('EXTERNAL'='true', 'skip.header.line.count'='1');`
  const place = (hour: string) =>
    join(
      root,
      `AWSLogs/aws-account-id=012345678901/aws-service=vpcflowlogs/aws-region=eu-west-1/year=2026/month=01/day=05/hour=${hour}`,
    )

  beforeAll(async () => {
    await writeParquet(join(place('08'), 'a.log.parquet'), [
      { ...at('2026-01-05T08:00:00Z'), bytes: 1, 'account-id': '012345678901' },
    ])
    await writeParquet(join(place('09'), 'a.log.parquet'), [
      { ...at('2026-01-05T09:00:00Z'), bytes: 2, 'account-id': '012345678901' },
    ])
  })

  test('are found by MSCK REPAIR TABLE, zeros and all', async () => {
    const [, repaired, partitions, rows] = await answers(
      `${table} MSCK REPAIR TABLE hive_logs; SHOW PARTITIONS hive_logs;
       SELECT "aws-account-id", "aws-region", year, month, day, hour, bytes, account_id, region, traffic_path FROM hive_logs ORDER BY hour`,
      bucket(root),
    )
    expect(repaired).toEqual([])
    const path = 'aws-account-id=012345678901/aws-service=vpcflowlogs/aws-region=eu-west-1/year=2026/month=01/day=05'
    expect(partitions).toEqual([{ partition: `${path}/hour=08` }, { partition: `${path}/hour=09` }])
    const common = { 'aws-account-id': '012345678901', 'aws-region': 'eu-west-1', year: '2026', month: '01', day: '05' }
    expect(rows).toEqual([
      { ...common, hour: '08', bytes: 1, account_id: '012345678901', region: 'eu-west-1', traffic_path: 8 },
      { ...common, hour: '09', bytes: 2, account_id: '012345678901', region: 'eu-west-1', traffic_path: 8 },
    ])
  })

  test('one hour of them', async () => {
    const sql = `SELECT count(*) AS n FROM hive_logs WHERE year = '2026' AND month = '01' AND day = '05' AND hour = '09'`
    expect(await answer(`${table} ${sql}`, bucket(root))).toEqual([{ n: 1 }])
  })

  test('read as a source they have the columns of records and no others', async () => {
    await withEngine({ sources: [root] }, async engine => {
      const [rows] = await run(engine, 'SELECT * FROM records ORDER BY bytes')
      expect(rows?.map(row => [row['account_id'], row['bytes']])).toEqual([
        ['012345678901', 1],
        ['012345678901', 2],
      ])
      expect(Object.keys(rows?.[0] ?? {})).not.toContain('hour')
    })
  })
})

test('SHOW and DESCRIBE see what there is', async () => {
  const root = writeLogs(join(folder, 'shown'), { 'dt=2026-01-05/a.log': v2({}), 'dt=2026-01-06/a.log': v2({}) })
  const [, , tables, some, columns, described, partitions] = await answers(
    `CREATE EXTERNAL TABLE mine (version int, account_id string, \`end\` bigint) PARTITIONED BY (dt date)
       ROW FORMAT DELIMITED FIELDS TERMINATED BY ' ' LOCATION 's3://bucket/';
     CREATE VIEW my_days AS SELECT DISTINCT dt FROM mine;
     SHOW TABLES; SHOW TABLES 'my*'; SHOW COLUMNS IN mine; DESCRIBE mine; SHOW PARTITIONS mine`,
    bucket(root),
  )
  expect(tables?.map(row => row['tab_name'])).toEqual(
    expect.arrayContaining(['flows', 'mine', 'my_days', 'records', 'vpc_flow_logs']),
  )
  expect(some).toEqual([{ tab_name: 'my_days' }])
  expect(columns?.map(row => row['field'])).toEqual(['version', 'account_id', 'end', 'dt'])
  expect(described).toContainEqual({ col_name: 'dt', data_type: 'date' })
  expect(partitions).toEqual([{ partition: 'dt=2026-01-05' }, { partition: 'dt=2026-01-06' }])
})
