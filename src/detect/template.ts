import type { Value } from '../engine/index.js'
import { Fault } from '../fault/index.js'
import { timeOf } from './time.js'

const listed = 3

/** How `{name:form}` writes a value. */
const forms: Readonly<Record<string, (value: Value) => string>> = {
  duration: value => duration(Number(value)),
  bytes: value => bytes(Number(value)),
  time: value => timeOf(Number(value)),
  percent: value => `${(100 * Number(value)).toFixed(0)} %`,
}

/**
 * Fills `{name}` and `{name:form}` of a rule's sentence: numbers with thousands separated, lists by their first three. Forms are
 * duration (of seconds), bytes, time (of Unix seconds) and percent, or `one|many` for a counted noun. Throws a Fault of kind `usage` for an unknown name or form.
 */
export function fillTemplate(template: string, values: Readonly<Record<string, Value>>, where: string): string {
  return template.replace(/\{([a-z][a-z0-9_]*)(?::([^}]+))?\}/g, (_, name: string, form: string | undefined) => {
    const value = values[name]
    if (value === undefined) throw wrong(`{${name}}`, Object.keys(values), where)
    if (form === undefined) return plain(value)
    const [one, many] = form.split('|')
    if (one !== undefined && many !== undefined) return `${plain(value)} ${Number(value) === 1 ? one : many}`
    const write = forms[form]
    if (!write) throw wrong(`{${name}:${form}}`, Object.keys(forms), where)
    return write(value)
  })
}

function plain(value: Value): string {
  if (value === null) return 'none'
  if (typeof value === 'number') return value.toLocaleString('en-US', { maximumFractionDigits: 2 })
  if (!Array.isArray(value)) return typeof value === 'object' ? JSON.stringify(value) : String(value)
  const first = value.slice(0, listed).map(item => (typeof item === 'number' ? String(item) : plain(item)))
  const more = value.length - first.length
  if (more > 0) return `${first.join(', ')} and ${more.toLocaleString('en-US')} more`
  return first.length > 1 ? `${first.slice(0, -1).join(', ')} and ${first.at(-1) ?? ''}` : (first[0] ?? 'none')
}

function duration(seconds: number): string {
  const units = [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
    ['s', 1],
  ] as const
  const parts = units.map(([unit, size], i) => {
    const above = units[i - 1]
    return [Math.floor((above ? seconds % above[1] : seconds) / size), unit] as const
  })
  const from = parts.findIndex(([amount]) => amount > 0)
  if (from < 0) return '0 s'
  return parts
    .slice(from, from + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ')
}

function bytes(amount: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
  const power = amount < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(amount) / 3))
  return `${(amount / 1000 ** power).toFixed(power ? 1 : 0)} ${units[power] ?? 'B'}`
}

function wrong(what: string, known: readonly string[], where: string): Fault {
  return new Fault({
    code: 'rule-template',
    kind: 'usage',
    message: `${what} in a sentence of the rule stands for nothing`,
    where,
    expected: `one of ${known.join(', ')}`,
  })
}
