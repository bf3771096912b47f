import { Option, type Command } from 'commander'
import { z } from 'zod'
import { checkConfiguredRules, type Config, type Rule } from '../../detect/index.js'
import { wrongOption } from './choice.js'

type Setting = readonly [name: string, value: string]

const shape = z.object({ set: z.array(z.tuple([z.string(), z.string()])).default([]) })

/** The option of a command that tries a rule with other parameters. */
export const withSet = (command: Command): Command =>
  command.addOption(
    new Option('--set <name=value>', 'a parameter of the rule, in place of what weir.yaml says; may be repeated').argParser(
      (text: string, before: readonly Setting[] | undefined): readonly Setting[] => {
        const [, name, value] = /^([a-z][a-z0-9_]*)=(.+)$/.exec(text) ?? []
        if (name === undefined || value === undefined)
          throw wrongOption('--set', text, 'a parameter and its value, such as attempts=40')
        return [...(before ?? []), [name, value]]
      },
    ),
  )

/** The configuration with what `--set` says of a rule, which is then not off. Throws a Fault of kind `usage` where the rule has no such parameter. */
export function withSettings(command: Command, rule: Rule, config: Config): Config {
  const { set } = shape.parse(command.opts())
  const before = config.rules[rule.id]
  const values = set.map(([name, text]) => [name, valueOf(text, typeof rule.parameters[name]?.default)] as const)
  const settings = { ...(typeof before === 'object' ? before : {}), ...Object.fromEntries(values) }
  const chosen = { ...config, rules: { [rule.id]: settings } }
  checkConfiguredRules([rule], chosen)
  return chosen
}

/** A number or a truth value where the parameter is one and the text says one; what else it says is told by who checks types. */
function valueOf(text: string, type: string): number | boolean | string {
  if (type === 'boolean' && ['true', 'false'].includes(text)) return text === 'true'
  return type === 'number' && Number.isFinite(Number(text)) ? Number(text) : text
}
