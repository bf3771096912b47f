import { expect, test } from 'vitest'
import type { Finding } from './report.js'
import { storiesOf } from './story.js'

const finding = (own: Partial<Finding>): Finding => ({
  id: own.rule ?? 'a',
  rule: 'port-scan',
  family: 'scan',
  title: '',
  severity: 'medium',
  confidence: 0.5,
  mitre: [],
  entity: { kind: 'address', value: '203.0.113.7' },
  sources: ['203.0.113.7'],
  targets: ['10.0.0.5'],
  ports: [22],
  protocol: 'tcp',
  first_seen: '2026-01-05T10:00:00Z',
  last_seen: '2026-01-05T11:00:00Z',
  records: 1,
  summary: '',
  evidence: { metrics: {}, thresholds: {}, sql: '', flows: [] },
  next_steps: [],
  false_positives: [],
  silence: '',
  ...own,
})

const scan = finding({ rule: 'port-scan', first_seen: '2026-01-05T09:00:00Z', ports: [21, 22] })
const tries = finding({ rule: 'ssh-brute-force', family: 'brute-force' })
const success = finding({
  rule: 'brute-force-success',
  family: 'brute-force',
  severity: 'critical',
  last_seen: '2026-01-05T12:00:00Z',
})

test('a scan, tries to log in and a log-in that got through are one story, told by the gravest', () => {
  const stories = storiesOf([success, scan, tries])
  expect(stories).toMatchObject([
    {
      id: 'port-scan',
      rule: 'brute-force-success',
      severity: 'critical',
      ports: [21, 22],
      first_seen: '2026-01-05T09:00:00Z',
      last_seen: '2026-01-05T12:00:00Z',
    },
  ])
  expect(stories[0]?.parts?.map(({ rule }) => rule)).toEqual(['port-scan', 'brute-force-success', 'ssh-brute-force'])
})

test('parts join whatever comes between them, and in any order', () => {
  for (const order of [
    [scan, tries, success],
    [tries, success, scan],
  ])
    expect(storiesOf(order)).toHaveLength(1)
})

test('what others did, or the same one to others, is another story', () => {
  const other = finding({ rule: 'rdp-brute-force', family: 'brute-force', sources: ['203.0.113.8'] })
  const elsewhere = finding({ rule: 'login-brute-force', family: 'brute-force', targets: ['10.0.0.6'] })
  expect(storiesOf([tries, other, elsewhere]).map(({ id }) => id)).toEqual([
    'ssh-brute-force',
    'rdp-brute-force',
    'login-brute-force',
  ])
})

test('what is summed up, or most likely harmless, stands for itself', () => {
  const summed = finding({ rule: 'address-scan', entity: { kind: 'network', value: 'vpc-1' }, severity: 'info' })
  const harmless = finding({ rule: 'slow-scan', lowered: 'known' })
  expect(storiesOf([scan, summed, harmless])).toHaveLength(3)
})
