import { severities, type Finding } from './report.js'

/** What a person should look at first comes first: the more severe, the surer, the busier; last of all by id, so that runs agree. */
export function rankFindings(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (a, b) =>
      severities.indexOf(b.severity) - severities.indexOf(a.severity) ||
      b.confidence - a.confidence ||
      b.records - a.records ||
      (a.id < b.id ? -1 : 1),
  )
}
