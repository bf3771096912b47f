import { metricOf, numbersOf, type Candidate } from '../candidate.js'
import type { Scorer } from './scorer.js'

/** How far from the period a gap may be and still belong to it, as a share of the period: steady, jittered a little, jittered a lot. */
const TOLERANCES = [0.05, 0.15, 0.35] as const
/** Calls may be missed: gaps of so many periods count as regular. */
const MOST_MISSED = 4
/**
 * From how many aggregation intervals on a period is seen of at least 20 calls with up to 30 % jitter: where records start with their first
 * packet, two, for calls from the same port run together within one; and where they start with their interval.
 */
export const VISIBLE_INTERVALS = { exact: 2, rounded: 6 } as const

const HOUR = 3600
const DAY = 86_400

/**
 * How regular the calls of a client to a server are. Reads the metrics `starts` (Unix seconds of each call) and `sizes` (bytes that
 * the client sent in each), and the parameters `least_regular`, `least_present` and `least_score`; candidates below one of them are
 * dropped. Adds `period` (seconds), `jitter` (median deviation as a share of it), `regular`, `present` and `score`.
 *
 * The score is the mean of RITA's parts (activecm/rita v5: timestamps, sizes, duration, histogram; those two only where the calls span
 * six hours) and of the autocorrelation of the calls at their period, above what calls by chance of the same rate would have.
 */
export const periodicity: Scorer = async function* (candidates, parameters) {
  const found: Found[] = []
  const least = (name: 'regular' | 'present' | 'score') => Number(parameters[`least_${name}`] ?? 0)
  for await (const candidate of candidates) {
    const sizes = numbersOf(candidate, 'sizes')
    const calls = callsOf(numbersOf(candidate, 'starts'))
    if (!calls || calls.regular < least('regular') || calls.present < least('present')) continue
    const rhythm = scored(calls, sizes)
    if (rhythm.score < least('score')) continue
    found.push({
      ...candidate,
      confidence: Math.max(candidate.confidence, rhythm.score),
      metrics: { ...plain(candidate), ...rhythm },
    })
  }
  for (const candidate of found) {
    const alike = found.filter(other => isAlike(candidate, other)).length
    yield alike < SEVERAL_SERVERS || isUnanswered(candidate) ? candidate : lowered(candidate)
  }
}

/** A service has several addresses, which its clients call side by side; malware calls its second controller where the first is silent. */
const SEVERAL_SERVERS = 2

type Found = Candidate & { readonly metrics: { readonly period: number } }

const isAlike = (one: Found, other: Found): boolean =>
  one.entity === other.entity &&
  one.network === other.network &&
  one.ports.items.join() === other.ports.items.join() &&
  Math.abs(one.metrics.period - other.metrics.period) <= 0.1 * one.metrics.period

const isUnanswered = ({ metrics }: Candidate): boolean => metrics['answered'] === 0

const lowered = (candidate: Found): Candidate => ({
  ...candidate,
  severity: candidate.severity === 'info' ? 'info' : 'low',
  lowered:
    candidate.lowered ?? 'it calls several servers at the same pace, as a client of a service does that has many addresses',
})

function plain(candidate: Candidate): Candidate['metrics'] {
  const { starts, sizes, ...others } = candidate.metrics
  void starts
  void sizes
  return { ...others, calls: metricOf(candidate, 'calls') }
}

export interface Rhythm {
  /** Seconds. */
  readonly period: number
  readonly jitter: number
  /** The share of gaps that are the period, or a few of them. */
  readonly regular: number
  /** The share of the periods from the first call to the last that have their call. */
  readonly present: number
  readonly score: number
}

/** Undefined where there are too few calls at different seconds. */
export function rhythmOf(starts: readonly number[], sizes: readonly number[]): Rhythm | undefined {
  const calls = callsOf(starts)
  return calls && scored(calls, sizes)
}

interface Calls extends Omit<Rhythm, 'score'> {
  /** Seconds with a call, in order, and from each to the next. */
  readonly times: readonly number[]
  readonly gaps: readonly number[]
}

function callsOf(starts: readonly number[]): Calls | undefined {
  const times = [...new Set(inOrder(starts))]
  const gaps = times.slice(1).map((time, i) => time - (times[i] ?? time))
  const [first] = times
  const last = times.at(-1)
  if (gaps.length < 3 || first === undefined || last === undefined) return undefined
  const period = periodOf(gaps)
  return {
    times,
    gaps,
    period,
    jitter: round(median(gaps.map(gap => Math.abs(gap - nearest(gap, period) * period))) / period),
    regular: round(regularShare(gaps, period)),
    present: round(Math.min(1, (gaps.length * period) / (last - first))),
  }
}

function scored({ times, gaps, period, jitter, regular, present }: Calls, sizes: readonly number[]): Rhythm {
  const parts = [steadiness(gaps), steadiness(sizes), autocorrelation(times, period)]
  const [first = 0] = times
  if ((times.at(-1) ?? first) - first >= 6 * HOUR) parts.push(coverage(times, period), ...evenness(times, period))
  return { period: round(period), jitter, regular, present, score: round(mean(parts)) }
}

/**
 * The median of the gaps that are no multiples, for where calls were missed the plain median may be twice the period; or their mean, which
 * is nearer where few gaps vary much.
 */
