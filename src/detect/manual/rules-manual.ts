import type { Rule } from '../rule.js'
import { rulePage } from './rule-page.js'
import { withRulesTable } from './rules-table.js'

/** What the YAML of the rules says in the manual: a page for each, by its name in docs/rules/, and docs/rules.md with their table. */
export interface RulesManual {
  readonly pages: ReadonlyMap<string, string>
  readonly index: string
}

/** Writes the manual of the rules anew from what docs/rules.md says now. */
export const rulesManual = (rules: readonly Rule[], index: string): RulesManual => ({
  pages: new Map(rules.map(rule => [`${rule.id}.md`, rulePage(rule)])),
  index: withRulesTable(index, rules),
})
