import type { Parameter } from '../../engine/index.js'
import type { Candidate } from '../candidate.js'

/**
 * A method that is not relational: a rule's candidates in, as they come from the engine, and those that remain out, each with how
 * sure the method is. Whatever a verdict needs of the records stands in the candidate's metrics, for the engine has reduced them: a
 * scorer works alike over a file and over 40 TB. It holds no more of the stream than it needs.
 */
export type Scorer = (
  candidates: AsyncIterable<Candidate>,
  parameters: Readonly<Record<string, Parameter>>,
) => AsyncIterable<Candidate>

/** A scorer that looks at one candidate at a time. What it says, from 0 to 1, can raise the rule's own confidence, not lower it. */
export const each = (confidence: (candidate: Candidate) => number): Scorer =>
  async function* (candidates) {
    for await (const candidate of candidates)
      yield { ...candidate, confidence: Math.max(candidate.confidence, confidence(candidate)) }
  }
