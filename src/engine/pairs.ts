import type { Relation } from './relation.js'

/** What of `records` lies between pairs of hosts, by their `pair_id`; with the columns of `records` as it is known. */
export function recordsOfPairs(relations: readonly Relation[], pairs: readonly number[]): string {
  const columns = relations.find(({ name }) => name === 'records')?.columns ?? []
  return `SELECT ${columns.map(({ name }) => `"${name}"`).join(', ')} FROM placed_records WHERE pair_id IN (${listed(pairs)})`
}

/** What may stand within IN: nothing is in no list, and SQL has no empty one. */
export const listed = (numbers: readonly number[]): string => (numbers.length > 0 ? numbers.join(', ') : 'NULL')
