import type { Fault } from '../../fault/index.js'
import type { Style } from './style.js'
import { printable } from './text.js'

/** An error as a person reads it: `error[CODE]: what happened`, then where, what was expected, and what to do. */
export function errorBlock(fault: Fault, style: Style): string {
  const lines = [`${style.bad(`error[${fault.code}]`)}: ${indented(fault.message)}`]
  const { where, expected, action } = fault
  for (const [label, text] of Object.entries({ where, expected, do: action })) {
    if (text) lines.push(`  ${style.strong(`${label}:`)} ${indented(text)}`)
  }
  return `${lines.join('\n')}\n`
}

const indented = (text: string): string => printable(text).trimEnd().replaceAll('\n', '\n    ')
