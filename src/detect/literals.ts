import type { Value } from '../engine/index.js'
import { Fault } from '../fault/index.js'

/** A string, a quoted name, a comment, a parameter, or anything else: what a parameter in SQL can be mistaken for comes first. */
const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|::|:([a-z][a-z0-9_]*)|[^]/g

/** What a parameter of an evidence statement becomes: a value as a literal, a list as literals with commas, or SQL as it is. */
export type Bound = Value | { readonly sql: string }

/** Writes values in place of the parameters `:name` of a statement. Throws a Fault of kind `usage` for a name that has none. */
export function bindLiterals(sql: string, values: ReadonlyMap<string, Bound>, where: string): string {
  return sql.replace(token, (text: string, name: string | undefined) => {
    if (name === undefined) return text
    const value = values.get(name)
    if (value !== undefined) return literalOf(value)
    throw new Fault({
      code: 'rule-parameter',
      kind: 'usage',
      message: `there is no value for :${name}`,
      where,
      expected: `one of ${[...values.keys()].map(known => `:${known}`).join(', ')}`,
    })
  })
}

function literalOf(value: Bound): string {
  if (value === null) return 'NULL'
  if (Array.isArray(value)) return value.length ? value.map(literalOf).join(', ') : 'NULL'
  if (typeof value === 'object') return 'sql' in value && typeof value.sql === 'string' ? value.sql : 'NULL'
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  return String(value)
}
