import type { Column } from '../../engine/index.js'
import { parametersOf } from '../statement.js'
import { fillTemplate } from '../template.js'
import { inPart, type CheckedRule } from './wrong.js'

/** What a sentence may name beside metrics and parameters. */
const STANDING = [
  'entity', 'network', 'sources', 'sources_total', 'targets', 'targets_total', 'ports', 'ports_total', 'protocol', 'first_seen',
  'last_seen', 'span',
] // prettier-ignore

/** Checks that all that `finding` and `group.summary` name is there. What a scorer adds is not known here: then anything may be named. */
export function checkSentences(checked: CheckedRule, columns: readonly Column[]): void {
  const { rule } = checked
  const values = (names: readonly string[]) => ({ ...Object.fromEntries(names.map(name => [name, null])), ...parametersOf(rule) })
  const metrics = columns.map(({ name }) => name)
  if (rule.score === undefined)
    inPart(checked, { path: ['finding'] }, () => fillTemplate(rule.finding, values([...metrics, ...STANDING]), 'finding'))
  const { summary } = rule.group
  if (summary !== undefined)
    inPart(checked, { path: ['group', 'summary'] }, () => fillTemplate(summary, values(STANDING), 'summary'))
}
