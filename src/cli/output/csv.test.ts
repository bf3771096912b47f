import { expect, test } from 'vitest'
import { csvLine } from './csv.js'

test('quotes what RFC 4180 wants quoted, and nothing else', () => {
  expect(csvLine(['a', 'b c', 'd,e', 'f"g', 'h\ni', 7, true])).toBe('a,b c,"d,e","f""g","h\ni",7,true\r\n')
})

test('NULL is an empty field and an empty text is quoted', () => {
  expect(csvLine([null, ''])).toBe(',""\r\n')
})

test('arrays and maps are JSON', () => {
  expect(csvLine([[1, 2], { a: 'b' }])).toBe('"[1,2]","{""a"":""b""}"\r\n')
})
