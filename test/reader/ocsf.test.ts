import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WRITERS, writeParquet, type Columns, type Event } from './ocsf.js'
import { read, type Row } from './read.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weir-ocsf-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let written = 0
const path = (suffix: string): string => join(folder, `log-${written++}.${suffix}`)

/** A value, and now and then nothing, said in one of the ways in which OCSF says so. */
const seldom = <T>(value: fc.Arbitrary<T>, ...nothings: (T | null | undefined)[]): fc.Arbitrary<T | null | undefined> =>
  fc.oneof(
    { weight: 8, arbitrary: value },
    { weight: 1, arbitrary: fc.constantFrom<T | null | undefined>(null, undefined, ...nothings) },
  )

const whole = (max: number) => seldom(fc.nat(max))
const text = seldom(fc.stringMatching(/^[a-z0-9:/-]{1,12}( [a-z]{1,5})?$/), '-', '')
const address = seldom(fc.oneof(fc.ipV4(), fc.ipV6()), '-')
const seconds = fc.integer({ min: 1_500_000_000, max: 1_999_999_000 })

const endPoint = fc.record({
  ip: address,
  port: whole(65_535),
  intermediate_ips: seldom(fc.array(fc.ipV4(), { maxLength: 2 })),
  interface_uid: text,
  vpc_uid: text,
  subnet_uid: text,
  instance_uid: text,
  svc_name: text,
})

const dated = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('T', ' ').replace('.000Z', '+00:00')

/** Times as one version of the source or the other says them. */
const times = fc
  .tuple(seconds, fc.nat(600), fc.boolean())
  .map(([start, length, datetime]) =>
    datetime
      ? { start_time_dt: dated(start), end_time_dt: dated(start + length) }
      : { start_time: start * 1000, end_time: (start + length) * 1000 },
  )

const verdict = fc.constantFrom(
  { action: 'Allowed', disposition: 'Allowed' },
  { action: 'Denied' },
  { disposition: 'Blocked' },
  { action: 'Unknown', disposition: null },
  {},
)

const events: fc.Arbitrary<Event> = fc
  .record({
    class_uid: fc.oneof(
      { weight: 9, arbitrary: fc.constant(4001) },
      { weight: 1, arbitrary: fc.constantFrom(4003, null, undefined) },
    ),
    metadata: fc.record({ product: fc.record({ version: fc.constantFrom('3', '5', '8') }) }),
    cloud: fc.record({
      account: fc.constant({ uid: '111122223333' }),
      account_uid: fc.constant('111122223333'),
      region: text,
      zone: text,
    }),
    src_endpoint: endPoint,
    dst_endpoint: endPoint,
    connection_info: fc.record({
      protocol_num: whole(255),
      tcp_flags: whole(31),
      protocol_ver: fc.constantFrom('IPv4', 'IPv6'),
      boundary_id: seldom(fc.integer({ min: 4, max: 11 }), 0, 99),
      direction: seldom(fc.constantFrom('Inbound', 'Outbound'), 'Unknown', '-'),
    }),
    traffic: fc.record({ packets: whole(2 ** 31), bytes: whole(2 ** 31) }),
    time: seconds.map(start => start * 1000),
    status_code: fc.constantFrom('OK', 'OK', 'OK', 'NODATA', 'SKIPDATA'),
    unmapped: seldom(fc.record({ reject_reason: text, ecs_task_id: text }, { requiredKeys: [] })),
  })
  .chain(event => fc.tuple(times, verdict).map(([times, verdict]) => ({ ...event, ...times, ...verdict })))

/** An event without what the columns have no place for. */
const kept = (event: Event, columns: Columns): Event =>
  Object.fromEntries(Object.entries(event).filter(([name]) => name in columns))

const sorted = (rows: readonly Row[]): string[] =>
  rows.map(row => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))).sort()

describe.each(Object.entries(WRITERS))('OCSF events as %s has them', (_, columns) => {
  test('are the same records in Parquet as in JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(events, { minLength: 1, maxLength: 60 }), async events => {
        const [json, parquet] = [path('json'), path('parquet')]
        const lines = events.map(event => kept(event, columns))
        writeFileSync(json, lines.map(event => JSON.stringify(event) + '\n').join(''))
        await writeParquet(parquet, lines, columns)
        const [asJson, asParquet] = [await read([json]), await read([parquet])]
        expect(sorted(asParquet.rows)).toEqual(sorted(asJson.rows))
        expect(asParquet.quarantined.map(({ line }) => line)).toEqual(asJson.quarantined.map(({ line }) => line))
        const { lines: count, records, nodata, skipdata } = asJson.input
        expect(asParquet.input).toMatchObject({ lines: count, records, nodata, skipdata, headers: 0 })
      }),
      { numRuns: 3, seed: Number(process.env.WEIR_SEED ?? 20_260_105) },
    )
  })
})
