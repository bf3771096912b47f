import { severities, type Rule } from '../../detect/index.js'
import type { Result } from '../../engine/index.js'
import type { CliCommand } from '../command.js'
import { done } from '../exit.js'
import { ruleOptions, withRules } from '../options/detection.js'
import { outputOptions, withOutput } from '../options/output.js'
import { rulesFor } from '../options/settings.js'
import { jsonOf } from '../output/json.js'
import { outputFor } from '../output/output.js'
import { resultOf, rowPrinters } from '../output/rows.js'

/** `weir rules list`: which rules there are. */
export const rulesListCommand: CliCommand = {
  declare: command => withOutput(withRules(command)),

  async run(command, effects) {
    const { format, ...choice } = outputOptions(command)
    const rules = rulesFor(ruleOptions(command))
    const output = outputFor(choice, effects)
    if (format === 'json') await output.write(`${jsonOf({ rules }, 2)}\n`)
    else if (format === 'table') await rowPrinters.table(ruleTable(rules), output)
    else await rowPrinters[format](ruleRows(rules), output)
    await output.close()
    return done
  },
}

/** What tells rules apart; the rest stands in `rules show` and in the other formats. */
const ruleTable = (rules: readonly Rule[]): Result =>
  resultOf(
    { id: 'varchar', family: 'varchar', severity: 'varchar', title: 'varchar' },
    rules.map(rule => [rule.id, rule.family, severityOf(rule), rule.title]),
  )

const ruleRows = (rules: readonly Rule[]): Result =>
  resultOf(
    { id: 'varchar', family: 'varchar', severity: 'varchar', title: 'varchar', mitre: 'varchar' },
    rules.map(rule => [rule.id, rule.family, severityOf(rule), rule.title, rule.attack.join(' ')]),
  )

/** `info–high`: what a finding of the rule may be. */
function severityOf(rule: Rule): string {
  const possible = new Set(Object.values(rule.severity))
  const ordered = severities.filter(severity => possible.has(severity))
  const [least, most] = [ordered[0] ?? '', ordered.at(-1) ?? '']
  return least === most ? least : `${least}–${most}`
}
