import { describe, expect, test } from 'vitest'
import { loadRules } from './load.js'
import { parseConfig } from './config.js'
import { parseRule } from './rule.js'

const place = (read: () => unknown): string | undefined => {
  try {
    read()
  } catch (error) {
    if (error instanceof Error && 'where' in error) return String(error.where)
    throw error
  }
  return undefined
}

describe('a mistake in a file is shown with line and column', () => {
  test('an unknown key', () => {
    expect(place(() => parseConfig('networks:\n  own: [10.0.0.0/8]\n  mine: []\n'))).toBe('weir.yaml:3:3')
    expect(place(() => parseConfig('exceptions:\n  - rule: beacon\n    sources: 10.0.0.1\n'))).toBe('weir.yaml:3:5')
  })

  test('a wrong value', () => {
    expect(place(() => parseConfig('networks: { own: [10.0.0.0/33] }\n'))).toBe('weir.yaml:1:19')
  })

  test('YAML that is none', () => {
    expect(place(() => parseConfig('networks: {\n'))).toMatch(/^weir.yaml:\d+:\d+$/)
  })

  test('a rule with a severity that does not exist', () => {
    expect(place(() => parseRule('id: a-rule\nfamily: scan\nseverity: { otherwise: grave }\n', 'mine.yaml'))).toMatch(
      /^mine.yaml:\d/,
    )
  })
})

test('the rules that come with Weir are those of their files, each with tests for what it must not find', () => {
  const rules = loadRules()
  expect(rules.map(({ id }) => id)).toEqual([...new Set(rules.map(({ id }) => id))])
  for (const rule of rules) expect(rule.tests.filter(({ expect }) => !expect.length).length, rule.id).toBeGreaterThan(1)
})
