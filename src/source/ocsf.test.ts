import { afterEach, expect, test, vi } from 'vitest'
import { lineOfOcsf, OCSF_LAYOUT } from './ocsf.js'

afterEach(() => vi.unstubAllEnvs())

/** A field of the line that an event is printed as. */
const field = (name: string, event: object): string | undefined =>
  lineOfOcsf(event).split(' ')[OCSF_LAYOUT.findIndex(field => field.name === name)]

test.each([
  { start_time: 1_752_247_584_999 },
  { start_time_dt: '2025-07-11T15:26:24Z' },
  { start_time_dt: '2025-07-11 15:26:24+00:00' },
  { start_time_dt: '2025-07-11 17:26:24.5+02' },
  { start_time_dt: '2025-07-11 15:26:24.000 UTC' },
  { start_time_dt: '2025-07-11 15:26:24' },
  { start_time_dt: 'then', time: 1_752_247_584_000 },
])('a time is seconds of UTC, wherever it is read: %o', event => {
  vi.stubEnv('TZ', 'America/New_York')
  expect(field('start', event)).toBe('1752247584')
})

test('what says nothing gives way to the other end point, or is -', () => {
  expect(field('interface-id', { src_endpoint: { interface_uid: '-' }, dst_endpoint: { interface_uid: 'eni-1' } })).toBe('eni-1')
  expect(field('flow-direction', { connection_info: { direction: 'Unknown' } })).toBe('-')
  expect(field('traffic-path', { connection_info: { boundary_id: 99 } })).toBe('-')
})
