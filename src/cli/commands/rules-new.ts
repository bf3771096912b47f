import { writeFileSync } from 'node:fs'
import { z } from 'zod'
import { loadRules, newRule } from '../../detect/index.js'
import { Fault } from '../../fault/index.js'
import type { CliCommand } from '../command.js'
import { done } from '../exit.js'
import { outputOptions, withTalk } from '../options/output.js'
import { outputFor } from '../output/output.js'
import { shellWord } from '../output/text.js'
import { programName } from '../output/program.js'

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** `weir rules new NAME`: a rule to begin with, that works as it stands. */
export const rulesNewCommand: CliCommand = {
  declare: command =>
    withTalk(command)
      .argument('<name>', "the rule's id: lower-case words joined by hyphens")
      .option('--output <file>', 'the file to write (default: NAME.yaml); it must not be there yet'),

  async run(command, effects) {
    const [name = ''] = command.args
    checkName(name)
    const { output: given } = z.object({ output: z.string().optional() }).parse(command.opts())
    const file = given ?? `${name}.yaml`
    write(file, newRule(name))
    const { quiet, ...choice } = outputOptions(command)
    const output = outputFor({ ...choice, file: undefined }, effects)
    const weir = programName(effects.env)
    const next = ['test', 'backtest'].map(verb => `  ${weir} rules ${verb} ${name} --rules ${shellWord(file)}\n`)
    if (!quiet) await output.write(`${file} is a rule that works as it stands. Change it, and try:\n${next.join('')}`)
    return done
  },
}

function checkName(name: string): void {
  const fault = { kind: 'usage', where: name } as const
  if (!NAME.test(name)) {
    const expected = 'lower-case words joined by hyphens, such as mail-out'
    throw new Fault({ ...fault, code: 'rule-name', message: `${JSON.stringify(name)} is no name of a rule`, expected })
  }
  if (!loadRules().some(rule => rule.id === name)) return
  throw new Fault({
    ...fault,
    code: 'rule-exists',
    message: `${name} comes with Weir, and a rule of that id would take its place`,
    action: `take another name, or set its parameters in weir.yaml (weir rules show ${name})`,
  })
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' })
  } catch (cause) {
    const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
    throw new Fault({
      code: isThere ? 'output-exists' : 'output-write',
      kind: 'usage',
      message: isThere ? 'the file is there already, and is left as it is' : `the file cannot be written: ${String(cause)}`,
      where: file,
      action: 'name another with --output FILE',
      cause,
    })
  }
}
