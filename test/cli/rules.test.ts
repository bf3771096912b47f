import { readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
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

test.each([
  ['a rule that is there, though not asked', 'rules: { tor: off }\nexceptions: [{ rule: beacon }]', 4],
  ['a rule that is not there', 'rules: { tro: off }', 2],
  ['an exception of a rule that is not there', 'exceptions: [{ rule: becon }]', 2],
])('weir.yaml says something of %s', async (_, config, expected) => {
  writeFileSync('said.yaml', config)
  expect((await weir(['scan', 'no-such.log', '--rule', 'port-scan', '--config', 'said.yaml'])).code).toBe(expected)
})

test('a rule that fails on the records is told of, the others are asked, and the exit code is 4', async () => {
  await weir(['rules', 'new', 'mail-out', '--output', 'failing.yaml', '--quiet'])
  const failing = readFileSync('failing.yaml', 'utf8').replace('sum(bytes_to_server)', 'sum(CAST(client AS bigint))')
  writeFileSync('failing.yaml', failing)
  const at = (second: number) => `${1_767_607_200 + second} ${1_767_607_201 + second}`
  const mail = Array.from({ length: 40 }, (_, i) => [
    `2 123456789012 eni-1 10.0.0.9 198.51.100.${i} ${40_000 + i} 25 6 9 900 ${at(i)} ACCEPT OK`,
    `2 123456789012 eni-1 198.51.100.${i} 10.0.0.9 25 ${40_000 + i} 6 9 900 ${at(i)} ACCEPT OK`,
    `2 123456789012 eni-2 203.0.113.7 10.0.1.${i} 40000 23 6 1 60 ${at(i)} REJECT OK`,
  ]).flat()
  writeFileSync('mail.log', mail.join('\n'))
  const rules = ['--rules', 'failing.yaml', '--rule', 'mail-out,address-scan']
  const { code, stdout, stderr } = await weir(['scan', 'mail.log', ...rules, '--format', 'json', '--quiet'])
  const report = z.object({
    coverage: z.array(z.object({ code: z.string(), blinds: z.array(z.string()) })),
    findings: z.array(z.object({ rule: z.string() })),
  })
  const { coverage, findings } = report.parse(JSON.parse(stdout))
  expect([code, coverage[0], findings]).toEqual([4, { code: 'rule-failed', blinds: ['mail-out'] }, [{ rule: 'address-scan' }]])
  expect(stderr).toMatch(/^error\[rule-failed\]: mail-out failed on these records: .*\n {2}where: rule mail-out\n/)
  const tested = await weir(['rules', 'test', 'mail-out', '--rules', 'failing.yaml'])
  expect([tested.code, tested.stdout]).toEqual([1, expect.stringContaining('mail-out failed on these records')])
})

describe('rules backtest', () => {
  beforeAll(async () => {
    const { code } = await weir(['simulate', '--out', 'logs', '--records', '20000', '--seed', '3', '--quiet'])
    expect(code).toBe(0)
  })

  test('tells for people and for programs what a rule would have raised', async () => {
    const people = await weir(['rules', 'backtest', 'port-scan', 'logs', '--set', 'failed_ports=20', '--quiet'])
    expect([people.code, people.stderr]).toEqual([0, ''])
    expect(people.stdout).toMatch(/^port-scan {2}failed_ports 20, /)
    expect(people.stdout).toMatch(/── 20 ── found from here on ──/)
    const programs = await weir([
      'rules',
      'backtest',
      'port-scan',
      'logs',
      '--set',
      'failed_ports=20',
      '--format',
      'json',
      '--quiet',
    ])
    const count = z.int().min(0)
    const counts = z.strictObject({ info: count, low: count, medium: count, high: count, critical: count })
    const said = z.strictObject({
      schema: z.literal('weir.backtest/1'),
      rule: z.literal('port-scan'),
      parameters: z.looseObject({ failed_ports: z.literal(20) }),
      window: z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime() }),
      coverage: z.array(z.strictObject({ code: z.string(), message: z.string(), blinds: z.array(z.string()) })),
      days: z.array(z.strictObject({ day: z.iso.date(), findings: counts })).min(1),
      limits: z
        .array(
          z.strictObject({
            parameter: z.string(),
            unit: z.string(),
            value: z.number(),
            bound: z.enum(['least', 'most']),
            histogram: z.strictObject({
              scale: z.enum(['linear', 'logarithmic']),
              bins: z.array(z.strictObject({ from: z.number(), to: z.number(), count })),
            }),
            thresholds: z.array(z.strictObject({ value: z.number(), findings: counts, findings_a_day: z.number() })),
          }),
        )
        .min(1),
    })
    expect(() => said.parse(JSON.parse(programs.stdout))).not.toThrow()
  })

  test('over the lake, and the span that is asked', async () => {
    expect((await weir(['ingest', 'logs', '--lake', 'lake', '--quiet'])).code).toBe(0)
    const all = await weir(['rules', 'backtest', 'address-scan', '--lake', 'lake', '--format', 'csv', '--quiet'])
    expect([all.code, all.stdout.split('\r\n')[0]]).toEqual([0, 'day,info,low,medium,high,critical,findings'])
    expect(all.stdout).toBe((await weir(['rules', 'backtest', 'address-scan', 'logs', '--format', 'csv', '--quiet'])).stdout)
    const none = await weir(['rules', 'backtest', 'address-scan', '--lake', 'lake', '--until', '2020-01-01T00:00:00Z', '--quiet'])
    expect([none.code, none.stdout]).toEqual([0, expect.stringContaining('no-records')])
  })

  test.each([
    ['a rule that is not there', ['no-such-rule', 'logs'], 2],
    ['a parameter that is not there', ['port-scan', 'logs', '--set', 'speed=1'], 2],
    ['a value of another type', ['port-scan', 'logs', '--set', 'failed_ports=many'], 2],
    ['no value', ['port-scan', 'logs', '--set', 'failed_ports'], 2],
    ['no lake', ['port-scan', '--lake', 'no-such-lake'], 4],
    ['a source that is not there', ['port-scan', 'no-such-log'], 4],
  ])('%s has its exit code and nothing on stdout', async (_, args, expected) => {
    const { code, stdout } = await weir(['rules', 'backtest', ...args])
    expect([code, stdout]).toEqual([expected, ''])
  })
})
