import { expect, test } from 'vitest'
import { bindLiterals } from './literals.js'

const bind = (sql: string, values: Record<string, string | number | (string | number)[]>) =>
  bindLiterals(sql, new Map(Object.entries(values)), 'here')

test('values become literals, lists become lists of them', () => {
  expect(bind('a = :name AND b IN (:ports)', { name: "O'Hara", ports: [22, 80] })).toBe("a = 'O''Hara' AND b IN (22, 80)")
  expect(bind('b IN (:ports)', { ports: [] })).toBe('b IN (NULL)')
})

test('what only looks like a parameter stays as it is', () => {
  const sql = `SELECT ':name', ":name" -- :name\n, a::b /* :name */`
  expect(bind(sql, { name: 'x' })).toBe(sql)
})

test('a name without a value is an error that says what there is', () => {
  expect(() => bind(':nme', { name: 'x' })).toThrow(expect.objectContaining({ code: 'rule-parameter', expected: 'one of :name' }))
})
