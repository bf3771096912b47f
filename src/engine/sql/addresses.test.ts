import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import fc from 'fast-check'
import { IPv6 } from 'ipaddr.js'
import { beforeAll, expect, test } from 'vitest'
import { installMacros } from './macros.js'
import { translate } from './translate.js'

let connection: DuckDBConnection

beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect()
  await installMacros(connection)
})

/** One query for many values: what it gives for each, in their order. */
async function forEach(expression: string, type: string, values: readonly (string | null)[]): Promise<unknown[]> {
  const lines = values.map((value, i) => `(${i}, ${value === null ? 'NULL' : `'${value}'`})`)
  const sql = `SELECT ${expression} FROM (SELECT i, CAST(t AS ${type}) AS x FROM (VALUES ${lines.join(', ')}) AS v(i, t)) ORDER BY i`
  return (await connection.runAndReadAll(sql)).getRows().map(([value]) => value)
}

const keyOf = (bytes: readonly number[]) => bytes.reduce((key, byte) => key * 256n + BigInt(byte), 0n)
/** Sixteen bytes with the runs of zeros that the short form of addresses is about. */
const sixteen = fc.array(fc.oneof(fc.constant(0), fc.nat(255)), { minLength: 16, maxLength: 16 })
const four = fc.array(fc.nat(255), { minLength: 4, maxLength: 4 })
const mapped = (bytes: readonly number[]) => keyOf([0xff, 0xff, ...bytes])

test('IPv4: the key of the text is the number in ::ffff:0:0/96, and its text the same again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(four, { minLength: 1, maxLength: 200 }), async list => {
      const texts = list.map(bytes => bytes.join('.'))
      expect(await forEach('address_key(x)', 'VARCHAR', texts)).toEqual(list.map(mapped))
      expect(await forEach('address_text(x)', 'UHUGEINT', list.map(mapped).map(String))).toEqual(texts)
    }),
    { numRuns: 10 },
  )
})

test('IPv6: every form of an address has its key, and the key the form of RFC 5952', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(sixteen, { minLength: 1, maxLength: 200 }), async list => {
      const addresses = list.map(bytes => new IPv6(bytes)).filter(address => !address.isIPv4MappedAddress())
      const keys = addresses.map(address => keyOf(address.toByteArray()))
      for (const form of [
        address =>
          address
            .toNormalizedString()
            .split(':')
            .map(group => group.padStart(4, '0'))
            .join(':'),
        address => address.toNormalizedString().toUpperCase(),
        address => address.toRFC5952String(),
      ] satisfies ((address: IPv6) => string)[]) {
        expect(await forEach('address_key(x)', 'VARCHAR', addresses.map(form))).toEqual(keys)
      }
      const texts = await forEach('address_text(x)', 'UHUGEINT', keys.map(String))
      expect(texts).toEqual(addresses.map(address => address.toRFC5952String()))
    }),
    { numRuns: 10 },
  )
})

test('what is no address has no key', async () => {
  const texts = [
    null,
    '',
    '-',
    'localhost',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.1.',
    '010.0.0.1',
    '+1.0.0.1',
    ' 10.0.0.1',
    '1e2.0.0.1',
    '0x1.0.0.1',
    '1_0.0.0.1',
  ]
  const six = [
    ':',
    ':::',
    '1:2',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '12345::',
    'g::',
    ':1::',
    '1:2:3:4:5:6:7:1.2.3.4',
    '::1.2.3',
    '1:2:3:4:5:6:7:8::',
  ]
  const all = [...texts, ...six]
  expect(await forEach('address_key(x)', 'VARCHAR', all)).toEqual(all.map(() => null))
})

test('a dotted end, a mapped address, a zone', async () => {
  const texts = ['::ffff:1.2.3.4', '::1.2.3.4', '64:ff9b::192.0.2.33', 'fe80::1%eth0']
  expect(await forEach('address_text(address_key(x))', 'VARCHAR', texts)).toEqual([
    '1.2.3.4',
    '::102:304',
    '64:ff9b::c000:221',
    'fe80::1',
  ])
})

test('a literal address has the key that a column has', async () => {
  const texts = [
    '10.0.0.1',
    '010.0.0.1',
    '10.0.0',
    '::',
    '::1',
    '2001:DB8::1',
    '::ffff:1.2.3.4',
    'fe80::1%eth0',
    '1::2::3',
    'host',
  ]
  const list = texts.map(text => `(address_key('${text}'))`).join(', ')
  const { sql } = translate(`SELECT k FROM (VALUES ${list}) AS v (k)`, { relation: () => undefined })
  const keys = (await connection.runAndReadAll(sql)).getRows().map(([key]) => key)
  expect(keys).toEqual(await forEach('address_key(x)', 'VARCHAR', texts))
})
