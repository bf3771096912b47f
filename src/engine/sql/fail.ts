import { Fault } from '../../fault/index.js'

export type SqlCode = 'sql-syntax' | 'sql-refused' | 'sql-function' | 'sql-relation' | 'sql-column' | 'sql-type'

/** A place in a statement. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** The error of a statement that Weir does not run. Nothing has been read when it is raised. */
export function refuse(
  code: SqlCode,
  message: string,
  place: Place | undefined,
  detail: { readonly expected?: string; readonly action?: string } = {},
): Fault {
  return new Fault({
    code,
    kind: 'usage',
    message,
    ...(place ? { where: `line ${place.line}, column ${place.column}` } : {}),
    ...detail,
  })
}

/** The names most like one that is not known: fewest changed letters first, at most three, none that is too far off. */
export function nearest(name: string, known: Iterable<string>): string[] {
  const wanted = name.toLowerCase()
  return [...new Set(known)]
    .map(candidate => ({ candidate, distance: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(2, Math.floor(Math.max(wanted.length, candidate.length) / 3)))
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate))
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}

/** Levenshtein's distance, one row at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
