import { expect, test } from 'vitest'
import { Fault, type FaultKind } from '../fault/index.js'
import { done, exitCodeOf } from './exit.js'

const fault = (kind: FaultKind): Fault => new Fault({ code: 'test', kind, message: 'test' })

test('where several hold, the first of 2, 130, 4, 3, 1', () => {
  const all = { faults: [fault('source'), fault('usage')], flawed: true, found: true }
  expect(exitCodeOf(all, true)).toBe(2)
  expect(exitCodeOf({ ...all, faults: [fault('source')] }, true)).toBe(130)
  expect(exitCodeOf({ ...all, faults: [fault('engine')] }, false)).toBe(4)
  expect(exitCodeOf({ ...all, faults: [] }, false)).toBe(3)
  expect(exitCodeOf({ ...done, found: true }, false)).toBe(1)
  expect(exitCodeOf(done, false)).toBe(0)
})
