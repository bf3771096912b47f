import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { answers, line, ownFolder, run, v2, V2, withEngine, writeLogs, type RecordFields } from './world.js'

const tutorial = new URL('../../../shared/reference/tutorial.sql', import.meta.url)
const folder = ownFolder()
const from = 's3://example_bucket/prefix/AWSLogs/{subscribe_account_id}/vpcflowlogs/{region_code}/'

const at = (time: string): RecordFields => ({ start: Date.parse(time) / 1000, end: Date.parse(time) / 1000 + 60 })

/** The logs of two days, the first of them longer ago than the last seven days that the third query looks at. */
const days: Readonly<Record<string, RecordFields[]>> = {
  '2026-01-05': [
    { ...at('2026-01-05T10:00:00Z'), srcaddr: '203.0.113.9', srcport: 50001, dstaddr: '10.0.0.4', dstport: 3389, bytes: 7 },
    { ...at('2026-01-05T09:00:00Z'), srcaddr: '203.0.113.9', srcport: 50000, dstaddr: '10.0.0.3', dstport: 22, bytes: 5 },
    { ...at('2026-01-05T11:00:00Z'), dstaddr: '198.51.100.1', packets: 1000, bytes: 100 },
  ],
  '2026-01-14': [
    { ...at('2026-01-14T08:00:00Z'), srcaddr: '10.0.0.3', srcport: 22, dstaddr: '203.0.113.9', dstport: 50000, bytes: 11 },
    { ...at('2026-01-14T09:00:00Z'), dstaddr: '198.51.100.2', packets: 3, bytes: 200 },
    { ...at('2026-01-14T10:00:00Z'), dstaddr: '198.51.100.3', packets: 2, bytes: 300 },
    { ...at('2026-01-14T11:00:00Z'), dstaddr: '198.51.100.3', packets: 2, bytes: 400 },
  ],
}
const nodata = line(V2, {
  ...{ srcaddr: '-', dstaddr: '-', srcport: '-', dstport: '-', protocol: '-', packets: '-', bytes: '-', action: '-' },
  ...{ ...at('2026-01-14T12:00:00Z'), 'log-status': 'NODATA' },
})
const text = (day: string): string => v2(...(days[day] ?? [])) + (day === '2026-01-14' ? `${nodata}\n` : '')

const layouts: readonly [string, (day: string) => string][] = [
  ["AWS's folders", day => `${day.replaceAll('-', '/')}/123456789012_vpcflowlogs_eu-west-1_fl-1_${day}.log.gz`],
  ["Hive's folders", day => `dt=${day}/a.log.gz`],
  ['files alone', day => `${day}.log`],
]

describe.skipIf(!existsSync(tutorial)).each(layouts)('the tutorial word for word, over %s', (name, pathOf) => {
  const to = writeLogs(join(folder, name), Object.fromEntries(Object.keys(days).map(day => [pathOf(day), text(day)])))
  const options = { maps: [{ from, to }], now: new Date('2026-01-15T12:00:00Z') }
  const script = existsSync(tutorial) ? readFileSync(tutorial, 'utf8') : ''
  const day = (date: string): string | null => (name === 'files alone' ? null : date)

  test('SSH and RDP activity, oldest first', async () => {
    const [created, activity] = await answers(script, options)
    expect(created).toEqual([])
    expect(activity?.map(row => [row['sourceport'], row['destinationport'], row['dt']])).toEqual([
      [50000, 22, day('2026-01-05')],
      [50001, 3389, day('2026-01-05')],
      [22, 50000, day('2026-01-14')],
    ])
    expect(activity?.[0]).toEqual({
      version: 2,
      account: '123456789012',
      interfaceid: 'eni-0a1b2c3d4e5f60718',
      sourceaddress: '203.0.113.9',
      destinationaddress: '10.0.0.3',
      sourceport: 50000,
      destinationport: 22,
      protocol: 6,
      numpackets: 10,
      numbytes: 5,
      starttime: 1767603600,
      endtime: 1767603660,
      action: 'ACCEPT',
      logstatus: 'OK',
      dt: day('2026-01-05'),
    })
  })

  test('top ten addresses by bytes', async () => {
    const [, , top] = await answers(script, options)
    const sums = top?.map(row => [row['ip'], row['total_bytes']])
    expect(sums?.slice(0, 5)).toEqual([
      ['10.0.0.1', 1000],
      ['198.51.100.3', 700],
      ['198.51.100.2', 200],
      ['198.51.100.1', 100],
      ['203.0.113.9', 23],
    ])
    expect(new Set(sums?.map(([, bytes]) => bytes))).toContain(16)
  })

  test('HTTPS servers of the last seven days, by a date that the table does not show', async () => {
    const [, , , servers] = await answers(script, options)
    expect(servers).toEqual([
      { packetcount: 4, destinationaddress: '198.51.100.3' },
      { packetcount: 3, destinationaddress: '198.51.100.2' },
    ])
    const later = await answers(script, { ...options, now: new Date('2026-02-15T00:00:00Z') })
    expect(later.at(-1)).toEqual([])
  })

  test('the table, its columns and its partitions', async () => {
    await withEngine(options, async engine => {
      await run(engine, script)
      const [shown, described, partitions, dates] = await run(
        engine,
        `SHOW COLUMNS IN vpc_flow_logs; DESCRIBE vpc_flow_logs; SHOW PARTITIONS vpc_flow_logs;
         SELECT date, count(*) AS records FROM vpc_flow_logs GROUP BY date ORDER BY date`,
      )
      expect(shown?.map(row => row['field'])).not.toContain('date')
      expect(described?.at(-1)).toEqual({ col_name: 'dt', data_type: 'varchar' })
      expect(described).toHaveLength(15)
      expect(partitions).toEqual(
        name === 'files alone'
          ? [{ partition: 'dt=__HIVE_DEFAULT_PARTITION__' }]
          : [{ partition: 'dt=2026-01-05' }, { partition: 'dt=2026-01-14' }],
      )
      expect(dates).toEqual([
        { date: '2026-01-05', records: 3 },
        { date: '2026-01-14', records: 5 },
      ])
    })
  })
})
