export { families, isAtLeast, namedAtMost, severities } from './report.js'
export type { Coverage, Entity, Evidence, Family, Finding, InputCounts, Report, Severity } from './report.js'
