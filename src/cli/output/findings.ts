import type { Finding, Severity } from '../../detect/index.js'
import { severities } from '../../detect/index.js'
import type { Output } from './output.js'
import { counted, countedOf, printableLines, named, spanned } from './text.js'

/** Findings of severity info are many and normal: without `--all` only so many are listed. */
const INFO_LISTED = 10

/** The findings in rank order, each with its sentence and with who, whom, where, when, records and id. */
export async function printFindings(findings: readonly Finding[], output: Output, all: boolean): Promise<void> {
  if (findings.length === 0) return output.write('No findings.\n\n')
  await output.write(`${output.style.strong(countedOf(findings.length, 'finding'))}: ${bySeverity(findings, output)}\n\n`)
  let infos = 0
  for (const [i, finding] of findings.entries()) {
    if (finding.severity === 'info' && ++infos > INFO_LISTED && !all) continue
    await output.write(`${listed(finding, i + 1, output)}\n`)
  }
  const left = all ? 0 : infos - INFO_LISTED
  if (left > 0)
    await output.write(output.style.faint(`    and ${counted(left)} more of severity info: scan --all lists them\n\n`))
}

function bySeverity(findings: readonly Finding[], { style }: Output): string {
  const counts = new Map<Severity, number>()
  for (const { severity } of findings) counts.set(severity, (counts.get(severity) ?? 0) + 1)
  return severities
    .toReversed()
    .flatMap(severity =>
      counts.has(severity) ? [style.severity[severity](`${counted(counts.get(severity) ?? 0)} ${severity}`)] : [],
    )
    .join(', ')
}

/**
 * ```
 *  1  high      203.0.113.7 tried port 22 on 30 addresses in 1 min; 2 answered
 *               203.0.113.7 → 10.0.0.1, 10.0.0.2 and 28 more  tcp 22
 *               2026-01-05 09:12 to 09:40 UTC  824 records  address-scan  id 5f3a…
 * ```
 */
function listed(finding: Finding, place: number, { style, width }: Output): string {
  const margin = ' '.repeat(14)
  const head = `${String(place).padStart(2)}  ${style.severity[finding.severity](finding.severity.padEnd(8))}  `
  const room = width === undefined ? undefined : width - margin.length
  const lines = [
    ...printableLines(finding.summary, room).map(line => style.strong(line)),
    ...printableLines([partiesOf(finding), portsOf(finding)].filter(Boolean).join('  '), room),
    ...printableLines(
      `${spanned(finding.first_seen, finding.last_seen)}  ${countedOf(finding.records, 'record')}  ${rulesOf(finding)}  id ${finding.id}`,
      room,
    ).map(style.faint),
  ]
  return `${head}${lines.join(`\n${margin}`)}\n`
}

/** A story's own rule first, then those of its parts. */
const rulesOf = ({ rule, parts = [] }: Finding): string => [...new Set([rule, ...parts.map(part => part.rule)])].join(', ')

export function partiesOf(finding: Finding): string {
  const sources = named(finding.sources, finding.sources_total)
  const targets = named(finding.targets, finding.targets_total)
  return [sources, targets].filter(Boolean).join(' → ')
}

export function portsOf(finding: Finding): string {
  return [finding.protocol, named(finding.ports, finding.ports_total, 5)].filter(Boolean).join(' ')
}
