import type { Finding, Report } from '../../detect/index.js'
import { isAtLeast } from '../../detect/index.js'
import type { InputReport, QuarantinedLine, Result } from '../../engine/index.js'
import type { Format } from '../options/output.js'
import { printCounts, printCoverage, printQuarantined } from './coverage.js'
import { detailsOf } from './details.js'
import { printFindings } from './findings.js'
import { jsonOf } from './json.js'
import type { Output } from './output.js'
import { resultOf, rowPrinters } from './rows.js'
import { spanned } from './text.js'

/** A report, and what a person wants to know beside it. */
export interface ReportView {
  readonly report: Report
  readonly input: InputReport
  /** The first quarantined lines. */
  readonly quarantined: readonly QuarantinedLine[]
  /** The lake among the sources, which keeps its quarantine itself. */
  readonly lake?: string | undefined
  /** Whether every finding is listed, those of severity info included, and the others are told in full. */
  readonly all: boolean
  /** The command line that asks these sources SQL. */
  readonly query: (sql: string) => string
}

/** How many findings are told in full without `--all`. */
const DETAILED = 3

/** Prints a report: whole as JSON, its findings as NDJSON and CSV, or for a person to read. */
export async function printReport(view: ReportView, format: Format, output: Output): Promise<void> {
  const { report } = view
  if (format === 'json') return output.write(`${jsonOf(report, 2)}\n`)
  if (format === 'ndjson') {
    for (const finding of report.findings) await output.write(`${jsonOf(finding)}\n`)
    return
  }
  if (format === 'csv') {
    await rowPrinters.csv(findingRows(report.findings), output)
    return
  }
  await printForPeople(view, output)
}

async function printForPeople(view: ReportView, output: Output): Promise<void> {
  const { report } = view
  if (report.window) await output.write(`${output.style.faint(spanned(report.window.from, report.window.to))}\n`)
  await printFindings(report.findings, output, view.all)
  await printDetails(view, output)
  await printCoverage(report.coverage, output)
  await printCounts(view.input, output)
  await printQuarantined(view.quarantined, report.input.quarantined, view.lake, output)
}

/** The first findings that are worth a person's look, in full. */
async function printDetails(view: ReportView, output: Output): Promise<void> {
  const worth = view.report.findings.filter(finding => isAtLeast(finding.severity, 'low'))
  if (worth.length === 0) return
  const told = view.all ? worth.length : DETAILED
  const { strong, faint } = output.style
  await output.write(
    `${strong('Details')}${worth.length > told ? faint(` of the first ${told}; scan --all tells all of them`) : ''}\n`,
  )
  for (const [i, finding] of worth.slice(0, told).entries()) await output.write(`${detailsOf(finding, i + 1, output, view)}\n`)
}

const findingRows = (findings: readonly Finding[]): Result =>
  resultOf(
    {
      severity: 'varchar',
      rule: 'varchar',
      family: 'varchar',
      summary: 'varchar',
      confidence: 'double',
      sources: 'varchar',
      targets: 'varchar',
      ports: 'varchar',
      protocol: 'varchar',
      first_seen: 'varchar',
      last_seen: 'varchar',
      records: 'bigint',
      mitre: 'varchar',
      id: 'varchar',
    },
    findings.map(finding => [
      finding.severity,
      finding.rule,
      finding.family,
      finding.summary,
      finding.confidence,
      finding.sources.join(' '),
      finding.targets.join(' '),
      finding.ports.join(' '),
      finding.protocol,
      finding.first_seen,
      finding.last_seen,
      finding.records,
      finding.mitre.join(' '),
      finding.id,
    ]),
  )
