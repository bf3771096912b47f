import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
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

describe('rules new', () => {
  test('writes a rule that passes, and writes over nothing', async () => {
    const { code, stdout } = await weir(['rules', 'new', 'mail-out'])
    expect([code, stdout]).toEqual([0, expect.stringContaining('rules test mail-out --rules mail-out.yaml')])
    expect((await weir(['rules', 'test', 'mail-out', '--rules', 'mail-out.yaml'])).code).toBe(0)
    const text = readFileSync('mail-out.yaml', 'utf8')
    const again = await weir(['rules', 'new', 'mail-out'])
    expect([again.code, again.stdout]).toEqual([2, ''])
    expect(again.stderr).toContain('error[output-exists]')
    expect(readFileSync('mail-out.yaml', 'utf8')).toBe(text)
    expect((await weir(['rules', 'new', 'mail-out', '--output', 'other.yaml', '--quiet'])).code).toBe(0)
    expect(readFileSync('other.yaml', 'utf8')).toBe(text)
  })

  test.each(['Mail Out', 'mail_out', 'beacon', '../out'])('refuses the name %s', async name => {
    const { code, stdout } = await weir(['rules', 'new', name])
    expect([code, stdout]).toEqual([2, ''])
  })

  test('a wrong rule is exit code 2, with nothing run and nothing on stdout', async () => {
    await weir(['rules', 'new', 'wrong', '--quiet'])
    writeFileSync('wrong.yaml', readFileSync('wrong.yaml', 'utf8').replace('AND client_own', 'AND client_mine'))
    for (const args of [
      ['scan', 'no-such-log'],
      ['rules', 'test'],
      ['rules', 'list'],
    ]) {
      const { code, stdout, stderr } = await weir([...args, '--rules', 'wrong.yaml'])
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toMatch(/error\[rule-invalid\]: sql: .*client_mine.*\n {2}where: wrong\.yaml:\d+:\d+\n/)
    }
  })
})
