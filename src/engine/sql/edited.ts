import type { Parameter } from '../engine.js'
import { ADDRESSES } from './athena-addresses.js'
import { clockText } from './bind/clock.js'
import { parameterLiteral } from './bind/literals.js'
import type { Edit, StarColumn } from './edit.js'
import type { Fault } from '../../fault/index.js'
import { refuse, type Place } from './fail.js'
import { quotedName, quotedText } from './quote.js'
import { tokens, type Token } from './parse/tokens.js'

/** What a relation is on an engine, as something that a FROM can name: its columns, and those that are hidden and asked for. */
export type SourceOf = (relation: string, hidden: readonly string[]) => string

/**
 * A statement as Trino and Athena run it: parameters and clocks as literals, relations as what stands for them there, Weir's own
 * functions of addresses written out. All else is as it was written, for their SQL is Weir's. `now` is the clock.
 */
export function edited(statement: string, edits: readonly Edit[], { now, sourceOf }: { now: Date; sourceOf: SourceOf }): string {
  const hidden = new Map<string, Set<string>>()
  for (const edit of edits)
    if (edit.kind === 'hidden') hidden.set(edit.relation, (hidden.get(edit.relation) ?? new Set()).add(edit.column))
  const by = new Map(edits.flatMap(edit => (edit.kind === 'hidden' ? [] : [[keyOf(edit.at), edit] as const])))
  const all = tokens(statement)

  /** The text of the tokens from one up to another, and of what stands between them. */
  const render = (from: number, to: number): string => {
    let text = ''
    for (let i = from; i < to;) {
      const token = all[i]
      if (!token) break
      if (i > from) text += statement.slice(all[i - 1]?.end ?? 0, token.start)
      const edit = by.get(keyOf(token.at))
      const replaced = edit && replacement(edit, i)
      text += replaced ? replaced.text : token.source
      i = replaced ? replaced.next : i + 1
    }
    return text
  }

  const replacement = (edit: Exclude<Edit, { kind: 'hidden' }>, i: number): { text: string; next: number } | undefined => {
    switch (edit.kind) {
      case 'parameter':
        return { text: literal(edit.value, edit.at), next: i + 2 }
      case 'clock':
        return { text: clockText(edit.name, edit.precision, now, edit.at), next: endOfClock(all, i) }
      case 'relation': {
        const source = sourceOf(edit.relation, [...(hidden.get(edit.relation) ?? [])])
        return { text: edit.hasAlias ? source : `${source} AS ${quotedName(edit.name)}`, next: i + 2 * edit.parts - 1 }
      }
      case 'address': {
        const [end, ...commas] = endOfCall(all, i + 1)
        const bounds = [i + 1, ...commas, end - 1]
        const values = bounds.slice(1).map((bound, n) => render((bounds[n] ?? 0) + 1, bound))
        return { text: ADDRESSES[edit.name]?.(values) ?? '', next: end }
      }
      case 'star':
        return star(edit.columns, i)
    }
  }

  const star = (columns: readonly StarColumn[], i: number): { text: string; next: number } | undefined => {
    const isTable = all[i]?.text.toUpperCase() === 'TABLE'
    const isNamed = hidden.size > 0 && columns.every(({ name }) => name !== '')
    const text = isNamed ? columns.map(columnText).join(', ') : '*'
    if (isTable) return { text: `SELECT ${text} FROM`, next: i + 1 }
    if (hidden.size > 0 && !isNamed) throw unnamedStar(all[i]?.at ?? { line: 1, column: 1 })
    if (!isNamed) return undefined
    let next = i
    while (all[next]?.text !== '*') next++
    return { text, next: next + 1 }
  }

  return render(0, all.length - (all.at(-2)?.source === ';' ? 2 : 1))
}

const unnamedStar = (at: Place): Fault =>
  refuse('sql-refused', 'the star stands for a column without a name, beside a hidden column that is asked for', at, {
    action: 'name the columns one by one, or give that column a name: AS name',
  })

const keyOf = ({ line, column }: Place): string => `${line}:${column}`

const columnText = ({ name, qualifier }: StarColumn): string =>
  [...(qualifier === undefined ? [] : [qualifier]), name].map(quotedName).join('.')

/** Trino's literal of a parameter is DuckDB's, but for numbers: `numberLiteral` casts those. */
function literal(value: Parameter, at: Place): string {
  const { text, number, sql } = parameterLiteral(value, at)
  if (text !== undefined) return quotedText(text)
  if (number !== undefined) return typeof value === 'number' && value < 0 ? `(${number})` : number
  return typeof value === 'number' ? `(${value})` : sql
}

/** `now()`, `current_timestamp(6)` or `current_date`. */
function endOfClock(all: readonly Token[], i: number): number {
  return all[i + 1]?.source === '(' ? (endOfCall(all, i + 1)[0] ?? i + 1) : i + 1
}

/** The place after the bracket that closes the one at `open`, then those of the commas directly in it. */
function endOfCall(all: readonly Token[], open: number): [end: number, ...commas: number[]] {
  const commas: number[] = []
  let depth = 0
  for (let i = open; i < all.length; i++) {
    const source = all[i]?.kind === 'symbol' ? all[i]?.source : ''
    if (source === '(' || source === '[') depth++
    else if (source === ')' || source === ']') depth--
    else if (source === ',' && depth === 1) commas.push(i)
    if (depth === 0) return [i + 1, ...commas]
  }
  return [all.length, ...commas]
}
