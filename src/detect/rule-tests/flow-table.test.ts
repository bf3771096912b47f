import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flowLogOf, recordsOf } from './flow-table.js'
import { addressesOf, momentsOf, numbersOf } from './ranges.js'

test('a line stands for the product of its ranges, spread over its time', () => {
  const records = recordsOf('src dst port action at\n203.0.113.7 10.0.0.1..3 22,80 REJECT +0s..+50s', 'here')
  expect(records.map(record => [record['dstaddr'], record['dstport'], Number(record['start']) - 1_767_607_200])).toEqual([
    ['10.0.0.1', '22', 0],
    ['10.0.0.1', '80', 10],
    ['10.0.0.2', '22', 20],
    ['10.0.0.2', '80', 30],
    ['10.0.0.3', '22', 40],
    ['10.0.0.3', '80', 50],
  ])
})

test('an answer is a record the other way, seen by the same ENI', () => {
  const [asked, answered, ...more] = recordsOf('src dst port packets bytes reply\n10.0.0.9 10.0.1.5 443 9 900 8/4000', 'here')
  expect(more).toEqual([])
  expect(asked).toMatchObject({
    srcaddr: '10.0.0.9',
    dstport: '443',
    'tcp-flags': '3',
    'flow-direction': 'ingress',
    bytes: '900',
  })
  expect(answered).toMatchObject({
    srcaddr: '10.0.1.5',
    srcport: '443',
    'tcp-flags': '19',
    'flow-direction': 'egress',
    bytes: '4000',
  })
  expect(answered?.['interface-id']).toBe(asked?.['interface-id'])
})

test('the log has the fields that the test asks for', () => {
  expect(flowLogOf('src dst\n10.0.0.9 10.0.1.5', 'srcaddr dstaddr az-id')).toBe('srcaddr dstaddr az-id\n10.0.0.9 10.0.1.5 -\n')
})

test('a table that is not understood is an error that says where', () => {
  for (const table of [
    'src dest\n10.0.0.9 10.0.1.5',
    'src dst\n10.0.0.9',
    'src dst\nhere 10.0.1.5',
    'src dst at\n10.0.0.9 10.0.1.5 soon',
  ]) {
    expect(() => recordsOf(table, 'here')).toThrow(expect.objectContaining({ code: 'rule-test' }))
  }
})

test('ranges', () => {
  expect(addressesOf('10.0.0.254..10.0.1.1')).toEqual(['10.0.0.254', '10.0.0.255', '10.0.1.0', '10.0.1.1'])
  expect(addressesOf('2001:db8::9..b')).toEqual(['2001:db8::9', '2001:db8::a', '2001:db8::b'])
  expect(numbersOf('22,80..82')).toEqual([22, 80, 81, 82])
  expect(momentsOf('+1m', 2)).toEqual([60, 60])
})

test('moments are in order and stay within their range', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.nat(5000), fc.integer({ min: 1, max: 500 }), (from, span, count) => {
      const moments = momentsOf(`+${from}s..+${from + span}s`, count)
      expect(moments).toEqual([...moments].sort((a, b) => a - b))
      expect([moments[0], (moments.at(-1) ?? 0) <= from + span]).toEqual([from, true])
    }),
  )
})
