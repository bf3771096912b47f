import { runRuleTests, type RuleTestResult } from '../../detect/index.js'
import type { Result } from '../../engine/index.js'
import type { CliCommand } from '../command.js'
import { done } from '../exit.js'
import { ruleOptions, withRules } from '../options/detection.js'
import { outputOptions, withOutput, type Format } from '../options/output.js'
import { chosenRules, rulesFor } from '../options/settings.js'
import { jsonOf } from '../output/json.js'
import { outputFor, type Output } from '../output/output.js'
import { resultOf, rowPrinters } from '../output/rows.js'
import { counted, printableLines } from '../output/text.js'

/** `weir rules test`: the tests that stand in the rules. A test that fails is exit code 1. */
export const rulesTestCommand: CliCommand = {
  declare: command => withOutput(withRules(command)).argument('[id...]', 'the rules to test (default: all)'),

  async run(command, effects) {
    const { format, ...choice } = outputOptions(command)
    const rules = chosenRules(rulesFor(ruleOptions(command)), command.args)
    const output = outputFor(choice, effects)
    const results = await runRuleTests(rules)
    await printResults(results, format, output)
    await output.close()
    return { ...done, found: results.some(result => !result.passed) }
  },
}

async function printResults(results: readonly RuleTestResult[], format: Format, output: Output): Promise<void> {
  if (format === 'json') return output.write(`${jsonOf({ tests: results }, 2)}\n`)
  if (format !== 'table') {
    await rowPrinters[format](resultRows(results), output)
    return
  }
  const { style, width } = output
  for (const { rule, name, passed, problems } of results) {
    const mark = passed ? style.good('passed') : style.bad('failed')
    await output.write(`${mark}  ${rule}: ${name}\n`)
    const lines = problems.flatMap(problem => printableLines(problem, width === undefined ? undefined : width - 8))
    for (const line of lines) await output.write(`        ${line}\n`)
  }
  const failed = results.filter(result => !result.passed).length
  await output.write(`\n${counted(results.length - failed)} passed, ${counted(failed)} failed\n`)
}

const resultRows = (results: readonly RuleTestResult[]): Result =>
  resultOf(
    { rule: 'varchar', name: 'varchar', passed: 'boolean', problems: 'varchar' },
    results.map(({ rule, name, passed, problems }) => [rule, name, passed, problems.join('; ')]),
  )
