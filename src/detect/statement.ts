import type { Parameter } from '../engine/index.js'
import type { Rule } from './rule.js'

/** The rule's statement with two more columns, `severity` and `confidence`, so that the engine weighs the conditions itself. */
export function candidateStatement(rule: Rule): string {
  const cases = Object.entries(rule.severity).map(([condition, severity]) =>
    condition === 'otherwise' ? `    ELSE '${severity}'` : `    WHEN ${condition} THEN '${severity}'`,
  )
  return [
    'SELECT',
    '  candidate.*,',
    ...(cases.length > 1
      ? ['  CASE', ...cases, '  END AS severity,']
      : [`  '${rule.severity['otherwise'] ?? 'info'}' AS severity,`]),
    `  CAST(${String(rule.confidence)} AS double) AS confidence`,
    'FROM (',
    rule.sql.replace(/;\s*$/, ''),
    ') AS candidate',
  ].join('\n')
}

/** The rule's parameters, each its default or what the configuration says. */
export function parametersOf(rule: Rule, configured: Readonly<Record<string, Parameter>> = {}): Record<string, Parameter> {
  const defaults = Object.entries(rule.parameters).map(([name, parameter]) => [name, parameter.default] as const)
  return { ...Object.fromEntries(defaults), ...configured }
}