function periodOf(gaps: readonly number[]): number {
  const sorted = inOrder(gaps)
  const middle = quantile(sorted, 0.5)
  const candidates = [middle, middle / 2, middle / 3].flatMap(guess => {
    const single = sorted.filter(gap => gap > guess / 2 && gap < 1.5 * guess)
    return single.length * 3 >= gaps.length ? [quantile(single, 0.5), mean(single)] : []
  })
  let best = { period: middle, share: regularShare(gaps, middle) }
  for (const period of new Set(candidates)) {
    const share = regularShare(gaps, period)
    if (share > best.share + 0.1) best = { period, share }
  }
  return best.period
}

const nearest = (gap: number, period: number): number => Math.min(MOST_MISSED, Math.max(1, Math.round(gap / period)))

function regularShare(gaps: readonly number[], period: number): number {
  const tolerance = Math.max(1, (TOLERANCES.at(-1) ?? 0) * period)
  let regular = 0
  for (const gap of gaps) if (Math.abs(gap - nearest(gap, period) * period) <= tolerance) regular++
  return regular / gaps.length
}

/** RITA's part for timestamps and for sizes: no skew (Bowley), little deviation (MAD). From 0 to 1. */
function steadiness(values: readonly number[]): number {
  const sorted = inOrder(values)
  const [q1, q2, q3] = [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)]
  const isSkewed = q3 - q1 >= 10 && q2 !== q1 && q2 !== q3
  const skew = isSkewed ? (q1 + q3 - 2 * q2) / (q3 - q1) : 0
  const deviation = median(values.map(value => Math.abs(value - q2)))
  return mean([1 - Math.abs(skew), q2 > 0 ? Math.max(0, (q2 - deviation) / q2) : 0])
}

/** Hours tell how steady calls are that come several times in one; slower ones are told by twice their period. */
const spanOf = (period: number): number => Math.max(HOUR, 2 * period)

/** RITA's part for duration: the share of the span's hours with a call, or twelve such hours in a row. */
function coverage(times: readonly number[], period: number): number {
  const hours = [...new Set(times.map(time => Math.floor(time / spanOf(period))))]
  const span = (hours.at(-1) ?? 0) - (hours[0] ?? 0) + 1
  let run = 1
  let longest = 1
  for (const [i, hour] of hours.entries()) {
    run = hour === (hours[i - 1] ?? NaN) + 1 ? run + 1 : 1
    longest = Math.max(longest, run)
  }
  return Math.min(1, Math.max(hours.length / span, longest / 12))
}

/**
 * RITA's part for the histogram: how even the hours of a day are, 1 less the coefficient of variation of their calls. A day in which hardly
 * a call comes has no such hours.
 */
function evenness(times: readonly number[], period: number): readonly number[] {
  const [first = 0] = times
  const parts = Math.floor(DAY / spanOf(period))
  if (parts < 3) return []
  const span = Math.min(parts, Math.ceil((((times.at(-1) ?? first) - first + 1) * parts) / DAY))
  const bins = new Array<number>(span).fill(0)
  for (const time of times) {
    const bin = Math.floor((((time - first) % DAY) * parts) / DAY)
    if (bin < span) bins[bin] = (bins[bin] ?? 0) + 1
  }
  const average = mean(bins)
  const deviation = Math.sqrt(mean(bins.map(count => (count - average) ** 2)))
  return [average > 0 ? Math.max(0, 1 - deviation / average) : 0]
}

/**
 * The share of calls that another follows one period later, above that of calls by chance (Poisson) of the same rate, for the tolerance
 * that shows it best. From 0, chance, to 1.
 */
function autocorrelation(times: readonly number[], period: number): number {
  const [first = 0] = times
  const last = times.at(-1) ?? first
  const rate = times.length / Math.max(1, last - first)
  const asked = times.filter(time => time + period <= last)
  if (asked.length === 0) return 0
  const excess = TOLERANCES.map(tolerance => {
    const reach = Math.max(1, tolerance * period)
    const followed = asked.filter(time => hasWithin(times, time + period - reach, time + period + reach, time)).length
    const byChance = 1 - Math.exp(-rate * 2 * reach)
    return (followed / asked.length - byChance) / Math.max(1e-9, 1 - byChance)
  })
  return Math.max(0, Math.min(1, Math.max(...excess)))
}

/** Whether one of the sorted times, other than `except`, lies between both. */
function hasWithin(times: readonly number[], from: number, to: number, except: number): boolean {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? Infinity) < from) low = middle + 1
    else high = middle
  }
  while ((times[low] ?? Infinity) <= to) {
    if (times[low] !== except) return true
    low += 1
  }
  return false
}

function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = share * (sorted.length - 1)
  const below = sorted[Math.floor(at)] ?? 0
  const above = sorted[Math.ceil(at)] ?? below
  return below + (above - below) * (at - Math.floor(at))
}

const inOrder = (values: readonly number[]): Float64Array => Float64Array.from(values).sort()
const median = (values: readonly number[]): number => quantile(inOrder(values), 0.5)
function mean(values: ArrayLike<number> & Iterable<number>): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / Math.max(1, values.length)
}
const round = (value: number): number => Math.round(value * 1000) / 1000
