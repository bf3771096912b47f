import { layoutOfFields } from '../../format/index.js'
import type { Column, Parameter } from '../engine.js'
import { recordColumns } from './columns.js'
import { KnownRelations } from './known.js'

/** What a query gives and reads, as far as its text says. */
export interface CheckedQuery {
  readonly columns: readonly Column[]
  /** The relations that it names. */
  readonly reads: readonly string[]
}

/** Checks queries over Weir's relations where there are no logs. */
export interface QueryCheck {
  /** The names that a FROM can have. */
  readonly relations: readonly string[]
  /** Throws a Fault of kind `usage` where the query is refused; its `where` is line and column of the query. */
  check(sql: string, parameters?: Readonly<Record<string, Parameter>>): CheckedQuery
}

/** For logs that have every field that Weir knows, and those of `fields`, each as a person writes the fields of a log. */
export function queryCheck(fields: readonly string[] = []): QueryCheck {
  const columns = recordColumns(fields.map(layoutOfFields))
  const nothing = { own: [], now: undefined, window: {}, references: new Map<string, string>() }
  const known = new KnownRelations('logs', columns, new Map(), nothing)
  return {
    relations: known.names(),
    check(sql, parameters) {
      const { columns, references } = known.translation(sql, parameters)
      return { columns, reads: references.map(({ relation }) => relation) }
    },
  }
}
