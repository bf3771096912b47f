import type { Rule } from '../../detect/index.js'
import type { CliCommand } from '../command.js'
import { done } from '../exit.js'
import { ruleOptions, withRuleFiles } from '../options/detection.js'
import { outputOptions, withOutput } from '../options/output.js'
import { chosenRules, rulesFor } from '../options/settings.js'
import { jsonOf } from '../output/json.js'
import { outputFor, type Output } from '../output/output.js'
import { printable, printableLines } from '../output/text.js'

/** `weir rules show ID`: what a rule looks for, and how. */
export const rulesShowCommand: CliCommand = {
  declare: command => withOutput(withRuleFiles(command), ['table', 'json']).argument('<id>', 'the id of a rule'),

  async run(command, effects) {
    const { format, ...choice } = outputOptions(command)
    const [rule] = chosenRules(rulesFor(ruleOptions(command)), command.args)
    const output = outputFor(choice, effects)
    if (rule) await output.write(format === 'json' ? `${jsonOf(rule, 2)}\n` : pageOf(rule, output))
    await output.close()
    return done
  },
}

function pageOf(rule: Rule, { style, width }: Output): string {
  const part = (title: string, items: readonly string[]): string => {
    const lines = items
      .flatMap(item => printableLines(item, width === undefined ? undefined : width - 2))
      .map(line => `  ${line}\n`)
    return lines.length > 0 ? `${style.strong(title)}\n${lines.join('')}\n` : ''
  }
  const parameters = Object.entries(rule.parameters).map(
    ([name, { default: value, unit, source }]) =>
      `${name}: ${String(value)} ${unit}${source === undefined ? '' : ` (${source})`}`,
  )
  return [
    `${style.strong(rule.id)}  ${rule.title}\n${style.faint(`${rule.family}  ${rule.attack.join(' ')}`)}\n\n`,
    part('What it finds', rule.description === undefined ? [] : [rule.description]),
    part('Says', [rule.finding]),
    part('Needs', rule.needs.length > 0 ? [rule.needs.join(', ')] : []),
    part('Parameters', parameters),
    part(
      'Severity',
      Object.entries(rule.severity).map(([condition, severity]) => `${severity}: ${condition}`),
    ),
    part(
      'Low where',
      Object.entries(rule.lowered).map(([condition, why]) => `${why}: ${condition}`),
    ),
    part('Cannot see', rule.blind),
    // It may be pasted, so its lines stay as they are.
    `${style.strong('SQL')}\n${printable(rule.sql.trimEnd()).replaceAll(/^/gm, '  ')}\n\n`,
    part('May be', rule.false_positives),
    part('Next', rule.next_steps),
    part(
      'Tests',
      rule.tests.map(test => test.name),
    ),
  ].join('')
}
