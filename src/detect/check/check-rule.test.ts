import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ruleFiles } from '../load.js'
import { newRule } from '../new-rule/new-rule.js'
import { runRuleTests } from '../rule-tests/run-rule-tests.js'
import { readCheckedRule } from './check-rule.js'

const good = newRule('mine')

/** The place of a text in the rule to begin with. */
function placeOf(text: string, of = good): string {
  const before = of.slice(0, of.indexOf(text)).split('\n')
  return `mine.yaml:${before.length}:${(before.at(-1) ?? '').length + 1}`
}

/** A change that makes the rule wrong; the error is at `place` and says `says`. */
interface Mistake {
  readonly from: string | RegExp
  readonly to: string
  /** The text at which the error is, in what the change made. */
  readonly place: string
  readonly says: RegExp
}

const mistakes: Readonly<Record<string, Mistake>> = {
  'an unknown key': { from: 'entity: address', to: 'entities: address', place: 'entities: address', says: /Unrecognized key/ },
  'a wrong type': { from: 'attack: [TA0011', to: 'attack: [11', place: '11, T1071', says: /^attack\.0: .*string/ },
  'SQL that does not parse': { from: '  FROM contacts', to: '  FROM contacts WHERE', place: 'WHERE protocol = 6', says: /^sql: / },
  'an unknown column': { from: 'AND client_own', to: 'AND client_mine', place: 'client_mine', says: /^sql: .*client_mine/ },
  'an unknown function': { from: 'sum(bytes_to_server)', to: 'total(bytes_to_server)', place: 'total(', says: /^sql: .*total/ },
  'a parameter that has no value': { from: '>= :servers\n\n', to: '>= :server\n\n', place: ':server\n\n', says: /^sql: .*:server / },
  'a row without a column that candidates have': { from: '    ARRAY[25] AS ports,\n', to: '', place: '|\n  SELECT', says: /no column ports/ },
  'a column of another type': { from: 'array_agg(DISTINCT client)', to: 'min(client)', place: '|\n  SELECT', says: /sources is varchar/ },
  'an unknown relation': { from: 'reads: [contacts]', to: 'reads: [contact]', place: 'contact]', says: /^reads\.0: there is no relation contact$/ },
  'a relation that is not said to be read': { from: 'reads: [contacts]', to: 'reads: [flows]', place: '[flows]', says: /reads contacts/ },
  'an unknown field': { from: 'srcport, dstport', to: 'srcport, destport', place: 'destport', says: /^needs\.3: there is no field destport$/ },
  'a parameter without unit': { from: / {4}unit: .*\n/, to: '', place: 'default: 10', says: /^parameters\.servers\.unit is missing$/ },
  'no test': { from: /^tests:\n[^]*/m, to: 'tests: []\n', place: '[]\n', says: /^tests: at least one test/ },
  'no key for tests': { from: /^tests:\n[^]*/m, to: '', place: 'id: mine', says: /^tests is missing$/ },
  'a condition of severity': { from: 'servers >= 10 * :servers: high', to: 'server >= 10 * :servers: high', place: 'server >= 10', says: /^severity.*server/ },
  'evidence that does not parse': {
    from: 'confidence: 0.6',
    to: 'evidence: |\n  SELECT * FROM records\n  WHERE srcaddr IN (:sources) AND dstprt = 25\nconfidence: 0.6',
    place: 'dstprt',
    says: /^evidence: .*dstprt/,
  },
  'a sentence that names nothing': { from: '{targets}', to: '{goals}', place: "'{entity} sent", says: /^finding: \{goals\}/ },
  'a key of the group that is no column': { from: 'key: []', to: 'key: [server]', place: 'server] }', says: /no column server/ },
  'a table of flows': { from: '  10.0.0.9  198.51.100.1..30 ', to: '  10.0.0.9  ', place: '|\n      src       dst                port', says: /7 cells|6 cells/ },
} // prettier-ignore

describe('a mistake in a rule is named with file, line and column', () => {
  test.each(Object.entries(mistakes))('%s', (_, { from, to, place, says }) => {
    const wrong = good.replace(from, to)
    expect(wrong).not.toBe(good)
    const read = () => readCheckedRule(wrong, 'mine.yaml')
    expect(read).toThrow(says)
    expect(read).toThrow(expect.objectContaining({ code: 'rule-invalid', kind: 'usage', where: placeOf(place, wrong) }))
  })
})

test.each(ruleFiles().map(file => [basename(file), file] as const))('%s is right', (_, file) => {
  expect(() => readCheckedRule(readFileSync(file, 'utf8'), file)).not.toThrow()
})

test('the rule to begin with passes its tests, and finds the same in a log with thirty fields', async () => {
  const thirty =
    'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status vpc-id ' +
    'subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id sublocation-type sublocation-id ' +
    'pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path made-up-by-somebody'
  expect(thirty.split(' ')).toHaveLength(30)
  const rule = readCheckedRule(good, 'mine.yaml')
  const results = await runRuleTests([rule, { ...rule, tests: rule.tests.map(test => ({ ...test, fields: thirty })) }])
  expect(results.map(({ passed, problems }) => [passed, problems])).toEqual([...rule.tests, ...rule.tests].map(() => [true, []]))
})

test('a field that Weir does not know may be needed where a log of the tests has it', () => {
  const wrong = good.replace('srcport, dstport', 'srcport, dstport, flavour')
  expect(() => readCheckedRule(wrong, 'mine.yaml')).toThrow(/no field flavour/)
  const right = wrong.replace('    flows: |', '    fields: srcaddr dstaddr flavour\n    flows: |')
  expect(readCheckedRule(right, 'mine.yaml').needs).toContain('flavour')
})
