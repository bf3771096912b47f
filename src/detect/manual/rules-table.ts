import { Fault } from '../../fault/index.js'
import type { Rule } from '../rule.js'
import { code, table } from './markdown.js'

const BEGIN = '<!-- rules: npm run docs:rules writes this table -->\n'
const END = '<!-- /rules -->'

/** docs/rules.md with the table of all rules as they are. Throws a Fault of kind `usage` where it has no place for it. */
export function withRulesTable(manual: string, rules: readonly Rule[]): string {
  const [begin, end] = [manual.indexOf(BEGIN), manual.indexOf(END)]
  if (begin >= 0 && end >= 0) return `${manual.slice(0, begin + BEGIN.length)}\n${rulesTable(rules)}\n${manual.slice(end)}`
  throw new Fault({
    code: 'manual-table',
    kind: 'usage',
    message: 'docs/rules.md has no place for the table of rules',
    where: 'docs/rules.md',
    expected: `${BEGIN.trim()} and ${END}`,
  })
}

const rulesTable = (rules: readonly Rule[]): string =>
  table(
    ['rule', 'family', 'finds', 'MITRE ATT&CK', 'parameters'],
    rules.map(({ id, family, title, attack, parameters }) => [
      `[${code(id)}](rules/${id}.md)`,
      family,
      title,
      attack.join(' '),
      Object.entries(parameters)
        .map(([name, parameter]) => `${name} ${String(parameter.default)}`)
        .join(', '),
    ]),
  )
