import type { Command, CommanderError } from 'commander'
import { Fault } from '../fault/index.js'

/** What commander says of a command line, as an error of Weir's form. */
export function usageFault(error: CommanderError, command: Command): Fault {
  const [first = '', ...hints] = error.message.replace(/^error: /, '').split('\n')
  const hint = /\(Did you mean (.+)\?\)/.exec(hints.join(' '))?.[1]
  const help = `${pathOf(command)} --help`
  return new Fault({
    code: `usage-${error.code.replace('commander.', '').replaceAll(/[A-Z]/g, sign => `-${sign.toLowerCase()}`)}`,
    kind: 'usage',
    message: first.replace(/\.$/, ''),
    where: pathOf(command),
    action: hint ? `${hint}, or see ${help}` : help,
  })
}

/** `weir rules show` */
function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name()
}
