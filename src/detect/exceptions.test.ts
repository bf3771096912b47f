import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { candidateOf } from './candidate.js'
import { parseConfig } from './config.js'
import { Exceptions, silenceOf, silenceOfStory } from './exceptions.js'
import { loadRules } from './load.js'
import type { Finding } from './report.js'

const candidate = candidateOf(
  {
    entity: '10.0.0.9', network: 'vpc-1', sources: ['10.0.0.9'], targets: ['198.51.100.1', '198.51.100.2'], ports: [443],
    protocol: 6, first_seen: 0, last_seen: 0, severity: 'high', confidence: 0.5,
  }, 'beacon') // prettier-ignore

const beacon = loadRules().find(({ id }) => id === 'beacon')
if (!beacon) throw new Error('the rule beacon is missing')

const of = (text: string, now = 0) => new Exceptions(parseConfig(`exceptions: [${text}]`).exceptions, now)
const excepts = (text: string) => of(text).silencesCandidate(candidate, beacon)

test.each([
  ['{ rule: beacon }', true],
  ['{ rule: strobe }', false],
  ['{ rule: beacon, source: 10.0.0.9, target: 198.51.100.0/24 }', true],
  ['{ source: 10.0.0.0/8, port: 443 }', true],
  ['{ source: 10.0.0.0/8, port: 80 }', false],
  ['{ rule: beacon, target: 198.51.100.1 }', false],
  ['{ family: command-and-control }', true],
  ['{ family: scan }', false],
  ['{ address: 198.51.100.0/24 }', true],
  ['{ address: 203.0.113.0/24 }', false],
])('the exception %s holds: %s', (text, holds) => {
  expect(excepts(text)).toBe(holds)
})

describe('an exception by account or tag', () => {
  const scanner = 'tag: { role: scanner }'
  const known = (text: string, ...hosts: readonly string[]) => {
    const { exceptions } = parseConfig(`exceptions: [${text}]`)
    const has = (address: string, networks: readonly string[]) =>
      networks.some(network => hosts.includes(`${network} ${address}`))
    return new Exceptions(exceptions, 0, new Map(exceptions.map(exception => [exception, { has, unknown: null }])))
  }

  test.each([
    ['its source has it', `{ rule: beacon, ${scanner} }`, ['vpc-1 10.0.0.9'], true],
    ['all of its targets have it', `{ ${scanner} }`, ['vpc-1 198.51.100.1', 'vpc-1 198.51.100.2'], true],
    ['one of its targets has it', `{ ${scanner} }`, ['vpc-1 198.51.100.1'], false],
    ['the same address of another VPC has it', `{ ${scanner} }`, ['vpc-2 10.0.0.9'], false],
    ['another target is meant', `{ ${scanner}, target: 203.0.113.0/24 }`, ['vpc-1 10.0.0.9'], false],
    ['another rule is meant', `{ rule: strobe, ${scanner} }`, ['vpc-1 10.0.0.9'], false],
    ['its source is in it', '{ account: "123456789012" }', ['vpc-1 10.0.0.9'], true],
  ])('where %s', (_, text, hosts, holds) => {
    expect(known(text, ...hosts).silencesCandidate(candidate, beacon)).toBe(holds)
  })

  test('silences nothing where nobody has looked', () => {
    expect(excepts(`{ rule: beacon, ${scanner} }`)).toBe(false)
  })
})

test('an exception ends after its last day, which is told', () => {
  const text = '{ rule: beacon, until: 2026-01-31, reason: moved }'
  expect(of(text, Date.UTC(2026, 0, 31, 23, 59) / 1000).silencesCandidate(candidate, beacon)).toBe(true)
  const ended = of(text, Date.UTC(2026, 1, 1) / 1000)
  expect(ended.silencesCandidate(candidate, beacon)).toBe(false)
  expect(ended.coverage()).toMatchObject([{ code: 'exception-ended', message: expect.stringContaining('moved') as unknown }])
})

test('what was silenced is counted, with the reason', () => {
  const exceptions = of('{ rule: beacon, source: 10.0.0.9, reason: monitoring }')
  for (let i = 0; i < 3; i++) exceptions.silencesCandidate(candidate, beacon)
  expect(exceptions.coverage().map(({ message }) => message)).toEqual([
    '3 silenced by the exception { rule: beacon, source: 10.0.0.9 }: monitoring',
  ])
})

test('what a finding says under silence silences it, and nothing else', () => {
  const line = silenceOf('beacon', '0123456789012345', '10.0.0.9')
  expect(parse(line)).toMatchObject({ rule: 'beacon', finding: '0123456789012345' })
  expect(of(line).silencesPart('0123456789012345', beacon)).toBe(true)
  expect(of(line).silencesPart('0123456789012346', beacon)).toBe(false)
  expect(of(line).silencesCandidate(candidate, beacon)).toBe(false)
})

test('a story is silenced with all of its parts', () => {
  const line = silenceOfStory('0123456789012345', '10.0.0.9')
  const story = (id: string): Pick<Finding, 'id'> => ({ id })
  expect([of(line).silences(story('0123456789012345')), of(line).silences(story('0123456789012346'))]).toEqual([true, false])
  expect(of(line).silencesPart('0123456789012345', beacon)).toBe(false)
})
