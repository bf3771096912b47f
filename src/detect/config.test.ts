import { expect, test } from 'vitest'
import { checkConfiguredRules, configuredParameters, configuredRules, parseConfig } from './config.js'
import { loadRules } from './load.js'
import { parametersOf } from './statement.js'

const rules = loadRules()

test('nothing said: every rule with its defaults', () => {
  expect(configuredRules(rules, parseConfig(''))).toHaveLength(rules.length)
})

test('a rule is switched off, another is tuned', () => {
  const config = parseConfig('rules: { address-scan: off, ssh-brute-force: { attempts: 40 } }')
  const standing = configuredRules(rules, config)
  expect(standing.map(({ id }) => id)).not.toContain('address-scan')
  const [brute] = standing.filter(({ id }) => id === 'ssh-brute-force')
  expect(brute && parametersOf(brute, configuredParameters(brute, config))).toMatchObject({ attempts: 40, window: 600 })
})

test('a rule, a parameter or a type that does not exist is refused', () => {
  for (const text of [
    'rules: { adress-scan: off }',
    'rules: { address-scan: { hsts: 4 } }',
    'rules: { address-scan: { failed: many } }',
    'exceptions: [{ rule: adress-scan }]',
  ]) {
    expect(() => checkConfiguredRules(rules, parseConfig(text))).toThrow(
      expect.objectContaining({ code: 'config-invalid', kind: 'usage' }),
    )
  }
})

test('a schema in capitals would never be found: Trino and Glue keep it in lower case', () => {
  for (const text of ['trino: { schema: Weir }', 'athena: { database: Weir }'])
    expect(() => parseConfig(text)).toThrow(/in lower case: write weir$/)
})

test.each([
  ['account: 12345', /the twelve digits/],
  ['account: "12345"', /the twelve digits/],
  ['tag: {}', /a tag and its value/],
  ['port: 22', /say at least/],
])('an exception with %s is refused', (text, says) => {
  expect(() => parseConfig(`exceptions: [{ ${text} }]`)).toThrow(says)
})

test('an account is twelve digits, whatever YAML takes them for', () => {
  const { exceptions } = parseConfig('exceptions: [{ account: 012345678901 }, { account: "012345678901" }]')
  expect(exceptions.map(({ account }) => account)).toEqual(['012345678901', '012345678901'])
})

test('every key of the manual is known', () => {
  const config = parseConfig(`
networks: { own: [203.0.113.0/24] }
rules: { ssh-brute-force: { attempts: 40 } }
exceptions: [{ rule: beacon, source: 10.0.0.9, target: 198.51.100.0/24, until: 2027-01-31, reason: "monitoring" }]
groups: { office: [198.51.100.0/24], servers: [10.0.0.0/16] }
allow: [{ name: admins, from: [office], to: [servers], protocol: tcp, ports: [22, 3389] }]
lists: [{ name: ours, file: bad.txt }]
trino: { url: "http://127.0.0.1:8080", user: weir, catalog: hive, schema: weir, location: "local:///lake" }
athena: { workgroup: weir, output: "s3://bucket/results/", database: weir, location: "s3://bucket/lake/" }
`)
  expect(config.exceptions[0]?.until).toBe('2027-01-31')
  expect(config.networks.own).toEqual(['203.0.113.0/24'])
})
