import { describe, expect, test } from 'vitest'
import { cidrs } from './address.js'
import { spreadLists } from './lists.js'
import { byteSize, wholeNumber } from './number.js'
import { instant, instantOrAge } from './time.js'

const now = new Date('2026-01-31T12:00:00Z')
const sinceOf = (text: string): string => instantOrAge('--since', text, now).toISOString()

describe('times', () => {
  test.each([
    ['24h', '2026-01-30T12:00:00.000Z'],
    ['7d', '2026-01-24T12:00:00.000Z'],
    ['90s', '2026-01-31T11:58:30.000Z'],
    ['2026-01-05', '2026-01-05T00:00:00.000Z'],
    ['2026-01-05 06:30', '2026-01-05T06:30:00.000Z'],
    ['2026-01-05T06:30:00+02:00', '2026-01-05T04:30:00.000Z'],
  ])('%s', (text, time) => expect(sinceOf(text)).toBe(time))

  test.each(['yesterday', '7', '2026-13-01', '2026-02-30', '99999999999999d', ''])('"%s" is none', text => {
    expect(() => sinceOf(text)).toThrow('--since cannot be')
  })

  test('--now takes no age', () => {
    expect(() => instant('--now', '7d')).toThrow('--now cannot be "7d"')
  })
})

describe('sizes and numbers', () => {
  test.each([
    ['2GB', 2e9],
    ['1.5GiB', 1.5 * 2 ** 30],
    ['512m', 512e6],
    ['1000', 1000],
  ])('%s', (text, bytes) => expect(byteSize('--memory')(text)).toBe(bytes))

  test.each(['', '0', '-1', 'two', '2XB', '1e9'])('"%s" is no size', text => {
    expect(() => byteSize('--memory')(text)).toThrow('--memory cannot be')
  })

  test('numbers may be parted by underscores', () => {
    expect(wholeNumber('--records', 1)('1_000_000')).toBe(1e6)
    expect(() => wholeNumber('--records', 1)('0')).toThrow('--records cannot be "0"')
  })
})

describe('--own', () => {
  test('reads ranges and single addresses', () => {
    expect(cidrs('--own', '10.0.0.0/8,203.0.113.7,2001:db8::1')).toEqual(['10.0.0.0/8', '203.0.113.7/32', '2001:db8::1/128'])
    expect(() => cidrs('--own', '10.0.0.0/33')).toThrow('--own cannot be')
  })

  test('several in a row end where the SOURCE begins', () => {
    expect(spreadLists(['scan', '--own', '10.0.0.0/8', '192.0.2.0/24', './logs'])).toEqual([
      'scan',
      '--own',
      '10.0.0.0/8',
      '--own',
      '192.0.2.0/24',
      './logs',
    ])
    expect(spreadLists(['--rules', 'a.yaml', 'b.yml', 'logs', 'c.yaml'])).toEqual([
      '--rules',
      'a.yaml',
      '--rules',
      'b.yml',
      'logs',
      'c.yaml',
    ])
    expect(spreadLists(['--own', 'wrong', './logs'])).toEqual(['--own', 'wrong', './logs'])
    expect(spreadLists(['--', '--own', '10.0.0.1', '10.0.0.2'])).toEqual(['--', '--own', '10.0.0.1', '10.0.0.2'])
  })
})
