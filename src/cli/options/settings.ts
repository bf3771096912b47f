import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { checkConfiguredRules, loadConfig, loadRules, parseConfig, type Config, type Rule } from '../../detect/index.js'
import { Fault } from '../../fault/index.js'
import type { DetectionOptions, RuleOptions } from './detection.js'

/** What weir.yaml says, with the networks of `--own` added. A file that was named must be there; weir.yaml need not. */
export function configFor({ config, own }: DetectionOptions): Config {
  const file = config ?? 'weir.yaml'
  const said = config === undefined && !existsSync(file) ? parseConfig('') : loadConfig(file)
  const lists = said.lists.map(list => ({ ...list, file: resolve(dirname(file), list.file) }))
  return { ...said, lists, networks: { own: [...said.networks.own, ...own] } }
}

/** Weir's rules and those of `--rules`, or those of them that `--rule` names. What weir.yaml says of rules must be of one of all. */
export function rulesFor({ rules: files, rule: ids }: RuleOptions, config: Config = parseConfig('')): readonly Rule[] {
  const all = loadRules(files)
  checkConfiguredRules(all, config)
  return chosenRules(all, ids)
}

/** The rules with these ids, all where there are none. */
export function chosenRules(rules: readonly Rule[], ids: readonly string[]): readonly Rule[] {
  const unknown = ids.find(id => !rules.some(rule => rule.id === id))
  if (unknown === undefined) return ids.length === 0 ? rules : rules.filter(rule => ids.includes(rule.id))
  throw new Fault({
    code: 'rule-unknown',
    kind: 'usage',
    message: `there is no rule ${unknown}`,
    expected: rules.map(rule => rule.id).join(', '),
    action: 'weir rules list',
  })
}
