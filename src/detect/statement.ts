import type { Parameter } from '../engine/index.js'
import { severities } from './report.js'
import type { Rule } from './rule.js'

/**
 * The rule's statement with two more columns, `severity` and `confidence`, so that the engine weighs the conditions itself; the
 * gravest `most` of its rows.
 */
export function candidateStatement(rule: Rule, most: number): string {
  const cases = Object.entries(rule.severity).map(([condition, severity]) =>
    condition === 'otherwise' ? `    ELSE '${severity}'` : `    WHEN ${condition} THEN '${severity}'`,
  )
  const grave = severities.map((severity, i) => `WHEN '${severity}' THEN ${i}`).join(' ')
  return [
    'SELECT *',
    'FROM (',
    'SELECT',
    '  candidate.*,',
    ...(cases.length > 1
      ? ['  CASE', ...cases, '  END AS severity,']
      : [`  '${rule.severity['otherwise'] ?? 'info'}' AS severity,`]),
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
