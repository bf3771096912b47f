import { ATHENA_TYPES, type Field } from '../../format/index.js'
import type { TimeWindow } from '../engine.js'
import type { Relation } from '../relation.js'
import { relationDefinitions } from '../relations/index.js'
import { translate, type Translation } from '../sql/index.js'
import type { PartitionDefinition, TableDefinition } from '../sql/statements.js'
import { hiddenDateSource, type Catalog } from '../tables/index.js'
import { identifier } from './literal.js'
import { vpcFlowLogs } from './vpc-flow-logs.js'

/** Something that a FROM can name, and how it comes to be. */
export type Known =
  /** Rows of the sources and nothing else. */
  | { readonly kind: 'rows'; readonly relation: Relation; readonly sql: string }
  /** A query over others: answered anew each time, or made once. */
  | { readonly kind: 'view' | 'once'; readonly relation: Relation; readonly translation: Translation }
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

  constructor(
    rows: string,
    columns: readonly Field[],
    private readonly catalog: Catalog,
    private readonly options: {
      readonly own: readonly string[]
      readonly now: Date | undefined
      readonly window: Partial<TimeWindow>
    },
  ) {
    const types = columns.map(field => ({ name: field.column, type: ATHENA_TYPES[field.kind] }))
    const records = { name: 'records', target: 'weir_records', columns: types, hidden: [{ name: '$path', type: 'varchar' }] }
    const inWindow = windowed(rows, options.window)
    this.#own.set('records', { kind: 'rows', relation: records, sql: `SELECT * FROM ${inWindow}` })
    const { sql, ...view } = vpcFlowLogs(inWindow, columns)
    this.#own.set('vpc_flow_logs', {
      kind: 'rows',
      relation: { name: 'vpc_flow_logs', target: 'weir_vpc_flow_logs', ...view },
      sql,
    })
  }

  /** People's first: a table of a person takes the place of Weir's relation of the same name. */
  get(name: string): Known | undefined {
    return this.#ofPeople(name) ?? this.own(name)
  }

  own(name: string): Known | undefined {
    const known = this.#own.get(name)
    if (known) return known
    const definition = relationDefinitions({ own: this.options.own }).find(definition => definition.name === name)
    if (!definition) return undefined
    const translation = this.translation(definition.sql, name => this.own(name)?.relation)
    const relation = { name, target: identifier(`weir_${name}`), columns: translation.columns, hidden: [] }
    this.#own.set(name, { kind: definition.made, relation, translation })
    return this.#own.get(name)
  }

  names(): string[] {
    const own = [...this.#own.keys(), ...relationDefinitions({}).map(({ name }) => name)]
    return [...new Set([...this.catalog.keys(), ...own])].sort()
  }

  translation(sql: string, relation = (name: string) => this.get(name)?.relation, parameters = {}): Translation {
    const { now } = this.options
    return translate(sql, { relation, names: this.names(), parameters, ...(now ? { now } : {}) })
  }

  #ofPeople(name: string): Known | undefined {
    const entry = this.catalog.get(name)
    const known = this.#people.get(name)
    if (known || !entry) return known
    if (entry.kind === 'table') {
      const { table: definition, partitions } = entry
      this.#people.set(name, { kind: 'table', relation: tableRelation(definition), definition, partitions })
    } else {
      // A view that names itself means what stood there before it.
      const translation = this.translation(entry.sql, other => (other === name ? this.own(other) : this.get(other))?.relation)
      const relation = { name, target: identifier(`view_${name}`), columns: translation.columns, hidden: [] }
      this.#people.set(name, { kind: 'view', relation, translation })
    }
    return this.#people.get(name)
  }
}

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
function windowed(rows: string, { from, to }: Partial<TimeWindow>): string {
  const bounds = [...(from === undefined ? [] : [`start >= ${from}`]), ...(to === undefined ? [] : [`start < ${to}`])]
  return bounds.length === 0 ? rows : `(SELECT * FROM ${rows} WHERE ${bounds.join(' AND ')})`
}
