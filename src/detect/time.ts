/** Unix seconds as ISO 8601 in UTC, without a fraction. */
export function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}

/** The UTC day of Unix seconds: `2026-01-31`. */
export function dayOf(seconds: number): string {
  return timeOf(seconds).slice(0, 10)
}
