import { rowsOf, type Engine, type Parameter, type QueryOptions, type Value } from '../engine/index.js'
import type { Candidate, Named } from './candidate.js'
import { silenceOf } from './exceptions.js'
import type { Group } from './group.js'
import { evidenceBetween, hostsOf } from './evidence.js'
import { bindLiterals, type Bound } from './literals.js'
import type { Records } from './proofs.js'
import { protocolName } from './protocol.js'
import { namedAtMost, type Evidence, type Finding } from './report.js'
import type { Rule } from './rule.js'
import { fillTemplate } from './template.js'
import { timeOf } from './time.js'

/** How long an evidence statement may be, in bytes, and how many of its rows a finding shows. */
const longest = 100_000
/** The same of one that counts these rows; Athena takes 262,144. */
const longestCounting = 200_000
const shown = 20

/** What a finding needs beside its candidate. */
export interface FindingContext {
  readonly engine: Engine
  readonly rule: Rule
  readonly parameters: Readonly<Record<string, Parameter>>
  /** The condition over `records` that holds for those of a network. */
  readonly inNetwork: (network: string) => Promise<string>
  readonly query: QueryOptions
}

/** Makes a group the finding that people read, with its records counted and the first of them shown. */
export async function findingOf(group: Group, context: FindingContext, from: Records): Promise<Finding> {
  const { id, summed, candidate } = group
  const { rule, parameters } = context
  const sql = evidenceStatement(candidate, rule, parameters, await context.inNetwork(candidate.network))
  const flows = await rowsOf(await from.query(`${sql}\nLIMIT ${shown}`, context.query))
  const hosts = rule.evidence === undefined && from === context.engine ? hostsOf(candidate) : undefined
  const records = flows.length < shown ? flows.length : await countOf(countingStatement(sql, hosts), from, context.query)
  const evidence: Evidence = { metrics: candidate.metrics, thresholds: parameters, sql, flows: flows.map(withoutNulls) }
  const sentence = candidate.lowered !== null ? HARMLESS : summed === null ? rule.finding : (rule.group.summary ?? rule.finding)
  return {
    id,
    rule: rule.id,
    family: rule.family,
    title: rule.title,
    severity: candidate.severity,
    confidence: Math.round(candidate.confidence * 100) / 100,
    mitre: rule.attack,
    entity: { kind: summed === null ? (candidate.entityKind ?? rule.entity) : 'network', value: candidate.entity },
    sources: candidate.sources.items.slice(0, namedAtMost),
    ...totalOf('sources_total', candidate.sources),
    targets: candidate.targets.items.slice(0, namedAtMost),
    ...totalOf('targets_total', candidate.targets),
    ports: candidate.ports.items.slice(0, namedAtMost),
    ...totalOf('ports_total', candidate.ports),
    protocol: candidate.protocols.length === 1 ? candidate.protocols.map(protocolName).join() : null,
    first_seen: timeOf(candidate.firstSeen),
    last_seen: timeOf(candidate.lastSeen),
    records,
    summary: fillTemplate(sentence, { ...parameters, ...sentenceValues(candidate) }, `rule ${rule.id}`),
    ...(candidate.lowered === null ? {} : { lowered: candidate.lowered }),
    evidence,
    next_steps: rule.next_steps,
    false_positives: rule.false_positives,
    silence: silenceOf(rule.id, id, candidate.entity),
  }
}

/** Counts the rows of a statement; `hosts`, which holds for all of them, is said as well where that does not make it too long for an engine. */
export function countingStatement(sql: string, hosts: string | undefined): string {
  const all = `SELECT count(*) AS records FROM (\n${sql}\n) AS evidence`
  const ofHosts = `${all}\nWHERE ${hosts ?? 'TRUE'}`
  return hosts === undefined || Buffer.byteLength(ofHosts) > longestCounting ? all : ofHosts
}

async function countOf(counting: string, from: Records, query: QueryOptions): Promise<number> {
  const [{ records } = { records: 0 }] = await rowsOf(await from.query(counting, query))
  return Number(records)
}

const HARMLESS =
  '{lowered}: {sources_total:address|addresses} ({sources}) with {targets_total:address|addresses} ({targets}) on port {ports}'

/** The rule's evidence with literals, its lists shortened until it is no longer than a person's tool takes. */
function evidenceStatement(
  candidate: Candidate,
  rule: Rule,
  parameters: Readonly<Record<string, Parameter>>,
  inNetwork: string,
): string {
  for (let most = namedAtMost; ; most = Math.floor(most / 2)) {
    const values = new Map<string, Bound>([
      ...Object.entries(parameters),
      ...Object.entries(candidate.metrics),
      ['entity', candidate.entity],
      ['network', candidate.network],
      ['sources', candidate.sources.items.slice(0, most)],
      ['targets', candidate.targets.items.slice(0, most)],
      ['ports', candidate.ports.items.slice(0, most)],
      ['protocols', [...candidate.protocols]],
      ['first_seen', candidate.firstSeen],
      ['last_seen', candidate.lastSeen],
      ['in_network', { sql: inNetwork }],
    ])
    const sql = bindLiterals(rule.evidence ?? evidenceBetween(candidate), values, `rule ${rule.id}, evidence`).trim()
    if (Buffer.byteLength(sql) <= longest || most === 1) return sql
  }
}

function sentenceValues(candidate: Candidate): Record<string, Value> {
  return {
    ...candidate.metrics,
    entity: candidate.entity,
    network: candidate.network || 'the Internet',
    sources: [...candidate.sources.items],
    sources_total: candidate.sources.total,
    targets: [...candidate.targets.items],
    targets_total: candidate.targets.total,
    ports: [...candidate.ports.items],
    ports_total: candidate.ports.total,
    protocol: candidate.protocols.map(protocolName),
    first_seen: candidate.firstSeen,
    last_seen: candidate.lastSeen,
    span: candidate.lastSeen - candidate.firstSeen,
    lowered: candidate.lowered,
  }
}

function totalOf<Key extends string>(key: Key, { total }: Named<unknown>): Partial<Record<Key, number>>
function totalOf(key: string, { total }: Named<unknown>): Record<string, number> {
  return total > namedAtMost ? { [key]: total } : {}
}

const withoutNulls = (row: Record<string, Value>) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
