import { attackName, attackPage } from '../attack/attack-ids.js'
import { bindLiterals } from '../literals.js'
import type { Rule, RuleTest } from '../rule.js'
import { parametersOf } from '../statement.js'
import { code, fenced, list, part, table } from './markdown.js'

/** The page of a rule in docs/rules/, as Markdown. */
export function rulePage(rule: Rule): string {
  return `${[
    `<!-- Made of rules/${rule.id}.yaml by npm run docs:rules: change it there. -->\n\n# ${rule.id}: ${rule.title}\n\n`,
    table(['family', 'severity', 'MITRE ATT&CK'], [[rule.family, severitiesOf(rule), rule.attack.map(attackLink).join(', ')]]),
    '\n',
    part('What it finds', rule.description === undefined ? '' : `${rule.description.trim()}\n`),
    part('What to do', list(rule.next_steps)),
    part('What else it may be', list(rule.false_positives)),
    part('How grave it is', gravity(rule)),
    part('What it needs', needs(rule)),
    part('What it cannot see', list(blindSpots(rule))),
    part('Parameters', parameters(rule)),
    part('How to silence it', silence(rule)),
    part('Examples', examples(rule)),
  ]
    .join('')
    .trimEnd()}\n`
}

const attackLink = (id: string) => `[${id}](${attackPage(id)}) ${attackName(id) ?? ''}`

const severitiesOf = (rule: Rule) => [...new Set(Object.values(rule.severity))].join(', ')

function gravity(rule: Rule): string {
  const lowered = Object.entries(rule.lowered).map(([condition, why]) => [why, code(withDefaults(rule, condition))])
  const severity = Object.entries(rule.severity).map(([condition, severity]) => [
    severity,
    condition === 'otherwise' ? 'otherwise' : code(withDefaults(rule, condition)),
  ])
  const summed = rule.group.info ? '\nWhat is `info` is summed up: one finding for each network and UTC day.\n' : ''
  if (lowered.length === 0) return `The first that holds:\n\n${table(['severity', 'when'], severity)}${summed}`
  return [
    `The first that holds:\n\n${table(['severity', 'when'], severity)}${summed}`,
    `It is \`low\` at most where it is most likely harmless, and the finding says why:\n\n${table(['why', 'when'], lowered)}`,
  ].join('\n')
}

/** A condition with the values in it that hold where nobody sets others. */
const withDefaults = (rule: Rule, condition: string) =>
  bindLiterals(condition, new Map(Object.entries(parametersOf(rule))), `rule ${rule.id}`).replaceAll(/\s+/g, ' ')

const ACTIONS = { ACCEPT: 'accepted', REJECT: 'rejected' } as const
const trafficOf = ({ actions }: Rule) => actions.map(action => ACTIONS[action]).join(' and ')

const needs = (rule: Rule): string =>
  table(
    ['of the logs', 'it needs'],
    [
      ['fields', rule.needs.map(code).join(', ') || 'none in particular'],
      ['history', rule.history === undefined ? 'none' : `${daysOf(rule.history)}`],
      ['traffic', trafficOf(rule) || 'accepted or rejected'],
    ],
  )

const daysOf = (days: number) => `${days} day${days === 1 ? '' : 's'}`

/** What the rule says of itself, and what follows from what it needs. */
const blindSpots = (rule: Rule): readonly string[] => [
  ...rule.blind,
  ...(rule.actions.length > 0 ? [`Anything, in logs that hold no ${trafficOf(rule)} traffic`] : []),
  ...(rule.history === undefined
    ? []
    : [`Anything, in records that hold less than ${daysOf(rule.history)}: it is not asked then`]),
  ...(rule.needs.length > 0
    ? ['Anything, in logs that all lack one of the fields: it is not asked then, and `coverage` says so']
    : []),
]

function parameters({ id, parameters }: Rule): string {
  const entries = Object.entries(parameters)
  if (entries.length === 0) return ''
  const rows = entries.map(([name, { default: value, unit, source = '' }]) => [code(name), String(value), unit, source])
  const settings = entries.map(([name, { default: value }]) => `    ${name}: ${JSON.stringify(value)}`)
  return [
    table(['parameter', 'default', 'unit', 'where the default comes from'], rows),
    'In weir.yaml, with the lines that are to be other than here:\n',
    fenced('yaml', ['rules:', `  ${id}:`, ...settings].join('\n')),
    `\`weir rules backtest ${id}\` shows what other values would have raised.\n`,
  ].join('\n')
}

const silence = ({ id }: Rule): string =>
  [
    'Each finding has under `silence` the exception that silences it alone. A source, or all that is within a network:\n',
    fenced('yaml', `exceptions:\n  - { rule: ${id}, source: 10.0.0.9, until: 2027-01-31, reason: "who it is, and why it may" }`),
    'Or the rule as a whole:\n',
    fenced('yaml', `rules:\n  ${id}: off`),
    'What else an exception may say stands in [rules](../rules.md#tuning-in-weiryaml).\n',
  ].join('\n')

const examples = (rule: Rule): string =>
  [
    `The tests in [the rule's file](../../rules/${rule.id}.yaml), which \`weir rules test ${rule.id}\` runs:\n`,
    table(
      ['in the logs', 'it finds'],
      rule.tests.map(test => [test.name, foundIn(test)]),
    ),
  ].join('\n')

function foundIn({ expect }: RuleTest): string {
  const severities = expect.map(({ severity }) => (typeof severity === 'string' ? severity : 'something'))
  return severities.length === 0 ? 'nothing' : [...new Set(severities)].join(', ')
}
