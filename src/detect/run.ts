import { rowStream, type Engine, type QueryOptions } from '../engine/index.js'
import { Fault } from '../fault/index.js'
import { candidateOf, type Candidate } from './candidate.js'
import { configuredParameters, configuredRules, parseConfig, type Config } from './config.js'
import { coverageOf, isBlind, isTooShort, type CoverageInput } from './coverage.js'
import { namesHosts } from './excepted-hosts.js'
import { Exceptions } from './exceptions.js'
import { factsOf, type Facts } from './facts.js'
import { findingOf, type FindingContext } from './finding.js'
import { groupCandidates, type Group } from './group.js'
import { networkCondition } from './network-condition.js'
import { recordsOfGroups } from './proofs.js'
import { rankFindings } from './rank.js'
import type { Coverage, Finding } from './report.js'
import type { Rule } from './rule.js'
import { storiesOf } from './story.js'
import { scorers } from './scorers/index.js'
import { candidateStatement, parametersOf } from './statement.js'

export interface RunOptions {
  readonly engine: Engine
  readonly rules: readonly Rule[]
  readonly input: CoverageInput
  /** What weir.yaml says; nothing where it is left out. */
  readonly config?: Config
  /** The time of the run in Unix seconds: exceptions end by it. */
  readonly now: number
  readonly signal?: AbortSignal
  /** Called before each rule is run. */
  readonly onRule?: (rule: Rule, place: number, rules: number) => void
}

export interface RunResult {
  /** First start and last end of the records, in Unix seconds; null where there is none. */
  readonly window: Facts['window']
  readonly coverage: readonly Coverage[]
  /** In rank order. */
  readonly findings: readonly Finding[]
  /** How many rules were run. */
  readonly rules: number
  /** Of each rule that failed on these records, why; the others were asked all the same. */
  readonly failed: readonly Fault[]
  readonly times: RunTimes
}

/** Milliseconds: to make what the rules read, and by rule to find its candidates. */
export interface RunTimes {
  readonly prepare: number
  readonly rules: Readonly<Record<string, number>>
  /** To count and show the evidence of all findings. */
  readonly proofs: number
}

/**
 * Asks every rule that is not switched off and not blind. A rule that fails on the data stands in `failed` and `coverage`, and the
 * others go on. Throws a Fault where a rule or the configuration is wrong.
 */
export async function runRules(options: RunOptions): Promise<RunResult> {
  const { engine, input, config = parseConfig(''), now, signal } = options
  const query: QueryOptions = signal ? { signal } : {}
  const standing = configuredRules(options.rules, config)
  const seeing = standing.filter(rule => !isBlind(rule, input))
  const began = performance.now()
  const ofHosts = config.exceptions.some(namesHosts) ? ['hosts'] : []
  await engine.prepare([...new Set([...ofHosts, ...seeing.flatMap(rule => rule.reads)])])
  const prepare = Math.round(performance.now() - began)
  const facts = await factsOf(engine, query)
  const running = facts.window ? seeing.filter(rule => !isTooShort(rule, facts)) : []
  const inNetwork = networkCondition(engine, input, query)
  const exceptions = await Exceptions.over(engine, config.exceptions, now, query)
  const found: FoundGroup[] = []
  const notes: Coverage[] = []
  const failed = new Map<string, Fault>()
  const times: Record<string, number> = {}
  for (const [place, rule] of running.entries()) {
    options.onRule?.(rule, place, running.length)
    const context = { engine, rule, parameters: parametersOf(rule, configuredParameters(rule, config)), inNetwork, query }
    const asked = performance.now()
    await passingOver(rule, failed, async () => {
      const { candidates, isCut } = await candidatesOf(context)
      const left = candidates.filter(candidate => !exceptions.silencesCandidate(candidate, rule))
      const groups = groupCandidates(rule, left).filter(group => !exceptions.silencesPart(group.id, rule))
      found.push(...groups.map(group => ({ group, context })))
      if (isCut) notes.push(candidatesCut(rule.id))
    })
    times[rule.id] = Math.round(performance.now() - asked)
  }
  const proving = performance.now()
  const findings = storiesOf(await proven(found, failed)).filter(story => !exceptions.silences(story))
  return {
    window: facts.window,
    coverage: [...[...failed].map(failureOf), ...notes, ...exceptions.coverage(), ...coverageOf(input, facts, standing)],
    findings: rankFindings(findings),
    rules: running.length,
    failed: [...failed.values()],
    times: { prepare, rules: times, proofs: Math.round(performance.now() - proving) },
  }
}

