import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { loadRules } from '../load.js'
import { runRuleTests } from '../rule-tests/run-rule-tests.js'
import { parseRule } from '../rule.js'
import { rulesManual } from './rules-manual.js'

const docs = fileURLToPath(new URL('../../../docs/', import.meta.url))
const manual = readFileSync(join(docs, 'rules.md'), 'utf8')
const written = rulesManual(loadRules(), manual)

describe('what the manual says of the rules is what npm run docs:rules makes of their YAML', () => {
  test('docs/rules.md', () => {
    expect(manual).toBe(written.index)
  })

  test('docs/rules/ has a page for each rule and no other', () => {
    expect(readdirSync(join(docs, 'rules')).sort()).toEqual([...written.pages.keys()].sort())
  })

  test.each([...written.pages])('docs/rules/%s', (name, page) => {
    expect(readFileSync(join(docs, 'rules', name), 'utf8')).toBe(page)
  })
})

test.each(loadRules())(
  '$id says what it cannot see, what looks like it, and what to do',
  ({ blind, false_positives, next_steps }) => {
    for (const sentences of [blind, false_positives, next_steps]) expect(sentences).not.toEqual([])
  },
)

test('the example of docs/rules.md is a rule and passes its tests', async () => {
  const [, text = ''] = /```yaml\n(id: [\s\S]*?)```/.exec(manual) ?? []
  const results = await runRuleTests([parseRule(text, 'docs/rules.md')])
  expect(results.map(({ passed, problems }) => [passed, problems])).toEqual(results.map(() => [true, []]))
})
