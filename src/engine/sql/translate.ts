import type { Column, Parameter } from '../engine.js'
import type { Relation } from '../relation.js'
import type { Edit } from './edit.js'
import { edited, type SourceOf } from './edited.js'
import { bindExpression } from './bind/expression.js'
import { bindQuery } from './bind/query.js'
import { Scope, type Statement } from './bind/scope.js'
import { bindCall, isAggregate } from './functions/index.js'
import { parseStatement } from './parse/query.js'
import { type Type, typeName } from './types.js'

/** What a statement may refer to. */
export interface TranslationContext {
  /** The relation of a name, which is given in lower case. */
  relation(name: string): Relation | undefined
  /** The names of all relations, for errors that say what there is. */
  readonly names?: Iterable<string>
  /** The one clock of the statement; else the time of the translation. */
  readonly now?: Date
  readonly parameters?: Readonly<Record<string, Parameter>>
}

export interface Translation {
  /** One SELECT in DuckDB's SQL. */
  readonly sql: string
  /** The columns of the result, with Athena's types. */
  readonly columns: readonly Column[]
  /** The same types, for reading DuckDB's values. */
  readonly types: readonly Type[]
  /** How often each relation is read. */
  readonly references: readonly { readonly relation: string; readonly times: number }[]
  /** Whether DuckDB may end before it has read every line: a LIMIT without an order, a join, a subquery in a condition. */
  readonly mayStopEarly: boolean
  /** The statement as Trino and Athena run it. */
  forAthena(sourceOf: SourceOf): string
}

/** Weir's own relations and rules are asked again and again: their trees are kept, the last of them. */
const trees = new Map<string, ReturnType<typeof parseStatement>>()
const MOST_TREES = 100

function parsed(statement: string): ReturnType<typeof parseStatement> {
  const known = trees.get(statement)
  if (known) return known
  const tree = parseStatement(statement)
  if (trees.size >= MOST_TREES) trees.delete(trees.keys().next().value ?? '')
  trees.set(statement, tree)
  return tree
}

/** Turns one query in Athena's SQL into DuckDB's, or refuses it with a Fault of kind `usage`. Reads nothing. */
export function translate(statement: string, context: TranslationContext): Translation {
  const query = parsed(statement)
  let mayStopEarly = false
  let names = 0
  const edits: Edit[] = []
  const now = context.now ?? new Date()
  const scope = Scope.root({
    relation: name => context.relation(name),
    relationNames: () => context.names ?? [],
    parameter: name => (context.parameters && Object.hasOwn(context.parameters, name) ? context.parameters[name] : undefined),
    now,
    unique: stem => `${stem}#${++names}`,
    stopsEarly: () => {
      mayStopEarly = true
    },
    edit: edit => edits.push(edit),
    isAggregate: call => call.over === undefined && isAggregate(call.name),
    bind: { expression: bindExpression, query: bindQuery, call: bindCall },
  } satisfies Statement)
  const { sql, columns, reads } = scope.query(query)
  return {
    sql,
    columns: columns.map(({ name, type }, i) => ({ name: name === '' ? `_col${i}` : name, type: typeName(type) })),
    types: columns.map(({ type }) => type),
    references: [...reads].map(([relation, times]) => ({ relation, times })),
    mayStopEarly,
    forAthena: sourceOf => edited(statement, edits, { now, sourceOf }),
  }
}
