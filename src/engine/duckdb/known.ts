import { ATHENA_TYPES, type Field } from '../../format/index.js'
import { Fault } from '../../fault/index.js'
import type { QueryOptions, TimeWindow } from '../engine.js'
import type { Relation } from '../relation.js'
import { relationDefinitions, type AllowedConnections } from '../relations/index.js'
import { addressOrigins, referenceDefinitions } from '../relations/references.js'
import { translate, type Translation } from '../sql/index.js'
import type { PartitionDefinition, TableDefinition } from '../sql/statements.js'
import { hiddenDateSource, type Catalog } from '../tables/index.js'
import { identifier } from './literal.js'
import { referenceRows } from './reference-files.js'
import { vpcFlowLogs } from './vpc-flow-logs.js'

/** Something that a FROM can name, and how it comes to be. */
export type Known =
  /** Rows of the sources and nothing else. */
  | { readonly kind: 'rows'; readonly relation: Relation; readonly sql: string }
  /** A query over others, `reads` directly: answered anew each time, or made once. */
  | {
      readonly kind: 'view' | 'once'
      readonly relation: Relation
      readonly translation: Translation
      readonly reads: readonly Known[]
    }
  /** A table that stands beside the logs, of these files; made once. */
  | { readonly kind: 'reference'; readonly relation: Relation; readonly sql: string; readonly files: readonly string[] }
  /** What MMDB files say of addresses; made once, from what it `reads`. */
  | { readonly kind: 'origins'; readonly relation: Relation; readonly reads: readonly Known[] }
  /** A person's table over the files of its LOCATION. */
  | {
      readonly kind: 'table'
      readonly relation: Relation
      readonly definition: TableDefinition
      readonly partitions: readonly PartitionDefinition[]
    }

/** All relations by name, with their columns: known before anything is read, since types follow from the SQL alone. */
export class KnownRelations {
  readonly #own = new Map<string, Known>()
  readonly #people = new Map<string, Known>()
  /** Views that are being translated, to tell one that reads itself. */
  readonly #open = new Set<string>()

