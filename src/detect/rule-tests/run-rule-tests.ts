import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { openDuckdb } from '../../engine/index.js'
import { networkColumns } from '../../lake/index.js'
import { allowedConnections } from '../allow.js'
import { parseConfig } from '../config.js'
import type { Finding } from '../report.js'
import type { Rule, RuleTest } from '../rule.js'
import { runRules } from '../run.js'
import { differences, type Expectation } from './expectation.js'
import { flowLogOf } from './flow-table.js'
import { unproven } from './proof.js'

/** How one of a rule's own tests went. */
export interface RuleTestResult {
  readonly rule: string
  readonly name: string
  readonly passed: boolean
  /** Why the rule failed, what was found that was not expected, what was expected and not found, what its evidence does not prove. */
  readonly problems: readonly string[]
}

/** Runs the tests that stand in the rules: each table becomes a flow log, which is read and judged like any other. */
export async function runRuleTests(rules: readonly Rule[]): Promise<readonly RuleTestResult[]> {
  const results: RuleTestResult[] = []
  const folder = await mkdtemp(join(tmpdir(), 'weir-rule-test-'))
  try {
    for (const rule of rules) {
      for (const test of rule.tests) {
        const problems = await problemsOf(rule, test, folder)
        results.push({ rule: rule.id, name: test.name, passed: !problems.length, problems })
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return results
}

async function problemsOf(rule: Rule, test: RuleTest, folder: string): Promise<readonly string[]> {
  const file = join(folder, 'flows.log')
  await writeFile(file, flowLogOf(test.flows, test.fields, `rule ${rule.id}, test "${test.name}"`))
  const config = {
    ...parseConfig(stringify(test.config), `rule ${rule.id}, test "${test.name}", config`),
    rules: { [rule.id]: test.parameters },
  }
  const lists = Object.entries(test.lists).flatMap(([list, networks]) =>
    networks.flatMap(network => ({ list, ...networkColumns(network), score: null, source: 'test' })),
  )
  const engine = await openDuckdb({
    sources: [file],
    threads: 1,
    own: config.networks.own,
    allowed: allowedConnections(config),
    ...(lists.length > 0 && { lists }),
  })
  try {
    const { findings, failed } = await runRules({ engine, rules: [rule], input: await engine.input(), config, now: 0 })
    return [...failed.map(({ message }) => message), ...compare(findings, test.expect), ...(await unproven(findings, engine))]
  } finally {
    await engine.close()
  }
}

/** Each expectation takes the first finding that fits it; what is left on either side is a problem. */
function compare(findings: readonly Finding[], expected: readonly Expectation[]): readonly string[] {
  const left = [...findings]
  const missing = expected.flatMap(want => {
    const fitting = left.findIndex(finding => !differences(finding, want).length)
    if (fitting >= 0) return (left.splice(fitting, 1), [])
    const [nearest] = left
    return [
      `expected ${JSON.stringify(want)}${nearest ? `: ${differences(nearest, want).join('; ')}` : ', and nothing was found'}`,
    ]
  })
  return [...missing, ...(missing.length ? [] : left.map(({ severity, summary }) => `not expected: ${severity}, ${summary}`))]
}
