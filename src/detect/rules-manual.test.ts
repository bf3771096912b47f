import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { loadRules } from './load.js'
import { runRuleTests } from './rule-tests/run-rule-tests.js'
import { parseRule, type Rule } from './rule.js'

const manual = readFileSync(fileURLToPath(new URL('../../docs/rules.md', import.meta.url)), 'utf8')

const lineOf = ({ id, family, title, attack, parameters }: Rule) => {
  const defaults = Object.entries(parameters).map(([name, parameter]) => `${name} ${String(parameter.default)}`)
  return `| \`${id}\` | ${family} | ${title} | ${attack.join(' ')} | ${defaults.join(', ')} |`
}

describe('docs/rules.md', () => {
  test('lists every rule as it is', () => {
    expect(manual.split('\n')).toEqual(
      expect.arrayContaining([
        '| rule | family | finds | MITRE ATT&CK | parameters |',
        '|---|---|---|---|---|',
        ...loadRules().map(lineOf),
      ]),
    )
  })

  test('has an example that is a rule and passes its tests', async () => {
    const [, text = ''] = /```yaml\n(id: [\s\S]*?)```/.exec(manual) ?? []
    const results = await runRuleTests([parseRule(text, 'docs/rules.md')])
    expect(results.map(({ passed, problems }) => [passed, problems])).toEqual(results.map(() => [true, []]))
  })
})
