import { wrongOption } from './choice.js'

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i

/** Reads an ISO 8601 time, in UTC where it names no zone: `2026-03-01`, `2026-03-01T12:00:00+02:00`. */
export function instant(option: string, text: string): Date {
  return isoInstant(text) ?? fail(option, text, 'an ISO 8601 time such as 2026-03-01 or 2026-03-01T12:00:00Z')
}

/** Reads an ISO 8601 time, or an age before `now`: `90s`, `30m`, `24h`, `7d`, `2w`. */
export function instantOrAge(option: string, text: string, now: Date): Date {
  const age = /^(\d+)([smhdw])$/.exec(text)
  const seconds = age ? Number(age[1]) * (SECONDS[age[2] ?? ''] ?? NaN) : NaN
  const before = new Date(now.getTime() - seconds * 1000)
  if (!Number.isNaN(before.getTime())) return before
  return isoInstant(text) ?? fail(option, text, 'an ISO 8601 time such as 2026-03-01T12:00:00Z, or an age such as 24h or 7d')
}

/** Reads an age in milliseconds: `90s`, `24h`, `7d`. */
export function ageOf(option: string, text: string): number {
  const age = /^(\d+)([smhdw])$/.exec(text)
  const seconds = age ? Number(age[1]) * (SECONDS[age[2] ?? ''] ?? NaN) : NaN
  return Number.isSafeInteger(seconds) ? seconds * 1000 : fail(option, text, 'an age such as 30m, 24h or 7d')
}

function isoInstant(text: string): Date | undefined {
  const match = ISO.exec(text)
  if (!match) return undefined
  const [, year, month, day, hours = '00', minutes = '00', seconds = '00', zone = 'Z'] = match
  const time = new Date(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}${zone.toUpperCase()}`)
  const sameDay = new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDate() === Number(day)
  return Number.isNaN(time.getTime()) || !sameDay ? undefined : time
}

function fail(option: string, text: string, expected: string): never {
  throw wrongOption(option, text, expected)
}
