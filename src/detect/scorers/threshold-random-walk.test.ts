import { expect, test } from 'vitest'
import { candidateOf } from '../candidate.js'
import { thresholdRandomWalk } from './threshold-random-walk.js'

const walk = (failed: number, answered: number) =>
  thresholdRandomWalk(
    candidateOf(
      {
        entity: 'a',
        network: '',
        sources: [],
        targets: [],
        ports: [],
        protocol: 6,
        first_seen: 0,
        last_seen: 0,
        severity: 'info',
        confidence: 0,
        failed,
        answered,
      },
      'test',
    ),
  )

test('nine failures in a row are a scan where one source in a hundred thousand scans', () => {
  expect(walk(8, 0)).toBeLessThan(0.5)
  expect(walk(9, 0)).toBeGreaterThan(0.5)
})

test('an answer takes back what a failure gave', () => {
  expect(walk(20, 11)).toBeCloseTo(walk(9, 0), 12)
  expect(walk(10, 40)).toBeLessThan(1e-12)
})
