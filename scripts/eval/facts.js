// What the logs say of planted cases and the labels do not: whether anything was let in, how often and how evenly a beacon calls.
import { answered } from './simulations.js'

const quoted = addresses => addresses.map(address => `'${address}'`).join(', ')
const spread = values => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}

/** Calls that begin at different seconds, and the jitter as a share of the period; a call that is missed is no jitter. */
function rhythm(starts) {
  const gaps = starts.slice(1).map((start, i) => start - starts[i])
  if (gaps.length < 3) return { calls: starts.length, jitter: 1 }
  const period = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)]
  // A call is off by up to half the jitter either way, and a gap has two ends: the spread of a gap is √(1/6) of the jitter.
  return { calls: starts.length, jitter: spread(gaps.filter(gap => gap < 1.6 * period)) / Math.sqrt(1 / 6) / period }
}

/** Of a simulation: the facts of each label. Strangers are one case's alone, so an address outside tells the case. */
export function factsOf(simulation, made) {
  const guessers = made.labels.filter(label => /brute-force$/.test(label.scenario)).flatMap(label => label.sources)
  const controllers = made.labels.filter(label => label.scenario === 'beacon').flatMap(label => label.targets)
  const rows = (name, column, addresses, rest) =>
    addresses.length === 0
      ? []
      : answered(
          made,
          name,
          `SELECT ${rest} FROM records WHERE ${column} IN (${quoted(addresses)}) AND action = 'ACCEPT' GROUP BY ${rest}`,
        )
  const accepted = new Set(rows('accepted', 'srcaddr', guessers, 'srcaddr').map(row => row.srcaddr))
  const calls = new Map()
  for (const { dstaddr, start } of rows('calls', 'dstaddr', controllers, 'dstaddr, "start"'))
    calls.set(dstaddr, [...(calls.get(dstaddr) ?? []), Number(start)])
  return label => ({
    days: simulation.days,
    rejected: !label.sources.some(source => accepted.has(source)),
    ...rhythm((calls.get(label.targets[0]) ?? []).sort((a, b) => a - b)),
  })
}
