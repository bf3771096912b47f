import { expect, test } from 'vitest'
import { placesIn, tokensOf } from './lexer.js'

const words = (text: string, grammar: 'query' | 'ddl' = 'query') => tokensOf(text, 0, grammar).tokens.map(({ raw }) => raw)

test('comments end with their line, however that ends', () => {
  expect(words('SELECT 1 -- one\r + 1')).toEqual(['SELECT', '1', '+', '1'])
  expect(words('SELECT 1 -- one\n + 1 /* two\n */ + 2')).toEqual(['SELECT', '1', '+', '1', '+', '2'])
})

test('quotes hold what they hold, in each grammar by its own rules', () => {
  expect(words(`'it''s' "a""b" U&'\\0041' X'0a'`)).toEqual([`'it''s'`, '"a""b"', `U&'\\0041'`, `X'0a'`])
  expect(words(`'it\\'s' "a\\"b" \`c\`\`d\``, 'ddl')).toEqual([`'it\\'s'`, '"a\\"b"', '`c``d`'])
})

test.each([
  ["SELECT 'a", 7, "a text that begins with ' has no end"],
  ['SELECT "a', 7, 'a name in quotes that begins with " has no end'],
  ['SELECT 1 /* a', 9, 'a comment that begins with /* has no end'],
])('%s is broken where it opens', (text, at, message) => {
  expect(tokensOf(text, 0, 'query').broken).toEqual({ at, message })
})

test('places are lines and columns from 1', () => {
  const place = placesIn('ab\nc\n\nd')
  expect([0, 2, 3, 5, 6, 7].map(place)).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 3 },
    { line: 2, column: 1 },
    { line: 3, column: 1 },
    { line: 4, column: 1 },
    { line: 4, column: 2 },
  ])
})
