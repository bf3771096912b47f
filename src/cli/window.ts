import { timeOf, type Coverage, type Facts, type Report } from '../detect/index.js'
import type { TimeWindow } from '../engine/index.js'
import type { ClockOptions } from './options/clock.js'

/** The asked span in whole Unix seconds, in which records start and end. */
export function windowOf({ since, until }: ClockOptions): Partial<TimeWindow> {
  return { ...(since && { from: secondsOf(since) }), ...(until && { to: secondsOf(until) }) }
}

const secondsOf = (time: Date): number => Math.ceil(time.getTime() / 1000)

/** The span that a report is about: that of the records, within what was asked; what was asked where there is no record. */
export function reportedWindow(seen: Facts['window'], { from, to }: Partial<TimeWindow>): Report['window'] {
  if (seen) return { from: timeOf(seen.from), to: timeOf(Math.min(seen.to, to ?? seen.to)) }
  return from === undefined || to === undefined ? null : { from: timeOf(from), to: timeOf(to) }
}

/** That only a part of the logs was looked at, where that was asked. */
export function windowCoverage({ from, to }: Partial<TimeWindow>, { allCounted = true } = {}): Coverage[] {
  const bounds = [
    ...(from === undefined ? [] : [`at ${timeOf(from)} or later`]),
    ...(to === undefined ? [] : [`before ${timeOf(to)}`]),
  ]
  if (bounds.length === 0) return []
  const message = `Only records that start ${bounds.join(' and ')} were looked at${allCounted ? '; lines are counted all the same' : ''}`
  return [{ code: 'window', message, blinds: [] }]
}
