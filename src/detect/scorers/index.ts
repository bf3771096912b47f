import { periodicity } from './periodicity.js'
import { each, type Scorer } from './scorer.js'
import { thresholdRandomWalk } from './threshold-random-walk.js'

/** What `score:` of a rule can name. */
export const scorers: Readonly<Record<string, Scorer>> = {
  'threshold-random-walk': each(thresholdRandomWalk),
  periodicity,
}
