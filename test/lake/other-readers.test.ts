import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, type SchemaElement } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { inEmptyFolder, weir } from '../cli/logs.js'

inEmptyFolder()

const fields =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status vpc-id tcp-flags type pkt-srcaddr region flow-direction traffic-path a-field-of-tomorrow'
const largest = 2n ** 63n - 1n
const lines = [
  `5 123456789012 eni-1 10.0.0.5 198.51.100.7 50123 443 6 10 4096 1767600000 1767600060 ACCEPT OK vpc-1 3 IPv4 10.0.9.9 us-east-1 egress 8 new`,
  `5 123456789012 eni-1 2001:db8::5 2001:db8::7 0 0 58 ${largest} ${largest} 1767600001 1767600061 REJECT OK vpc-1 - IPv6 - us-east-1 ingress - größer`,
  `5 123456789012 eni-2 - - - - - - - 1767600000 1767600060 - NODATA vpc-1 - - - us-east-1 - - -`,
]

/** What AWS writes into Parquet, of these fields; the rest is text. */
const PHYSICAL: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['version', 'srcport', 'dstport', 'protocol', 'tcp_flags', 'traffic_path'].map(name => [name, 'INT32'])),
  ...Object.fromEntries(['packets', 'bytes', 'start', 'end'].map(name => [name, 'INT64'])),
}
/** They stand in the path, as in every Hive table, and not in the file. */
const PARTITIONED = ['account_id', 'region']

const partSchema = z.object({
  batch: z.string(),
  parts: z.number(),
  sorted: z.boolean(),
  objects: z.array(z.object({ object: z.string(), rows: z.number() })),
})

const rowSchema = z.looseObject({ srcaddr: z.string().nullable(), src_key: z.instanceof(Uint8Array).nullable() })

/** The one part of the lake, as hyparquet sees it. */
async function partOf(lake: string) {
  const parts = readdirSync(join(lake, 'records'), { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.parquet'),
  )
  const [path = ''] = parts
  expect(parts).toEqual([
    expect.stringMatching(/^account_id=123456789012\/region=us-east-1\/date=2026-01-05\/[^/_.][^/]*\.parquet$/),
  ])
  const file = await asyncBufferFromFile(join(lake, 'records', path))
  const metadata = await parquetMetadataAsync(file)
  // `utf8: false` leaves bytes that no type calls text as they are.
  const rows = z.array(rowSchema).parse(await parquetReadObjects({ file, metadata, compressors, utf8: false }))
  return { metadata, rows }
}

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))
const byKeyAndSource = (a: { srcaddr: string | null }, b: { srcaddr: string | null }): number =>
  (a.srcaddr ?? '') < (b.srcaddr ?? '') ? -1 : 1

describe.each(['as it was ingested', 'compacted'])('a part of a lake, %s, in hyparquet', state => {
  const lake = state.replaceAll(' ', '-')
  let part: Awaited<ReturnType<typeof partOf>>
  beforeAll(async () => {
    writeFileSync('one.log', [fields, ...lines.slice(0, 2), ''].join('\n'))
    writeFileSync('two.log', [fields, ...lines.slice(2), ''].join('\n'))
    // Of two runs there are two parts, which compaction makes one.
    const runs = state === 'compacted' ? [['one.log'], ['two.log']] : [['one.log', 'two.log']]
    for (const sources of runs)
      expect(await weir(['ingest', ...sources, '--lake', lake, '--quiet'])).toMatchObject({ code: 0, stderr: '' })
    if (state === 'compacted')
      expect(await weir(['lake', 'compact', '--lake', lake, '--quiet'])).toMatchObject({ code: 0, stderr: '' })
    part = await partOf(lake)
  })

  test("has the types of AWS's own Parquet", () => {
    const [, ...columns] = part.metadata.schema
    const typeOf = ({ type, converted_type, logical_type }: SchemaElement) =>
      type === 'BYTE_ARRAY' && (converted_type === 'UTF8' || logical_type?.type === 'STRING') ? 'text' : type
    const types = Object.fromEntries(columns.map(column => [column.name, typeOf(column)]))
    const wanted = fields.split(' ').map(name => name.replaceAll('-', '_'))
    expect(types).toEqual({
      ...Object.fromEntries(wanted.filter(name => !PARTITIONED.includes(name)).map(name => [name, PHYSICAL[name] ?? 'text'])),
      src_key: 'BYTE_ARRAY',
      dst_key: 'BYTE_ARRAY',
      source_object: 'text',
    })
  })

  test('names its source objects', () => {
    const entry = part.metadata.key_value_metadata?.find(({ key }) => key === 'weir')
    const { parts, sorted, objects } = partSchema.parse(JSON.parse(entry?.value ?? ''))
    expect({ parts, sorted }).toEqual({ parts: 1, sorted: state === 'compacted' })
    expect(objects).toEqual([
      { object: join(process.cwd(), 'one.log'), rows: 2 },
      { object: join(process.cwd(), 'two.log'), rows: 1 },
    ])
  })

  test('has the rows of the logs', () => {
    const own = { version: 5, vpc_id: 'vpc-1', traffic_path: null }
    const one = join(process.cwd(), 'one.log')
    expect(part.rows.toSorted(byKeyAndSource)).toEqual([
      {
        ...{ ...own, interface_id: 'eni-2', srcaddr: null, dstaddr: null, srcport: null, dstport: null, protocol: null },
        ...{ packets: null, bytes: null, start: 1767600000n, end: 1767600060n, action: null, log_status: 'NODATA' },
        ...{ tcp_flags: null, type: null, pkt_srcaddr: null, flow_direction: null, a_field_of_tomorrow: null },
        ...{ src_key: null, dst_key: null, source_object: join(process.cwd(), 'two.log') },
      },
      {
        ...{
          ...own,
          interface_id: 'eni-1',
          srcaddr: '10.0.0.5',
          dstaddr: '198.51.100.7',
          srcport: 50123,
          dstport: 443,
          protocol: 6,
        },
        ...{ packets: 10n, bytes: 4096n, start: 1767600000n, end: 1767600060n, action: 'ACCEPT', log_status: 'OK' },
        ...{
          tcp_flags: 3,
          type: 'IPv4',
          pkt_srcaddr: '10.0.9.9',
          flow_direction: 'egress',
          traffic_path: 8,
          a_field_of_tomorrow: 'new',
        },
        // Of the packet's own address where there is one.
        ...{
          src_key: bytes('00000000000000000000ffff0a000909'),
          dst_key: bytes('00000000000000000000ffffc6336407'),
          source_object: one,
        },
      },
      {
        ...{
          ...own,
          interface_id: 'eni-1',
          srcaddr: '2001:db8::5',
          dstaddr: '2001:db8::7',
          srcport: 0,
          dstport: 0,
          protocol: 58,
        },
        ...{ packets: largest, bytes: largest, start: 1767600001n, end: 1767600061n, action: 'REJECT', log_status: 'OK' },
        ...{ tcp_flags: null, type: 'IPv6', pkt_srcaddr: null, flow_direction: 'ingress', a_field_of_tomorrow: 'größer' },
        ...{
          src_key: bytes('20010db8000000000000000000000005'),
          dst_key: bytes('20010db8000000000000000000000007'),
          source_object: one,
        },
      },
    ])
  })

  if (state === 'compacted')
    test('is sorted by hour and address of the source', () => {
      const keys = part.rows.map(({ src_key }) => Buffer.from(src_key ?? []).toString('hex'))
      expect(keys.filter(key => key !== '')).toEqual(keys.filter(key => key !== '').toSorted())
    })
})