interface FoundGroup {
  readonly group: Group
  readonly context: FindingContext
}

/** The findings of all groups, each with its evidence counted and shown. */
async function proven(found: readonly FoundGroup[], failed: Map<string, Fault>): Promise<readonly Finding[]> {
  const [first] = found
  if (!first) return []
  const { engine, query } = first.context
  const usual = found.filter(({ context }) => context.rule.evidence === undefined).map(({ group }) => group)
  const recordsOf = await recordsOfGroups(engine, usual, query).catch((error: unknown) => {
    if (!isPassedOver(error)) throw error
    // Each finding is then asked for by itself, and its rule told of where that fails as well.
    return () => engine
  })
  const usually = new Set(usual)
  const findings: Finding[] = []
  for (const { group, context } of found)
    await passingOver(context.rule, failed, async () => {
      findings.push(await findingOf(group, context, usually.has(group) ? recordsOf(group) : engine))
    })
  return findings
}

/** A rule that stumbles over the records, or that a run may not ask any more, is told of once; the others go on. */
async function passingOver({ id }: Rule, failed: Map<string, Fault>, run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (!isPassedOver(error)) throw error
    if (failed.has(id)) return
    const how = error.code === 'scan-spent' ? 'was not asked to its end' : 'failed on these records'
    failed.set(
      id,
      new Fault({
        code: 'rule-failed',
        kind: 'engine',
        message: `${id} ${how}: ${error.message}`,
        where: error.where ?? `rule ${id}`,
        ...(error.expected === undefined ? {} : { expected: error.expected }),
        ...(error.action === undefined ? {} : { action: error.action }),
        cause: error,
      }),
    )
  }
}

/** What stumbles over the records, or may not be started any more: the other rules' findings stand. */
const PASSED_OVER = new Set(['query-failed', 'query-memory', 'rule-candidate', 'scan-spent'])
const isPassedOver = (error: unknown): error is Fault => error instanceof Fault && PASSED_OVER.has(error.code)

const failureOf = ([rule, { message }]: readonly [string, Fault]): Coverage => ({ code: 'rule-failed', message, blinds: [rule] })

/** That a rule had more candidates than are looked at. */
export const candidatesCut = (rule: string): Coverage => ({
  code: 'candidates-cut',
  message: `${rule} had more than ${MOST_CANDIDATES.toLocaleString('en-US')} candidates: the gravest were looked at; raise its thresholds or ask for a shorter time`,
  blinds: [],
})

/** Candidates of a rule that are looked at: so many that a person wants to hear of the rule, and no more of them. */
const MOST_CANDIDATES = 100_000

export interface Candidates {
  readonly candidates: readonly Candidate[]
  /** There were more than can be looked at: these are the gravest. */
  readonly isCut: boolean
}

/** Asks a rule, and its scorer where it has one. */
export async function candidatesOf({ engine, rule, parameters, query }: Omit<FindingContext, 'inNetwork'>): Promise<Candidates> {
  const sql = candidateStatement(rule, MOST_CANDIDATES + 1)
  const result = await inRule(rule, () => engine.query(sql, { ...query, parameters }))
  let seen = 0
  const stream = (async function* () {
    for await (const row of rowStream(result)) if (++seen <= MOST_CANDIDATES) yield candidateOf(row, rule.id)
  })()
  const scorer = rule.score === undefined ? undefined : scorers[rule.score]
  const candidates = await inRule(rule, () => allOf(scorer ? scorer(stream, parameters) : stream))
  return { candidates, isCut: seen > MOST_CANDIDATES }
}

async function allOf<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

/** Says of a refused statement whose it is. */
async function inRule<Result>(rule: Rule, ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    throw new Fault({
      code: error.code,
      kind: error.kind,
      message: error.message,
      where: [`rule ${rule.id}`, error.where].filter(Boolean).join(', '),
      ...(error.expected === undefined ? {} : { expected: error.expected }),
      ...(error.action === undefined ? {} : { action: error.action }),
      cause: error,
    })
  }
}
