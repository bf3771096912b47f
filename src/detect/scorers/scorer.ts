import type { Candidate } from '../candidate.js'

/** How sure a method is of a candidate, from 0 to 1. It can raise what the rule itself says, not lower it. */
export type Scorer = (candidate: Candidate) => number
