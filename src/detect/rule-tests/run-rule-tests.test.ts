import { describe, expect, test } from 'vitest'
import { loadRules } from '../load.js'
import { runRuleTests } from './run-rule-tests.js'

describe.each(loadRules())('$id', rule => {
  test('finds what its own tests expect, and nothing else, and proves it', async () => {
    const results = await runRuleTests([rule])
    expect(rule.tests.filter(({ expect }) => expect.length > 0)).not.toEqual([])
    expect(results.filter(result => !result.passed)).toEqual([])
    expect(results).toHaveLength(rule.tests.length)
  })
})
