import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { openDuckdb, rowsOf } from '../../src/engine/index.js'
import { FIELDS, headerOf, KNOWN_LAYOUTS, type Field, type Layout } from '../../src/format/index.js'
import { read, type Row } from './read.js'

const folder = mkdtempSync(join(tmpdir(), 'weir-bulk-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let written = 0
function file(lines: readonly string[], zipped: boolean): string {
  const path = join(folder, `log-${written++}`)
  const text = lines.map(line => `${line}\n`).join('')
  writeFileSync(path, zipped ? gzipSync(text) : text)
  return path
}

/** Around what each kind of number may be. */
const NUMBERS = ['0', '00', '007', '9', '255', '256', '65535', '65536', '2147483647', '2147483648', '99999999999', '100000000000']
const LARGE = ['123456789012345678', '999999999999999999', '9223372036854775807', '9223372036854775808', '018446744073709551616']
const NO_NUMBERS = ['1e2', '12.5', '+5', '-1', '1_0', '0x1f', '1e', '٣', '5-']

const ADDRESSES = [
  '10.0.0.1',
  '255.255.255.255',
  '0.0.0.0',
  '01.2.3.4',
  '::',
  '::1',
  '1::',
  'fe80::1:2',
  '1:2:3:4:5:6:7:8',
  '1:2:3:4:5:6:7::',
]
const MORE_ADDRESSES = ['2001:DB8::dead:BEEF', 'aa:bb:cc:dd:ee:ff', '::ffff:10.0.0.1', '64:ff9b::192.0.2.33']
const NO_ADDRESSES = [
  '10.0.0.256',
  '10.0.0',
  '10.0.0.1.2',
  '10..0.1',
  '099.1.1.1',
  '1:2:3:4:5:6:7:8:9',
  ':::',
  '1::2::3',
  '1:',
  ':1',
  '12345::',
]
const MORE_NO_ADDRESSES = ['fe80::1%eth0', 'aa:bb:cc:dd:ee:f', '10.0.0.1/8', 'g::1', '1:2:3:4:5:6:7:8::']

/** Tokens that pass, and once in a while one of which only the two readers can say what it is. */
const seldom = (common: fc.Arbitrary<string>, ...edges: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 30, arbitrary: common },
    { weight: 2, arbitrary: fc.constant('-') },
    { weight: 1, arbitrary: fc.constantFrom(...edges) },
  )
const number = (most: bigint): fc.Arbitrary<string> =>
  seldom(fc.bigInt({ min: 0n, max: most }).map(String), ...NUMBERS, ...LARGE, ...NO_NUMBERS)

const times = fc.constantFrom('1767600000', '1767600060', '1767600060', '01767600060')
const action = seldom(fc.constantFrom('ACCEPT', 'REJECT'), 'accept', 'ACCEPTED', 'OK')
const TOKENS: Readonly<Record<Field['kind'], fc.Arbitrary<string>>> = {
  integer: number(2n ** 31n - 1n),
  bigint: number(10n ** 18n),
  count: number(10n ** 18n),
  port: number(65_535n),
  protocol: number(255n),
  time: seldom(times, ...NUMBERS, ...NO_NUMBERS, '17676000600', '1767600060000'),
  action,
  status: seldom(fc.constantFrom('OK', 'OK', 'OK', 'NODATA', 'SKIPDATA'), 'ok', 'NODATAS'),
  address: seldom(
    fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom(...ADDRESSES)),
    ...MORE_ADDRESSES,
    ...NO_ADDRESSES,
    ...MORE_NO_ADDRESSES,
  ),
  text: seldom(
    fc.oneof(fc.stringMatching(/^[!-;=-~]{1,40}$/), fc.constantFrom('x'.repeat(12), 'x'.repeat(13), 'x'.repeat(300))),
    '--',
    'a<b',
    'é',
  ),
}
const token = (field: Field) => TOKENS[field.kind]

const layouts: readonly Layout[] = [
  KNOWN_LAYOUTS['version 2 (default)'] ?? [],
  KNOWN_LAYOUTS['versions 2 to 5, alphabetical'] ?? [],
  FIELDS.filter(({ name }) => ['log-status', 'start', 'end', 'srcaddr', 'bytes', 'tcp-flags', 'vpc-id'].includes(name)),
]

