import { rowsOf, type Engine, type QueryOptions, type Value } from '../engine/index.js'
import { Fault } from '../fault/index.js'
import { candidateOf, type Candidate } from './candidate.js'
import { configuredParameters, configuredRules, parseConfig, type Config, type Exception } from './config.js'
import { coverageOf, isBlind, type CoverageInput } from './coverage.js'
import { isExcepted, isSilenced, standingExceptions } from './exceptions.js'
import { factsOf, type Facts } from './facts.js'
import { findingOf, type FindingContext } from './finding.js'
import { groupCandidates } from './group.js'
import { networkCondition } from './network-condition.js'
import { rankFindings } from './rank.js'
import type { Coverage, Finding } from './report.js'
import type { Rule } from './rule.js'
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
}

/**
 * Asks every rule that is not switched off and not blind. A rule that fails on the data stands in `coverage`, and the others
 * go on. Throws a Fault where a rule or the configuration is wrong.
 */
export async function runRules(options: RunOptions): Promise<RunResult> {
  const { engine, input, config = parseConfig(''), now, signal } = options
  const query: QueryOptions = signal ? { signal } : {}
  const standing = configuredRules(options.rules, config)
  const seeing = standing.filter(rule => !isBlind(rule, input))
  await engine.prepare([...new Set(seeing.flatMap(rule => rule.reads))])
  const facts = await factsOf(engine, query)
  const running = facts.window ? seeing : []
  const inNetwork = networkCondition(engine, input, query)
  const exceptions = standingExceptions(config.exceptions, now)
  const findings: Finding[] = []
  const failures: Coverage[] = []
  for (const [place, rule] of running.entries()) {
    options.onRule?.(rule, place, running.length)
    const parameters = parametersOf(rule, configuredParameters(rule, config))
    try {
      findings.push(...(await findingsOf({ engine, rule, parameters, inNetwork, query }, exceptions)))
    } catch (error) {
      if (!(error instanceof Fault && error.code === 'query-failed')) throw error
      failures.push({ code: 'rule-failed', message: `${rule.id} failed on these records: ${error.message}`, blinds: [rule.id] })
    }
  }
  return {
    window: facts.window,
    coverage: [...failures, ...coverageOf(input, facts, standing)],
    findings: rankFindings(findings),
    rules: running.length,
  }
}

async function findingsOf(context: FindingContext, exceptions: readonly Exception[]): Promise<readonly Finding[]> {
  const { id } = context.rule
  const candidates = (await candidatesOf(context)).filter(candidate => !isExcepted(candidate, id, exceptions))
  const findings: Finding[] = []
  for (const group of groupCandidates(context.rule, candidates)) {
    if (!isSilenced(id, group.id, exceptions)) findings.push(await findingOf(group, context))
  }
  return findings
}

async function candidatesOf({ engine, rule, parameters, query }: FindingContext): Promise<readonly Candidate[]> {
  const rows = await inRule(rule, async () => rowsOf(await engine.query(candidateStatement(rule), { ...query, parameters })))
  const scorer = rule.score === undefined ? undefined : scorers[rule.score]
  return rows.map((row: Record<string, Value>) => {
    const candidate = candidateOf(row, rule.id)
    return scorer ? { ...candidate, confidence: Math.max(candidate.confidence, scorer(candidate)) } : candidate
  })
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
