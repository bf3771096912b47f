import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { candidateOf } from './candidate.js'
import { parseConfig } from './config.js'
import { isExcepted, isSilenced, silenceOf, standingExceptions } from './exceptions.js'

const candidate = candidateOf(
  {
    entity: '10.0.0.9', network: 'vpc-1', sources: ['10.0.0.9'], targets: ['198.51.100.1', '198.51.100.2'], ports: [443],
    protocol: 6, first_seen: 0, last_seen: 0, severity: 'high', confidence: 0.5,
  }, 'beacon') // prettier-ignore

const excepts = (text: string) => isExcepted(candidate, 'beacon', parseConfig(`exceptions: [${text}]`).exceptions)

test.each([
  ['{ rule: beacon }', true],
  ['{ rule: strobe }', false],
  ['{ rule: beacon, source: 10.0.0.9, target: 198.51.100.0/24 }', true],
  ['{ source: 10.0.0.0/8, port: 443 }', true],
  ['{ source: 10.0.0.0/8, port: 80 }', false],
  ['{ rule: beacon, target: 198.51.100.1 }', false],
])('the exception %s holds: %s', (text, holds) => {
  expect(excepts(text)).toBe(holds)
})

test('an exception ends after its last day', () => {
  const { exceptions } = parseConfig('exceptions: [{ rule: beacon, until: 2026-01-31 }]')
  expect(standingExceptions(exceptions, Date.UTC(2026, 0, 31, 23, 59) / 1000)).toHaveLength(1)
  expect(standingExceptions(exceptions, Date.UTC(2026, 1, 1) / 1000)).toHaveLength(0)
})

test('what a finding says under silence silences it, and nothing else', () => {
  const line = silenceOf('beacon', '0123456789012345', '10.0.0.9')
  expect(parse(line)).toMatchObject({ rule: 'beacon', finding: '0123456789012345' })
  const { exceptions } = parseConfig(`exceptions:\n  - ${line}\n`)
  expect(isSilenced('beacon', '0123456789012345', exceptions)).toBe(true)
  expect(isSilenced('beacon', '0123456789012346', exceptions)).toBe(false)
  expect(isExcepted(candidate, 'beacon', exceptions)).toBe(false)
})
