import { Option, type Command } from 'commander'
import { z } from 'zod'
import { severities, type Severity } from '../../detect/index.js'
import { cidrs } from './address.js'
import { choiceOf } from './choice.js'

export interface DetectionOptions {
  /** Of `--config`; undefined where weir.yaml is read if it is there. */
  readonly config?: string | undefined
  readonly own: readonly string[]
}

export interface RuleOptions {
  /** Rule files beside those that come with Weir. */
  readonly rules: readonly string[]
  /** Ids of the only rules to run; all where empty. */
  readonly rule: readonly string[]
}

export interface FailOption {
  readonly failOn?: Severity | undefined
}

const detection = z.object({ config: z.string().optional(), own: z.array(z.string()).default([]) })
const rules = z.object({ rules: z.array(z.string()).default([]), rule: z.array(z.string()).default([]) })
const fail = z.object({ failOn: z.enum(severities).optional() })

export function withDetection(command: Command): Command {
  return withConfig(command).addOption(
    new Option('--own <cidr...>', 'address ranges that are yours').argParser((text: string, before: string[] | undefined) => [
      ...(before ?? []),
      ...cidrs('--own', text),
    ]),
  )
}

export const withConfig = (command: Command): Command =>
  command.option('--config <file>', 'settings (default: weir.yaml, where there is one)')

export const withRuleFiles = (command: Command): Command =>
  command.option('--rules <file...>', 'rule files of your own, beside those that come with Weir')

export function withRules(command: Command): Command {
  return withRuleFiles(command).addOption(
    new Option('--rule <id>', 'this rule only; may be repeated').argParser((text: string, before: string[] | undefined) => [
      ...(before ?? []),
      ...text.split(','),
    ]),
  )
}

export const withFailOn = (command: Command): Command =>
  command.addOption(
    new Option('--fail-on <severity>', `exit with 1 on a finding of ${severities.join(', ')} or worse`).argParser(
      choiceOf('--fail-on', severities),
    ),
  )

export const detectionOptions = (command: Command): DetectionOptions => detection.parse(command.opts())
export const ruleOptions = (command: Command): RuleOptions => rules.parse(command.opts())
export const failOption = (command: Command): FailOption => fail.parse(command.opts())
