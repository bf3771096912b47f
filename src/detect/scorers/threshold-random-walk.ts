import { metricOf, type Candidate } from '../candidate.js'

/** P(success) of a first contact by a host that does not scan, and by one that does; how many sources scan, before we look. */
const benign = 0.8
const scanning = 0.2
const prior = 1e-5

/**
 * Threshold random walk (Jung, Paxson, Berger, Balakrishnan, IEEE S&P 2004): the likelihood ratio of the first contacts of a
 * source, each answered or failed, as the probability that it scans. Reads the metrics `failed` and `answered`.
 */
export function thresholdRandomWalk(candidate: Candidate): number {
  const failed = metricOf(candidate, 'failed')
  const answered = metricOf(candidate, 'answered')
  const walk = failed * Math.log((1 - scanning) / (1 - benign)) + answered * Math.log(scanning / benign)
  const odds = walk + Math.log(prior / (1 - prior))
  return 1 / (1 + Math.exp(-odds))
}
