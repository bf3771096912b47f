import { expect, test } from 'vitest'
import { isTooShort } from './coverage.js'
import type { Facts } from './facts.js'
import { loadRules } from './load.js'

const rule = loadRules().find(({ history }) => history === 3)
const from = 1_767_571_200

const factsOf = (window: Facts['window'], days: number): Facts => ({
  window,
  days,
  accepted: 1,
  rejected: 0,
  silent: null,
  interval: 60,
  repeated: null,
  flowLogs: { configurations: [], unloggedVpcs: [], unloggedInterfaces: [] },
})

/** Whether the records are too few for a rule that needs three days. */
const tooShort = (window: Facts['window'], days: number) => {
  if (!rule) throw new Error('no rule needs three days')
  return isTooShort(rule, factsOf(window, days))
}

test('three days of logs are three days, though the first packet came after midnight', () => {
  expect(tooShort({ from: from + 4, to: from + 3 * 86_400 - 1 }, 3)).toBe(false)
})

test('less than three days are too short, and so are records of two days, however far apart', () => {
  expect(tooShort({ from: from + 7200, to: from + 3 * 86_400 }, 3)).toBe(true)
  expect(tooShort({ from, to: from + 9 * 86_400 }, 2)).toBe(true)
  expect(tooShort(null, 0)).toBe(true)
})
