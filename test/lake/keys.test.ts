import fc from 'fast-check'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withInstance } from '../../src/engine/duckdb/instance.js'
import { quoted } from '../../src/engine/duckdb/literal.js'
import { installMacros } from '../../src/engine/sql/index.js'
import { HEADER, log, ownFolders, record } from './small-lake.js'

const folders = ownFolders()

const octet = fc.oneof(fc.nat(255).map(String), fc.constantFrom('0', '00', '01', '9', '99', '100', '255'))
const ipv4 = fc.array(octet, { minLength: 4, maxLength: 4 }).map(octets => octets.join('.'))
const group = fc.oneof(
  fc.nat(0xffff).map(value => value.toString(16)),
  fc.nat(0xffff).map(value => value.toString(16).toUpperCase().padStart(4, '0')),
  fc.constantFrom('0', '0000', 'ffff', 'FFFF'),
)
const whole = fc.array(group, { minLength: 8, maxLength: 8 }).map(groups => groups.join(':'))
const short = fc
  .tuple(fc.array(group, { maxLength: 7 }), fc.array(group, { maxLength: 7 }))
  .map(([before, after]) => `${before.join(':')}::${after.slice(0, 7 - before.length).join(':')}`)
const dotted = fc.tuple(fc.constantFrom('::ffff:', '::', '64:ff9b::'), ipv4).map(([before, after]) => before + after)
const mac = fc.constant('02:00:00:ab:cd:ef')
const address = fc.oneof(ipv4, whole, short, dotted, mac)

test('keys are those of address_key, however a file is read', async () => {
  const own = await folders()
  const addresses = fc.sample(address, { numRuns: 3_000, seed: 4 })
  // One file an address kind apart from the others: what is odd in one would have all of a file read line by line.
  const plain = addresses.filter(text => !text.includes('::ffff:') && !(text.includes(':') && text.includes('.')))
  await own.write('bulk.log', log(...plain.map(source => record({ source }))))
  await own.write('by-line.log', `${HEADER}\nno record\n${addresses.map(source => record({ source })).join('\n')}\n`)
  const { records } = await own.ingest()
  expect(records).toBeGreaterThan(5_000)
  const names = await readdir(join(own.lake, 'records'), { recursive: true })
  const parts = names.filter(name => name.endsWith('.parquet')).map(name => quoted(join(own.lake, 'records', name)))
  const differing = await withInstance(own.options, async connection => {
    await installMacros(connection)
    const result = await connection.runAndReadAll(
      `SELECT DISTINCT source_object, srcaddr, hex(src_key), hex(address_key(srcaddr)::BIT::BLOB) FROM read_parquet([${parts.join(', ')}])
      WHERE src_key IS DISTINCT FROM address_key(srcaddr)::BIT::BLOB LIMIT 20`,
    )
    return result.getRows()
  })
  expect(differing).toEqual([])
})
