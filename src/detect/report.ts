import type { Value } from '../engine/index.js'

/** From the least to the most urgent. `info` is what is normal on the Internet; `medium` and above is worth a person's look. */
export const severities = ['info', 'low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof severities)[number]

export const families = [
  'scan',
  'brute-force',
  'remote-access',
  'policy',
  'command-and-control',
  'exfiltration',
  'denial-of-service',
  'lateral-movement',
  'exposure',
  'connectivity',
  'known-bad',
  'anomaly',
] as const
export type Family = (typeof families)[number]

/** Whether `severity` is at least as urgent as `floor`; what `--fail-on` asks. */
export function isAtLeast(severity: Severity, floor: Severity): boolean {
  return severities.indexOf(severity) >= severities.indexOf(floor)
}

/** How many addresses or ports a finding names; beyond that `sources_total` and its like say how many there are. */
export const namedAtMost = 1000

/** `lines = records + nodata + skipdata + headers + quarantined`, always. `bytes` are those of the sources as they lie, compressed. */
export interface InputCounts {
  readonly sources: readonly string[]
  readonly lines: number
  /** Records of status OK. */
  readonly records: number
  readonly nodata: number
  readonly skipdata: number
  readonly headers: number
  readonly quarantined: number
  readonly bytes: number
}

/** Something these logs cannot show, and the rule ids or families that are blind because of it. */
export interface Coverage {
  /** Stable, in kebab case: `reject-only`, `missing-field`, `skipdata`, `damaged-source`. */
  readonly code: string
  readonly message: string
  readonly blinds: readonly string[]
}

export const entityKinds = ['address', 'interface', 'port', 'network'] as const

/** Whom a finding is about. */
export interface Entity {
  readonly kind: (typeof entityKinds)[number]
  readonly value: string
}

/** What proves a finding: the numbers, the thresholds they passed, and the records. */
export interface Evidence {
  readonly metrics: Readonly<Record<string, Value>>
  readonly thresholds: Readonly<Record<string, number | string | boolean>>
  /** Gives the finding's rows of `records`, all `records` of them, on the engine that made the report. At most 100 kB. */
  readonly sql: string
  /** The first few of those rows. */
  readonly flows: readonly Readonly<Record<string, Value>>[]
}

/** One detected thing, as people script against it (`--format json`). Times are ISO 8601 in UTC. */
export interface Finding {
  /** The same thing has the same id in every run. */
  readonly id: string
  readonly rule: string
  readonly family: Family
  readonly title: string
  readonly severity: Severity
  /** From 0 to 1. */
  readonly confidence: number
  /** Tactics and techniques of MITRE ATT&CK: `TA0006`, `T1110`. */
  readonly mitre: readonly string[]
  readonly entity: Entity
  /** Who acts; at most `namedAtMost`. */
  readonly sources: readonly string[]
  /** How many there are, where more than `sources` names. */
  readonly sources_total?: number
  /** Who is acted on; at most `namedAtMost`. */
  readonly targets: readonly string[]
  readonly targets_total?: number
  /** The servers' ports, ascending; at most `namedAtMost`. */
  readonly ports: readonly number[]
  readonly ports_total?: number
  /** `tcp`, `udp`, `icmp`, …, the number as text where it has no name; null where the finding is not of one protocol. */
  readonly protocol: string | null
  readonly first_seen: string
  readonly last_seen: string
  /** How many flow-log records prove it. */
  readonly records: number
  /** One sentence with the numbers in it. */
  readonly summary: string
  /** Why it is most likely harmless, where its severity was lowered for that. */
  readonly lowered?: string
  readonly evidence: Evidence
  readonly next_steps: readonly string[]
  readonly false_positives: readonly string[]
  /** The exception, as a line for `exceptions:` in weir.yaml, that silences exactly this. */
  readonly silence: string
  /** The findings that are one story with this one. */
  readonly parts?: readonly Finding[]
}

/** What `weir scan --format json` prints. `window` is null where there is no record. */
export interface Report {
  readonly schema: 'weir.report/1'
  readonly window: { readonly from: string; readonly to: string } | null
  readonly input: InputCounts
  readonly coverage: readonly Coverage[]
  /** In rank order: what a person should look at first comes first. */
  readonly findings: readonly Finding[]
  readonly stats: {
    readonly elapsed_ms: number
    readonly rules: number
    /** Milliseconds to make the tables that rules read, by rule's id to find its candidates, and to prove all findings. */
    readonly prepare_ms?: number
    readonly rule_ms?: Readonly<Record<string, number>>
    readonly proofs_ms?: number
    /** Where the engine is a server: what it read, and what that costs. */
    readonly scanned_bytes?: number
    readonly price_usd?: number
  }
}