  constructor(
    rows: string,
    columns: readonly Field[],
    private readonly catalog: Catalog,
    private readonly options: {
      readonly own: readonly string[]
      readonly allowed?: readonly AllowedConnections[]
      readonly now: Date | undefined
      readonly window: Partial<TimeWindow>
      /** The files of the tables beside the logs, by name. */
      readonly references: ReadonlyMap<string, string>
      /** Whether some record may have tcp_flags. */
      readonly flags?: boolean
      /** All rows stand in Parquet of a lake. */
      readonly isStored?: boolean
    },
  ) {
    const isSeekable = options.isStored ?? false
    const types = columns.map(field => ({ name: field.column, type: ATHENA_TYPES[field.kind] }))
    const records = {
      name: 'records',
      target: 'weir_records',
      columns: types,
      hidden: [{ name: '$path', type: 'varchar' }],
      isSeekable,
    }
    const inWindow = windowed(rows, options.window)
    this.#own.set('records', { kind: 'rows', relation: records, sql: `SELECT * FROM ${inWindow}` })
    const { sql, ...view } = vpcFlowLogs(inWindow, columns)
    this.#own.set('vpc_flow_logs', {
      kind: 'rows',
      relation: { name: 'vpc_flow_logs', target: 'weir_vpc_flow_logs', ...view, isSeekable },
      sql,
    })
    for (const { relation, names, columns } of referenceDefinitions) {
      const files = names.flatMap(name => options.references.get(name) ?? [])
      this.#own.set(relation, {
        kind: 'reference',
        relation: { name: relation, target: `weir_${relation}`, columns, hidden: [] },
        sql: referenceRows(columns, files),
        files,
      })
    }
  }

  /** People's first: a table of a person takes the place of Weir's relation of the same name. */
  get(name: string): Known | undefined {
    return this.#ofPeople(name) ?? this.own(name)
  }

  own(name: string): Known | undefined {
    const known = this.#own.get(name)
    if (known) return known
    if (name === addressOrigins.relation) {
      const relation = { name, target: `weir_${name}`, columns: addressOrigins.columns, hidden: [] }
      this.#own.set(name, { kind: 'origins', relation, reads: addressOrigins.reads.flatMap(read => this.own(read) ?? []) })
      return this.#own.get(name)
    }
    const { own, allowed = [], flags = true } = this.options
    const definition = relationDefinitions({ own, allowed, flags }).find(definition => definition.name === name)
    if (!definition) return undefined
    this.#own.set(
      name,
      this.#view(definition.made, name, `weir_${name}`, definition.sql, other => this.own(other)),
    )
    return this.#own.get(name)
  }

  names(): string[] {
    const own = [...this.#own.keys(), addressOrigins.relation, ...relationDefinitions({}).map(({ name }) => name)]
    return [...new Set([...this.catalog.keys(), ...own])].sort()
  }

  translation(sql: string, parameters: QueryOptions['parameters'] = {}): Translation {
    return this.#translated(sql, name => this.get(name), parameters)
  }

  /** A SELECT over one relation alone, which stands in place of the one of its name. */
  over(only: Relation, sql: string, parameters: QueryOptions['parameters'] = {}): Translation {
    const { now } = this.options
    const relation = (name: string) => (name === only.name ? only : undefined)
    return translate(sql, { relation, names: [only.name], parameters, ...(now ? { now } : {}) })
  }

  /** What has to stand before a query can run, in an order in which each can be defined. */
  needs({ references }: { readonly references: readonly { readonly relation: string }[] }): Known[] {
    const found = new Set<Known>()
    const add = (known: Known): void => {
      if (found.has(known)) return
      if ('reads' in known) known.reads.forEach(add)
      found.add(known)
    }
    for (const { relation } of references) {
      const known = this.get(relation)
      if (known) add(known)
    }
    return [...found]
  }

  #ofPeople(name: string): Known | undefined {
    const entry = this.catalog.get(name)
    const known = this.#people.get(name)
    if (known || !entry) return known
    if (entry.kind === 'table') {
      const { table: definition, partitions } = entry
      this.#people.set(name, { kind: 'table', relation: tableRelation(definition), definition, partitions })
    } else {
      if (this.#open.has(name)) throw readsItself(name)
      this.#open.add(name)
      try {
        // A view that names itself means what stood there before it.
        const view = this.#view('view', name, `view_${name}`, entry.sql, other =>
          other === name ? this.own(other) : this.get(other),
        )
        this.#people.set(name, view)
      } finally {
        this.#open.delete(name)
      }
    }
    return this.#people.get(name)
  }

  #view(kind: 'view' | 'once', name: string, target: string, sql: string, resolve: (name: string) => Known | undefined): Known {
    const translation = this.#translated(sql, resolve)
    const reads = translation.references.flatMap(({ relation }) => resolve(relation) ?? [])
    return { kind, relation: { name, target: identifier(target), columns: translation.columns, hidden: [] }, translation, reads }
  }

  #translated(
    sql: string,
    resolve: (name: string) => Known | undefined,
    parameters: QueryOptions['parameters'] = {},
  ): Translation {
    const { now } = this.options
    const relation = (name: string) => resolve(name)?.relation
    return translate(sql, { relation, names: this.names(), parameters, ...(now ? { now } : {}) })
  }
}

const readsItself = (name: string): Fault =>
  new Fault({
    code: 'sql-relation',
    kind: 'usage',
    message: `the view ${name} reads itself by way of others`,
    action: `write CREATE OR REPLACE VIEW ${name} over relations that do not read it`,
  })

function tableRelation(definition: TableDefinition): Relation {
  const { name, columns, partitions } = definition
  const date = hiddenDateSource(definition) === undefined ? [] : [{ name: 'date', type: 'date' }]
  return {
    name,
    columns: [...columns, ...partitions].map(column => ({ name: column.name, type: column.type })),
    hidden: [...date, { name: '$path', type: 'varchar' }],
    target: identifier(`table_${name}`),
  }
}

/** The rows whose start lies in the window, as something a FROM can name. */
export function windowed(rows: string, { from, to }: Partial<TimeWindow>): string {
  const bounds = [...(from === undefined ? [] : [`start >= ${from}`]), ...(to === undefined ? [] : [`start < ${to}`])]
  return bounds.length === 0 ? rows : `(SELECT * FROM ${rows} WHERE ${bounds.join(' AND ')})`
}