const logs = fc.constantFrom(...layouts).chain(layout =>
  fc.record({
    layout: fc.constant(layout),
    lines: fc.array(
      fc.tuple(...layout.map(token)).map(tokens => tokens.join(' ')),
      { minLength: 1, maxLength: 3 },
    ),
  }),
)

const sorted = (rows: readonly Row[]): string[] => rows.map(row => JSON.stringify(Object.entries(row).sort())).sort()

/** No record of any layout: it has its file read line by line. */
const ODD = 'odd'

test('what is a record in bulk is the same record line by line, and what is none there is none here', async () => {
  await fc.assert(
    fc.asyncProperty(logs, fc.boolean(), async ({ layout, lines }, zipped) => {
      const header = headerOf(layout)
      const inBulk = await read([file([header, ...lines], zipped)], { fields: header })
      const byLine = await read([file([header, ...lines, ODD], zipped)], { fields: header })
      expect(sorted(inBulk.rows)).toEqual(sorted(byLine.rows))
      const spooled = await read([file([header, ...lines, ...lines], zipped)], { fields: header, by: 'spool' })
      expect(sorted(spooled.rows)).toEqual(sorted([...byLine.rows, ...byLine.rows]))
      expect([...inBulk.quarantined, { line: lines.length + 2 }].map(({ line }) => line)).toEqual(
        byLine.quarantined.map(({ line }) => line),
      )
      const { records, nodata, skipdata, headers } = byLine.input
      expect(inBulk.input).toMatchObject({ records, nodata, skipdata, headers })
    }),
    { numRuns: 40, seed: Number(process.env.WEIR_SEED ?? 20_260_105) },
  )
})

test('texts of all lengths and many batches come out as they went in', async () => {
  const layout = KNOWN_LAYOUTS['version 2 (default)'] ?? []
  const lines = Array.from(
    { length: 10_000 },
    (_, i) =>
      `2 ${'a'.repeat(1 + (i % 60))} eni-${i} 10.0.${i >> 8}.${i & 255} 2001:db8::${i.toString(16)} ${i} 22 6 ${i} ${i + 1}000000000 1 2 REJECT OK`,
  )
  const { rows, input } = await read([file([headerOf(layout), ...lines], true)])
  expect(rows.map(row => Object.values(row).map(String).join(' ')).sort()).toEqual([...lines].sort())
  expect(input).toMatchObject({ records: 10_000, headers: 1, quarantined: 0 })
})

test('texts that are too many to remember come out of the spool as they went in', async () => {
  const texts = 220_000
  const lines = Array.from({ length: 2 * texts }, (_, i) => {
    const n = i % texts
    return `2 ${'a'.repeat(1 + (n % 60))} eni-${n} 10.0.${(n >> 8) & 255}.${n & 255} 2001:db8::1:${(n >> 16).toString(16)}:${(n & 65535).toString(16)} 1 22 6 ${n} 1 1 2 REJECT OK`
  })
  const path = file([headerOf(KNOWN_LAYOUTS['version 2 (default)'] ?? []), ...lines], true)
  const sql = `SELECT count(*) AS records, count(DISTINCT interface_id) AS interfaces,
    count_if(interface_id = 'eni-' || CAST(packets AS varchar) AND length(account_id) = 1 + packets % 60) AS same FROM records`
  const engine = await openDuckdb({ sources: [path], threads: 1 })
  try {
    await engine.prepare(['records'])
    expect(await rowsOf(await engine.query(sql))).toEqual([{ records: 2 * texts, interfaces: texts, same: 2 * texts }])
  } finally {
    await engine.close()
  }
})

test('a line of field names is a header, though its layout is all texts', async () => {
  const layout = FIELDS.filter(({ name }) => ['vpc-id', 'subnet-id', 'log-status'].includes(name))
  const lines = [headerOf(layout), 'vpc-1 subnet-1 OK', 'vpc-id srcaddr NODATA']
  const whole = await read([file(lines, false)])
  const odd = await read([file([...lines, ODD], false)])
  expect(odd.rows).toEqual(whole.rows)
})
