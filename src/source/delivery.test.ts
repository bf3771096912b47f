import { expect, test } from 'vitest'
import { deliveryOf } from './delivery.js'

const file = '111122223333_vpcflowlogs_eu-west-1_fl-0a1b2c3d_20260105T0600Z_b047ee87.log'

test('the plain layout, below an organisation and a prefix', () => {
  expect(deliveryOf(`s3://logs/team/AWSLogs/o-abc123/111122223333/vpcflowlogs/eu-west-1/2026/01/05/${file}.gz`)).toEqual({
    place: {
      root: 's3://logs/team/AWSLogs/o-abc123/',
      accountKey: '',
      service: 'vpcflowlogs',
      regionKey: '',
      hive: false,
      hourly: false,
    },
    account: '111122223333',
    region: 'eu-west-1',
    day: '2026/01/05',
    flowLog: 'fl-0a1b2c3d',
    kind: 'text',
  })
})

test("Hive's layout by the hour, in Parquet", () => {
  const folder = 'aws-account-id=111122223333/aws-service=vpcflowlogs/aws-region=us-gov-west-1/year=2026/month=01/day=05/hour=06'
  expect(deliveryOf(`s3://logs/AWSLogs/${folder}/${file}.parquet`)).toMatchObject({
    place: {
      accountKey: 'aws-account-id=',
      service: 'aws-service=vpcflowlogs',
      regionKey: 'aws-region=',
      hive: true,
      hourly: true,
    },
    region: 'us-gov-west-1',
    day: '2026/01/05',
    kind: 'parquet',
  })
})

test.each([
  's3://logs/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/01/05/x.json.gz',
  's3://logs/AWSLogs/111122223333/vpcflowlogs/eu-west-1/2026/01/05/x.json',
  's3://logs/AWSLogs/111122223333/vpcflowlogs/eu-west-1/x.log.gz',
  'labels.ndjson',
])('%s is no delivery', name => {
  expect(deliveryOf(name)).toBeUndefined()
})
