import { nearest, type Place, refuse } from '../fail.js'
import type { Call, Expression, Name, Query, WindowSpecification } from '../syntax.js'
import type { Type } from '../types.js'
import type { Relation } from '../../relation.js'
import type { Parameter } from '../../engine.js'
import type { Edit } from '../edit.js'
import type { Bound } from './bound.js'

/** What a column of a FROM is called, and how DuckDB's SQL names it. */
export interface ScopeColumn {
  /** As it was written or defined; looked up without regard to case. */
  readonly name: string
  /** The name of the relation that it is a column of, where it has one. */
  readonly qualifier?: string
  readonly sql: string
  readonly type: Type
  /** Found only when named: not part of `*`. */
  readonly hidden: boolean
  /** The relation whose column it is, where it is hidden. */
  readonly relation?: string
}

/** How often each relation is read, by its name. */
export type Reads = ReadonlyMap<string, number>

/** A query in DuckDB's SQL. The columns' SQL names are unique; the names beside them are what a person sees. */
export interface BoundQuery {
  readonly sql: string
  readonly columns: readonly { readonly name: string; readonly sql: string; readonly type: Type }[]
  readonly reads: Reads
  /** Whether it has conditions, which those of a query around it might contradict. */
  readonly filtered: boolean
}

/** A query that WITH named. */
export interface CommonTable {
  /** The name in DuckDB's SQL, quoted. */
  readonly target: string
  readonly query: Omit<BoundQuery, 'sql'>
}

/** What holds for a whole statement while it is bound. */
export interface Statement {
  relation(name: string): Relation | undefined
  relationNames(): Iterable<string>
  parameter(name: string): Parameter | undefined
  readonly now: Date
  /** A name that nothing else in the statement has. */
  unique(stem: string): string
  /** Says that DuckDB may end before all rows of the relations were read. */
  stopsEarly(): void
  /** Tells of something that other engines take in other words. */
  edit(edit: Edit): void
  /** Whether a call makes one row of many. */
  isAggregate(call: Call): boolean
  readonly bind: Binders
}

/** The parts of the binder that use each other. */
export interface Binders {
  expression(node: Expression, scope: Scope): Bound
  query(query: Query, scope: Scope): BoundQuery
  call(node: Call, scope: Scope): Bound
}

/** What the names at a place of a statement mean. */
export class Scope {
  constructor(
    readonly statement: Statement,
    readonly columns: readonly ScopeColumn[],
    /** The scope around a subquery. */
    readonly parent?: Scope,
    private readonly commonTables: ReadonlyMap<string, CommonTable> = new Map(),
    private readonly windows: ReadonlyMap<string, WindowSpecification> = new Map(),
    /** Counts what expressions read by subqueries; shared by all scopes of one query. */
    readonly reads: Map<string, number> = new Map(),
  ) {}

  static root(statement: Statement): Scope {
    return new Scope(statement, [])
  }

  /** A scope inside this one, for a subquery or a lambda. */
  inside(columns: readonly ScopeColumn[]): Scope {
    return new Scope(this.statement, columns, this, new Map(), new Map(), this.reads)
  }

  /** The same place with other columns. */
  withColumns(columns: readonly ScopeColumn[]): Scope {
    return new Scope(this.statement, columns, this.parent, this.commonTables, this.windows, this.reads)
  }

  withCommonTable(name: string, table: CommonTable): Scope {
    const tables = new Map(this.commonTables).set(name.toLowerCase(), table)
    return new Scope(this.statement, this.columns, this.parent, tables, this.windows, this.reads)
  }

  withWindows(windows: ReadonlyMap<string, WindowSpecification>): Scope {
    return new Scope(this.statement, this.columns, this.parent, this.commonTables, windows, this.reads)
  }

  /** A scope for a query of its own inside this one, which counts what it reads by itself. */
  forQuery(): Scope {
    return new Scope(this.statement, [], this)
  }

  expression(node: Expression): Bound {
    return this.statement.bind.expression(node, this)
  }

  query(query: Query): BoundQuery {
    return this.statement.bind.query(query, this)
  }

  /** Binds a query that stands in an expression, and counts what it reads. */
  subquery(query: Query): BoundQuery {
    const bound = this.query(query)
    this.count(bound.reads)
    this.statement.stopsEarly()
    return bound
  }

  count(reads: Reads): void {
    for (const [name, times] of reads) this.reads.set(name, (this.reads.get(name) ?? 0) + times)
  }

  commonTable(name: string): CommonTable | undefined {
    return this.commonTables.get(name.toLowerCase()) ?? this.parent?.commonTable(name)
  }

  commonTableNames(): string[] {
    return [...this.commonTables.keys(), ...(this.parent?.commonTableNames() ?? [])]
  }

  window(name: Name): WindowSpecification {
    const found = this.windows.get(name.text.toLowerCase())
    if (found) return found
    throw refuse('sql-column', `No WINDOW is named ${name.text}.`, name.at, knownNames(name.text, this.windows.keys()))
  }

  /** The column that a name means, here or around; undefined where none does. */
  find(name: string, qualifier?: string, at?: Place): ScopeColumn | undefined {
    const wanted = name.toLowerCase()
    const table = qualifier?.toLowerCase()
    const found = this.columns.filter(
      column => column.name.toLowerCase() === wanted && (table === undefined || column.qualifier?.toLowerCase() === table),
    )
    const visible = found.length > 1 ? found.filter(column => !column.hidden) : found
    if (visible.length > 1) {
      throw refuse('sql-column', `The column ${name} is in more than one relation here.`, at, {
        action: 'write the relation before it',
      })
    }
    const [only] = visible.length > 0 ? visible : found
    if (only?.relation !== undefined)
      this.statement.edit({ kind: 'hidden', at, relation: only.relation, column: only.name.toLowerCase() })
    return only ?? this.parent?.find(name, qualifier, at)
  }

  hasRelation(name: string): boolean {
    const wanted = name.toLowerCase()
    return this.columns.some(column => column.qualifier?.toLowerCase() === wanted) || (this.parent?.hasRelation(name) ?? false)
  }

  column(name: Name, qualifier?: Name): ScopeColumn {
    const found = this.find(name.text, qualifier?.text, name.at)
    if (found) return found
    const written = qualifier ? `${qualifier.text}.${name.text}` : name.text
    throw refuse(
      'sql-column',
      `The column ${written} does not exist.`,
      (qualifier ?? name).at,
      knownNames(name.text, this.columnNames()),
    )
  }

  private columnNames(): string[] {
    return [...this.columns.map(({ name }) => name), ...(this.parent?.columnNames() ?? [])]
  }
}

export function knownNames(name: string, known: Iterable<string>): { expected?: string } {
  const near = nearest(name, known)
  return near.length > 0 ? { expected: `one of ${near.join(', ')}` } : {}
}
