import type { CheckedQuery, Column, Parameter, QueryCheck } from '../../engine/index.js'
import { parametersOf } from '../statement.js'
import { inPart, wrongIn, type CheckedRule } from './wrong.js'

/** The columns that a candidate must have, and how their types begin. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  entity: ['varchar'],
  network: ['varchar'],
  sources: ['array(varchar', 'array(unknown'],
  targets: ['array(varchar', 'array(unknown'],
  ports: ['array(bigint', 'array(integer', 'array(smallint', 'array(tinyint', 'array(unknown'],
  protocol: ['integer', 'bigint', 'smallint', 'tinyint', 'unknown'],
  first_seen: ['bigint', 'integer', 'double'],
  last_seen: ['bigint', 'integer', 'double'],
}

/** Columns of a candidate that `group.key` may name beside its metrics. */
const LISTS = ['sources', 'targets', 'ports', 'protocol']

/** Checks a rule's statement by itself, and that its rows are candidates. */
export function checkSql(checked: CheckedRule, query: QueryCheck): CheckedQuery {
  const { rule } = checked
  const path = ['sql']
  const found = inPart(checked, { path }, () => query.check(withoutEnd(rule.sql), parametersOf(rule)))
  const types = new Map(found.columns.map(({ name, type }) => [name, type]))
  for (const [name, allowed] of Object.entries(NEEDED)) {
    const type = types.get(name)
    const expected = `${name}, ${allowed[0] ?? ''}${allowed[0]?.includes('(') ? ')' : ''} (docs/rules.md#candidates)`
    if (type === undefined) throw wrongIn(checked, { path }, `its rows have no column ${name}`, { expected })
    if (!allowed.some(start => type.startsWith(start)))
      throw wrongIn(checked, { path }, `the column ${name} is ${type}`, { expected })
  }
  const key = rule.group.key.findIndex(name => !LISTS.includes(name) && !types.has(name))
  if (key >= 0) {
    const message = `the rows of sql have no column ${String(rule.group.key[key])}`
    throw wrongIn(checked, { path: ['group', 'key', key] }, message, { expected: `of ${[...types.keys()].join(', ')}` })
  }
  const unread = found.reads.find(name => !rule.reads.includes(name))
  if (unread === undefined) return found
  throw wrongIn(checked, { path: ['reads'] }, `sql reads ${unread}, which is not among them`, {
    expected: found.reads.join(', '),
  })
}

/** Checks the conditions of `severity` and `lowered`, and a confidence that is SQL, over the rows of the statement. */
export function checkConditions(checked: CheckedRule, query: QueryCheck): void {
  const { rule } = checked
  const over = (before: string, expression: string, after: string) =>
    query.check([before, expression, after, 'FROM (', withoutEnd(rule.sql), ') AS candidate'].join('\n'), parametersOf(rule))
  for (const part of ['severity', 'lowered'] as const)
    for (const condition of Object.keys(rule[part])) {
      if (part === 'severity' && condition === 'otherwise') continue
      const spot = { path: [part, condition], isKey: true, above: 1 }
      inPart(checked, spot, () => over('SELECT CASE WHEN', condition, 'THEN 1 END AS holds'))
    }
  const { confidence } = rule
  if (typeof confidence === 'string')
    inPart(checked, { path: ['confidence'], above: 1 }, () => over('SELECT CAST(', confidence, 'AS double) AS confidence'))
}

/** Checks a rule's evidence, with something of the right type in place of what a finding will say. */
export function checkEvidence(checked: CheckedRule, query: QueryCheck, columns: readonly Column[]): void {
  const { rule } = checked
  const { evidence } = rule
  if (evidence === undefined) return
  const parameters = {
    ...parametersOf(rule),
    ...Object.fromEntries(columns.map(({ name, type }) => [name, someOf(type)])),
    ...{
      entity: '',
      network: '',
      sources: '',
      targets: '',
      ports: 0,
      protocols: 0,
      first_seen: 0,
      last_seen: 0,
      in_network: true,
    },
  }
  inPart(checked, { path: ['evidence'] }, () => query.check(withoutEnd(evidence), parameters))
}

/** A value of a type, or of the elements of a list. */
function someOf(type: string): Parameter {
  const [, element = type] = /^array\((.*)\)$/.exec(type) ?? []
  return element.startsWith('varchar') ? '' : element === 'boolean' ? true : 0
}

const withoutEnd = (sql: string) => sql.replace(/;\s*$/, '')
