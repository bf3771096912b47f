import type { Finding } from '../../detect/index.js'
import type { Value } from '../../engine/index.js'
import { jsonOf } from './json.js'
import type { Output } from './output.js'
import { printable, printableLines, shellWord } from './text.js'

/** Longer statements stand in `--format json`, and here with `--all`. */
const SQL_SHOWN = 1200
const VALUE_SHOWN = 100

export interface Details {
  /** The command line that asks these sources SQL. */
  readonly query: (sql: string) => string
  /** Leaves nothing out, however long. */
  readonly all: boolean
}

/**
 * What to know about one finding: the numbers against their thresholds, what it may be otherwise, what to do, and how to see its
 * records and to silence it.
 */
export function detailsOf(finding: Finding, place: number, output: Output, { query, all }: Details): string {
  const { style, width } = output
  const label = 14
  const lines = [`${style.strong(`${String(place).padStart(2)}  ${finding.title}`)}  ${style.faint(finding.id)}`]
  const add = (name: string, texts: readonly string[]): void => {
    texts
      .flatMap(text => printableLines(text, width === undefined ? undefined : width - label))
      .forEach((text, i) => lines.push(`${(i === 0 ? `    ${name}` : '').padEnd(label)}${text}`))
  }
  add('evidence', [evidenceOf(finding, all)])
  add('parts', finding.parts?.map(part => part.summary) ?? [])
  add('mitre', [finding.mitre.join(' ')].filter(Boolean))
  add('may be', finding.false_positives)
  add('next', finding.next_steps)
  const { sql } = finding.evidence
  // What is to be typed or pasted is not broken into lines.
  const records =
    all || sql.length <= SQL_SHOWN ? query(sql) : 'their SQL is long: see it with scan --all, or as evidence.sql in --format json'
  lines.push(`    ${'records'.padEnd(label - 4)}${printable(records)}`)
  lines.push(`    ${'silence'.padEnd(label - 4)}${printable(`- ${finding.silence}`)}`)
  return `${lines.join('\n')}\n`
}

/** `attempts 412 (threshold 20), targets 3`; with `all` also the parameters that nothing was held against. */
function evidenceOf({ evidence: { metrics, thresholds } }: Finding, all: boolean): string {
  const of = (name: string): string => (name in thresholds ? ` (threshold ${String(thresholds[name])})` : '')
  const measured = Object.entries(metrics).map(([name, value]) => `${name} ${textOf(value)}${of(name)}`)
  const others = Object.entries(thresholds).flatMap(([name, value]) =>
    all && !(name in metrics) ? [`${name} set to ${String(value)}`] : [],
  )
  return [...measured, ...others].join(', ')
}

function textOf(value: Value): string {
  const text = typeof value === 'string' ? value : jsonOf(value)
  return text.length > VALUE_SHOWN ? `${text.slice(0, VALUE_SHOWN)}…` : text
}

/** The command line that asks SQL, as a POSIX shell takes it: where standard input is free the SQL stands there, without quoting. */
export function queryLine(program: string, sql: string, rest: readonly string[]): string {
  const words = rest.map(shellWord).join(' ')
  if (rest.includes('-') || sql.split('\n').includes('SQL')) return `${program} query ${shellWord(sql)} ${words}`
  return `${program} query - ${words} <<'SQL'\n${sql}\nSQL`
}
