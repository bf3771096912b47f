import type { Parameter } from '../engine/index.js'
import { severities } from './report.js'
import type { Rule } from './rule.js'

/**
 * The rule's statement with three more columns, `severity`, `confidence` and `lowered`, so that the engine weighs the conditions itself;
 * the gravest `most` of its rows.
 */
export function candidateStatement(rule: Rule, most: number): string {
  const cases = Object.entries(rule.severity).map(([condition, severity]) =>
    condition === 'otherwise' ? `    ELSE '${severity}'` : `    WHEN ${condition} THEN '${severity}'`,
  )
  const lowered = Object.entries(rule.lowered).map(
    ([condition, why]) => `    WHEN ${condition} THEN '${why.replaceAll("'", "''")}'`,
  )
  const grave = severities.map((severity, i) => `WHEN '${severity}' THEN ${i}`).join(' ')
  const severity =
    cases.length > 1 ? ['  CASE', ...cases, '  END AS judged,'] : [`  '${rule.severity['otherwise'] ?? 'info'}' AS judged,`]
  return [
    'SELECT',
    '  weighed.*,',
    ...(lowered.length
      ? [`  CASE WHEN lowered IS NOT NULL AND judged NOT IN ('info', 'low') THEN 'low' ELSE judged END AS severity`]
      : ['  judged AS severity']),
    'FROM (',
    'SELECT',
    '  candidate.*,',
    ...severity,
    ...(lowered.length ? ['  CASE', ...lowered, '  END AS lowered,'] : []),
    `  CAST(${String(rule.confidence)} AS double) AS confidence`,
    'FROM (',
    rule.sql.replace(/;\s*$/, ''),
    ') AS candidate',
    ') AS weighed',
    `ORDER BY CASE severity ${grave} END DESC, confidence DESC, first_seen, entity`,
    `LIMIT ${most}`,
  ].join('\n')
}

/** The rule's parameters, each its default or what the configuration says. */
export function parametersOf(rule: Rule, configured: Readonly<Record<string, Parameter>> = {}): Record<string, Parameter> {
  const defaults = Object.entries(rule.parameters).map(([name, parameter]) => [name, parameter.default] as const)
  return { ...Object.fromEntries(defaults), ...configured }
}
