import { describe, expect, test } from 'vitest'
import type { Candidate } from './candidate.js'
import { groupCandidates } from './group.js'
import { loadRules } from './load.js'

const rule = loadRules().find(({ id }) => id === 'address-scan')
if (!rule) throw new Error('the rule address-scan is missing')

const monday = 1_767_607_200
const list = <Item>(...items: Item[]) => ({ items, total: items.length })

const candidate = (own: Partial<Candidate>): Candidate => ({
  entity: '203.0.113.7',
  network: '',
  targetNetwork: 'vpc-1',
  sources: list('203.0.113.7'),
  targets: list('10.0.0.1', '10.0.0.2'),
  ports: list(22),
  protocols: [6],
  firstSeen: monday,
  lastSeen: monday + 60,
  severity: 'high',
  confidence: 0.5,
  lowered: null,
  metrics: { failed: 2 },
  ...own,
})

describe('an id', () => {
  const idOf = (own: Partial<Candidate>) => groupCandidates(rule, [candidate(own)])[0]?.id

  test('is that of the same thing, whenever and however often it was seen', () => {
    expect(idOf({ firstSeen: monday + 86_400, targets: list('10.0.0.9'), metrics: { failed: 99 }, severity: 'medium' })).toBe(
      idOf({}),
    )
  })

  test('differs by entity, network and the keys of the rule', () => {
    const ids = [{}, { entity: '203.0.113.8' }, { network: 'vpc-1' }, { protocols: [17] }].map(idOf)
    expect(new Set(ids).size).toBe(4)
    expect(ids[0]).toMatch(/^[0-9a-f]{16}$/)
  })
})

test('findings of severity info are summed by network and UTC day', () => {
  const noise = ['203.0.113.1', '203.0.113.2', '203.0.113.3'].map((entity, day) =>
    candidate({ entity, sources: list(entity), severity: 'info', firstSeen: monday + (day === 2 ? 86_400 : day) }),
  )
  const groups = groupCandidates(rule, [...noise, candidate({})])
  expect(groups.map(({ summed, candidate }) => [summed, candidate.entity, candidate.sources.items])).toEqual([
    [2, 'vpc-1', ['203.0.113.1', '203.0.113.2']],
    [1, 'vpc-1', ['203.0.113.3']],
    [null, '203.0.113.7', ['203.0.113.7']],
  ])
})

test('of more sources than a sum can name, those that did most are named', () => {
  const noise = Array.from({ length: 1500 }, (_, i) =>
    candidate({ entity: `s${i}`, sources: list(`s${i}`), severity: 'info', metrics: { failed: i } }),
  )
  const [group] = groupCandidates(rule, noise)
  const named = group?.candidate.sources.items.slice(0, 1000) ?? []
  expect(group?.candidate.sources.total).toBe(1500)
  expect(named).toEqual(
    noise
      .slice(500)
      .map(({ entity }) => entity)
      .sort(),
  )
})

test('rows of the same thing become one, for which the strongest speaks', () => {
  const [group, ...others] = groupCandidates(rule, [
    candidate({ severity: 'medium', lastSeen: monday + 90, metrics: { failed: 1 } }),
    candidate({ firstSeen: monday - 90, targets: list('10.0.0.3') }),
  ])
  expect(others).toEqual([])
  expect(group?.candidate).toMatchObject({
    severity: 'high',
    metrics: { failed: 2 },
    firstSeen: monday - 90,
    lastSeen: monday + 90,
    targets: list('10.0.0.1', '10.0.0.2', '10.0.0.3'),
  })
})
