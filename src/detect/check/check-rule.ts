import { queryCheck } from '../../engine/index.js'
import { FIELDS, layoutOfFields } from '../../format/index.js'
import { readRule, type Rule } from '../rule.js'
import { checkSentences } from './sentences.js'
import { checkConditions, checkEvidence, checkSql } from './rule-sql.js'
import { checkTests } from './rule-tests.js'
import { wrongIn, type CheckedRule } from './wrong.js'

/**
 * Reads a rule, and checks all that can be said of it before it is asked: its SQL against the relations, its sentences, its tests.
 * Throws a Fault of kind `usage` that names file, line and column of the first mistake.
 */
export function readCheckedRule(text: string, file: string): Rule {
  const { value: rule, placeOf } = readRule(text, file)
  const checked: CheckedRule = { rule, placeOf }
  checkTests(checked)
  checkNeeds(checked)
  const query = queryCheck(rule.tests.flatMap(({ fields }) => fields ?? []))
  const unread = rule.reads.findIndex(name => !query.relations.includes(name))
  if (unread >= 0) {
    const detail = { expected: `of ${query.relations.join(', ')}` }
    throw wrongIn(checked, { path: ['reads', unread] }, `there is no relation ${String(rule.reads[unread])}`, detail)
  }
  const { columns } = checkSql(checked, query)
  checkConditions(checked, query)
  checkEvidence(checked, query, columns)
  checkSentences(checked, columns)
  return rule
}

/** A field is one that Weir knows, or that a log of the rule's tests has. */
function checkNeeds(checked: CheckedRule): void {
  const { needs, tests } = checked.rule
  const tested = tests.flatMap(({ fields = '' }) => layoutOfFields(fields))
  const known = new Set([...FIELDS, ...tested].map(({ column }) => column))
  const unknown = needs.findIndex(name => !known.has(name))
  if (unknown < 0) return
  throw wrongIn(checked, { path: ['needs', unknown] }, `there is no field ${String(needs[unknown])}`, {
    expected: `fields with underscores, of ${FIELDS.map(({ column }) => column).join(', ')}`,
    action: 'name a field that Weir does not know yet in the `fields` of a test',
  })
}
