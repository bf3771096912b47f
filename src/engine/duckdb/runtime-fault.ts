import { Fault } from '../../fault/index.js'

/** Translated SQL fails by a cast that cannot succeed, of a text that says why. */
const OWN_MESSAGE = /^Conversion Error: Could not convert string '([A-Z]\w+ [^']+)' to \w+$/

/** What DuckDB's words begin with where it is the data, or the memory, that a statement failed for. */
const FAILURES = [
  {
    begins: /^(Conversion|Out of Range|Invalid Input)/,
    told: { code: 'query-failed', action: 'guard the expression with TRY(…), TRY_CAST or NULLIF' },
  },
  { begins: /^Out of Memory/, told: { code: 'query-memory', action: 'give --memory more, or ask for a shorter time' } },
] as const

/** What DuckDB says when a statement fails on its data or for want of something. */
export function runtimeFault(error: unknown): unknown {
  if (error instanceof Fault || !(error instanceof Error)) return error
  const first = error.message.split('\n')[0] ?? ''
  const message = OWN_MESSAGE.exec(first)?.[1] ?? first
  const known = FAILURES.find(({ begins }) => begins.test(first))
  return new Fault({ code: 'engine-failed', ...known?.told, kind: 'engine', message, cause: error })
}
