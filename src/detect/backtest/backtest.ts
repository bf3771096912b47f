import { z } from 'zod'
import { rowsOf, type Parameter } from '../../engine/index.js'
import { metricOf, type Candidate } from '../candidate.js'
import { configuredParameters, parseConfig } from '../config.js'
import { coverageOf, isBlind, isTooShort } from '../coverage.js'
import { Exceptions } from '../exceptions.js'
import { factsOf, type Facts } from '../facts.js'
import type { Coverage } from '../report.js'
import type { Rule } from '../rule.js'
import { candidatesCut, candidatesOf, type RunOptions } from '../run.js'
import { candidateStatement, parametersOf } from '../statement.js'
import { dayOf } from '../time.js'
import { countsByDay, noFindings, sumOfCounts, type Counts } from './days.js'
import { histogramOf, type Histogram } from './histogram.js'
import { lowered, otherThresholds, raised } from './thresholds.js'

export interface BacktestOptions extends Omit<RunOptions, 'rules' | 'onRule'> {
  readonly rule: Rule
  /** Called before the rule is asked for another value of a parameter. */
  readonly onLimit?: (parameter: string, place: number, limits: number) => void
}

export interface BacktestDay {
  /** In UTC: `2026-01-05`. */
  readonly day: string
  readonly findings: Counts
}

/** A numeric parameter that limits a metric of its name. */
export interface Limit {
  readonly parameter: string
  readonly unit: string
  readonly value: number
  /** Whether candidates have at least or at most so much. */
  readonly bound: 'least' | 'most'
  /** Of the metric, over candidates on both sides of the threshold. */
  readonly histogram: Histogram
  /** What other values would have raised in all days, the value that holds among them. */
  readonly thresholds: readonly { readonly value: number; readonly findings: Counts }[]
}

/** What a rule would have raised. */
export interface Backtest {
  readonly rule: string
  readonly parameters: Readonly<Record<string, Parameter>>
  readonly window: Facts['window']
  /** What these logs cannot show of it. */
  readonly coverage: readonly Coverage[]
  /** The days of which there are records, in order. */
  readonly days: readonly BacktestDay[]
  readonly limits: readonly Limit[]
}

/** Asks a rule over past records, and again for other values of each parameter that limits a metric. Throws a Fault where it fails. */
export async function runBacktest(options: BacktestOptions): Promise<Backtest> {
  const { engine, rule, input, config = parseConfig(''), now, signal } = options
  const query = signal ? { signal } : {}
  const parameters = parametersOf(rule, configuredParameters(rule, config))
  await engine.prepare(rule.reads)
  const exceptions = await Exceptions.over(engine, config.exceptions, now, query)
  const facts = await factsOf(engine, query)
  const coverage = coverageOf(input, facts, [rule])
  const told = { rule: rule.id, parameters, window: facts.window, coverage }
  if (!facts.window || isBlind(rule, input) || isTooShort(rule, facts)) return { ...told, days: [], limits: [] }
  const asking: Asking = {
    ask: values => candidatesOf({ engine, rule, parameters: { ...parameters, ...values }, query }),
    count: candidates => countsByDay(rule, candidates, exceptions),
  }
  const { candidates, isCut } = await asking.ask({})
  const found = asking.count(candidates)
  const days = new Set([
    ...daysOf.parse(await rowsOf(await engine.query(DAYS, query))).map(({ day }) => dayOf(day)),
    ...found.keys(),
  ])
  const { columns } = await engine.query(candidateStatement(rule, 0), { ...query, parameters })
  const limiting = Object.keys(rule.parameters).filter(name => columns.some(column => column.name === name))
  const limits: Limit[] = []
  for (const [place, name] of limiting.entries()) {
    const value = parameters[name]
    if (typeof value !== 'number' || value === 0) continue
    options.onLimit?.(name, place, limiting.length)
    limits.push(await limitOf(rule, name, value, asking))
  }
  return {
    ...told,
    coverage: isCut ? [candidatesCut(rule.id), ...coverage] : coverage,
    days: [...days].sort().map(day => ({ day, findings: found.get(day) ?? noFindings })),
    limits,
  }
}

const DAYS = `SELECT "start" - "start" % 86400 AS day FROM records WHERE "start" IS NOT NULL GROUP BY "start" - "start" % 86400`
const daysOf = z.array(z.object({ day: z.coerce.number() }))

/** A rule that can be asked with other values. */
interface Asking {
  readonly ask: (values: Readonly<Record<string, Parameter>>) => ReturnType<typeof candidatesOf>
  readonly count: (candidates: readonly Candidate[]) => ReadonlyMap<string, Counts>
}

async function limitOf(rule: Rule, name: string, value: number, { ask, count }: Asking): Promise<Limit> {
  const unit = rule.parameters[name]?.unit ?? ''
  const isWhole = Number.isInteger(rule.parameters[name]?.default) && Number.isInteger(value)
  const below = (await ask({ [name]: lowered(value, isWhole) })).candidates
  const above = (await ask({ [name]: raised(value, isWhole) })).candidates
  const bound = above.length > below.length ? 'most' : 'least'
  const metrics = (bound === 'most' ? above : below).map(candidate => metricOf(candidate, name))
  const thresholds: { value: number; findings: Counts }[] = []
  for (const other of otherThresholds(value, isWhole))
    thresholds.push({ value: other, findings: sumOfCounts(count((await ask({ [name]: other })).candidates).values()) })
  return { parameter: name, unit, value, bound, histogram: histogramOf(metrics, value), thresholds }
}
