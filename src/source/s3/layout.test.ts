import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accountOf, isOtherService, placeOf, stretchesOf } from './layout.js'

const DAY = 86_400_000
const REGION = 'AWSLogs/111111111111/vpcflowlogs/us-east-1/'

describe('where a prefix leads', () => {
  test.each([
    ['', { level: 'above' }],
    ['team/net/', { level: 'above' }],
    ['team/AWSLogs/', { level: 'logs' }],
    ['AWSLogs/o-a1b2c3d4e5/', { level: 'logs' }],
    ['AWSLogs/111111111111/', { level: 'account', account: '111111111111' }],
    ['AWSLogs/o-a1b2c3d4e5/111111111111/vpcflowlogs/', { level: 'service', account: '111111111111' }],
    [REGION, { level: 'region', account: '111111111111', region: 'us-east-1', hive: false }],
    [
      'AWSLogs/aws-account-id=111111111111/service=vpcflowlogs/aws-region=eusc-de-east-1/',
      { level: 'region', region: 'eusc-de-east-1', hive: true },
    ],
    [`${REGION}2026/04/`, { level: 'date', regionPrefix: REGION }],
    ['AWSLogs/111111111111/CloudTrail/us-east-1/', { level: 'other', account: '111111111111' }],
  ])('%s', (prefix, place) => {
    expect(placeOf(prefix)).toMatchObject({ prefix, ...place })
  })

  test('the account of a key, and what other services wrote', () => {
    expect(accountOf(`${REGION}2026/04/01/file.log.gz`)).toBe('111111111111')
    expect(accountOf('exports/111111111111/file.gz')).toBeUndefined()
    expect(isOtherService('AWSLogs/111111111111/elasticloadbalancing/us-east-1/2026/04/01/a.log.gz')).toBe(true)
    expect(isOtherService(`${REGION}odd/a.log.gz`)).toBe(false)
    expect(isOtherService('vpcflowlogs/a.log.gz')).toBe(false)
  })
})

/** Whether S3 would tell of a key. */
const tells = (stretches: ReturnType<typeof stretchesOf>, key: string) =>
  stretches.filter(({ prefix, after = '', before = '\uffff' }) => key.startsWith(prefix) && key > after && key < before).length

test('days from the first to the last, late ones included, are listed once, and no others', () => {
  const time = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) })
  const span = fc.oneof(fc.integer({ min: 0, max: 5 * DAY }), fc.integer({ min: 0, max: 400 * DAY }))
  fc.assert(
    fc.property(time, span, span, fc.boolean(), fc.integer({ min: -500, max: 500 }), (start, length, lookBack, hive, apart) => {
      const place = placeOf(hive ? 'AWSLogs/aws-account-id=111111111111/aws-service=vpcflowlogs/aws-region=us-east-1/' : REGION)
      const since = new Date(start)
      const until = new Date(start + length)
      const delivered = start + apart * DAY
      const [year, month, date] = new Date(delivered).toISOString().slice(0, 10).split('-')
      const key = `${place.prefix}${hive ? `year=${year}/month=${month}/day=${date}/hour=07/` : `${year}/${month}/${date}/`}x.log.gz`
      const dayOf = (time: number) => Math.floor(time / DAY)
      const isAfter = dayOf(delivered) >= dayOf(start - lookBack)
      const isBefore = dayOf(delivered) <= dayOf(start + length + lookBack)
      expect(tells(stretchesOf(place, { since, until, lookBack }), key)).toBe(isAfter && isBefore ? 1 : 0)
      expect(tells(stretchesOf(place, { since, lookBack }), key)).toBe(isAfter ? 1 : 0)
      expect(tells(stretchesOf(place, { until, lookBack }), key)).toBe(isBefore ? 1 : 0)
      expect(tells(stretchesOf(place, { lookBack }), key)).toBe(1)
    }),
  )
})
