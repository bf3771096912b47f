import type { Relation } from './relation.js'

/** What of `records` lies between pairs of hosts, by their `pair_id`; with the columns of `records` as it is known. */
export function recordsOfPairs(relations: readonly Relation[], pairs: readonly number[]): string {
  const columns = relations.find(({ name }) => name === 'records')?.columns ?? []
  return `SELECT ${columns.map(({ name }) => `"${name}"`).join(', ')} FROM placed_records WHERE pair_id IN (${pairs.join(', ')})`
}
