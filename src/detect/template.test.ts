import { expect, test } from 'vitest'
import { fillTemplate } from './template.js'

const fill = (template: string, values: Record<string, number | string | (number | string)[]>) =>
  fillTemplate(template, values, 'here')

test.each([
  ['{n} of {all}', { n: 1234, all: '10' }, '1,234 of 10'],
  ['port {ports}', { ports: [22] }, 'port 22'],
  ['port {ports}', { ports: [22, 3389] }, 'port 22 and 3389'],
  ['port {ports}', { ports: [1, 2, 3, 4, 5] }, 'port 1, 2, 3 and 2 more'],
  ['{n:try was|tries were} answered', { n: 1 }, '1 try was answered'],
  ['{n:try was|tries were} answered', { n: 0 }, '0 tries were answered'],
  ['{s:duration}', { s: 3725 }, '1 h 2 min'],
  ['{s:duration}', { s: 0 }, '0 s'],
  ['{b:bytes}', { b: 43_800_000 }, '43.8 MB'],
  ['{t:time}', { t: 0 }, '1970-01-01T00:00:00Z'],
  ['{p:percent}', { p: 0.25 }, '25 %'],
])('%s of %j is %s', (template, values, sentence) => {
  expect(fill(template, values)).toBe(sentence)
})

test('an unknown name or form is an error', () => {
  expect(() => fill('{m}', { n: 1 })).toThrow(expect.objectContaining({ code: 'rule-template' }))
  expect(() => fill('{n:roman}', { n: 1 })).toThrow(expect.objectContaining({ code: 'rule-template' }))
})
