import { expect, test } from 'vitest'
import { inEmptyFolder, weir } from './logs.js'

inEmptyFolder()

test('rules test runs the tests of the rules that are named', async () => {
  const { code, stdout } = await weir(['rules', 'test', 'port-scan', 'ssh-brute-force'])
  expect(code).toBe(0)
  const rules = new Set([...stdout.matchAll(/^passed {2}([a-z-]+):/gm)].map(([, rule]) => rule))
  expect(rules).toEqual(new Set(['port-scan', 'ssh-brute-force']))
})

test('rules show has all that a rule says', async () => {
  const { code, stdout } = await weir(['rules', 'show', 'port-scan'])
  expect(code).toBe(0)
  for (const part of ['Needs', 'Parameters', 'Severity', 'SQL', 'May be', 'Next', 'Tests'])
    expect(stdout).toContain(`\n${part}\n`)
})
