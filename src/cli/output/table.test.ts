import fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { shortened, tableLine, widthsOf, type TableColumn } from './table.js'

const address: TableColumn = { name: 'srcaddr', alignRight: false }
const bytes: TableColumn = { name: 'bytes', alignRight: true }

const drawn = (columns: readonly TableColumn[], rows: readonly string[][], room?: number): string[] | undefined => {
  const widths = widthsOf(columns, rows, room)
  return widths && rows.map(row => tableLine(columns, widths, row))
}

test('numbers stand to the right', () => {
  expect(
    drawn(
      [address, bytes],
      [
        ['10.0.0.1', '7'],
        ['10.0.0.25', '1234'],
      ],
    ),
  ).toEqual(['10.0.0.1       7', '10.0.0.25   1234'])
})

test('the widest column gives way first, and says so', () => {
  expect(drawn([address, bytes], [['2001:db8:1111:2222:3333:4444:5555:6666', '1234']], 30)).toEqual([
    '2001:db8:1111:2222:333…   1234',
  ])
})

test('in a pipe nothing is shortened', () => {
  expect(drawn([address], [['x'.repeat(500)]])).toEqual(['x'.repeat(500)])
})

test('too many columns for the terminal do not become a table', () => {
  const columns = Array.from({ length: 20 }, () => address)
  expect(widthsOf(columns, [], 80)).toBeUndefined()
})

test('signs of double width count double', () => {
  expect(shortened('日本語テキスト', 7)).toBe('日本語…')
})

test('no line is wider than the terminal', () => {
  const cell = fc.string({ unit: 'grapheme' })
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1 }), fc.integer({ min: 30, max: 120 }), (rows, room) => {
      for (const line of drawn([address, bytes, address], rows, room) ?? []) expect(stringWidth(line)).toBeLessThanOrEqual(room)
    }),
  )
})
