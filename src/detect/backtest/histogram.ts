/** How many values are at least `from` and less than `to`. */
export interface Bin {
  readonly from: number
  readonly to: number
  readonly count: number
}

export interface Histogram {
  /** Logarithmic where the values span decades: then bins end at 1, 2 and 5 times powers of ten. */
  readonly scale: 'linear' | 'logarithmic'
  /** In order, without gaps; one of them begins at the threshold. */
  readonly bins: readonly Bin[]
}

/** From so many times the least the greatest value on, values span decades. */
const DECADES = 100
const LINEAR_BINS = 10
const MOST_EDGES = 24
/** No bin is narrower in proportion to the values: beyond that, numbers cannot tell its ends apart. */
const FINEST = 1e-9
const STEPS = [1, 2, 5]

/** Counts values in bins of which none holds values on both sides of the threshold. */
export function histogramOf(values: readonly number[], threshold: number): Histogram {
  if (values.length === 0) return { scale: 'linear', bins: [] }
  const sorted = [...values].sort((a, b) => a - b)
  const [least, most] = [sorted[0] ?? 0, sorted.at(-1) ?? 0]
  const positive = sorted.find(value => value > 0) ?? 0
  const scale = positive > 0 && least >= 0 && most >= DECADES * positive ? 'logarithmic' : 'linear'
  const natural = scale === 'linear' ? linearEdges(sorted) : [...(least === 0 ? [0] : []), ...logarithmicEdges(positive, most)]
  const edges = [...new Set([...natural, threshold])].sort((a, b) => a - b)
  const counts = countsBetween(edges, sorted)
  return { scale, bins: edges.slice(0, -1).map((from, i) => ({ from, to: edges[i + 1] ?? from, count: counts[i] ?? 0 })) }
}

function linearEdges(sorted: readonly number[]): number[] {
  const [least, most] = [sorted[0] ?? 0, sorted.at(-1) ?? 0]
  const size = Math.max(Math.abs(least), Math.abs(most))
  const wanted = least === most ? size / LINEAR_BINS : (most - least) / LINEAR_BINS
  const step = Math.max(stepAbove(Math.max(wanted, size * FINEST)), sorted.every(Number.isInteger) ? 1 : 0) || 1
  const [first, last] = [Math.floor(least / step) - 1, Math.floor(most / step) + 2]
  return around(
    Array.from({ length: last - first + 1 }, (_, i) => rounded((first + i) * step)),
    least,
    most,
  )
}

/** 1, 2, 5, 10, … from what is no more than the least to what is more than the most; powers of ten alone where those are too many. */
function logarithmicEdges(least: number, most: number): number[] {
  const [first, last] = [Math.floor(Math.log10(least)), Math.floor(Math.log10(most)) + 1]
  const steps = (last - first) * STEPS.length > MOST_EDGES ? [1] : STEPS
  const all = Array.from({ length: last - first + 1 }, (_, i) => first + i).flatMap(power =>
    steps.map(step => rounded(step * 10 ** power)),
  )
  return around(all, least, most)
}

/** Of edges in order, the last that is no more than the least, the first that is more than the most, and those between. */
const around = (edges: readonly number[], least: number, most: number): number[] =>
  edges.slice(
    Math.max(
      0,
      edges.findLastIndex(edge => edge <= least),
    ),
    edges.findIndex(edge => edge > most) + 1,
  )

/** The least of 1, 2 and 5 times a power of ten that is no less. */
function stepAbove(width: number): number {
  if (width <= 0) return 0
  const power = 10 ** Math.floor(Math.log10(width))
  return rounded(([...STEPS, 10].find(step => step * power >= width) ?? 10) * power)
}

function countsBetween(edges: readonly number[], sorted: readonly number[]): readonly number[] {
  const counts = edges.map(() => 0)
  let bin = 0
  for (const value of sorted) {
    while (value >= (edges[bin + 1] ?? Infinity)) bin++
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return counts
}

const rounded = (value: number): number => Number(value.toPrecision(12))
