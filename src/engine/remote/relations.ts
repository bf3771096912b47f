import { ATHENA_TYPES } from '../../format/index.js'
import type { Parameter, TimeWindow } from '../engine.js'
import type { Column, Relation } from '../relation.js'
import { relationDefinitions, relationsNeeded, type AllowedConnections } from '../relations/index.js'
import { addressOrigins, referenceDefinitions } from '../relations/references.js'
import { translate, type Translation } from '../sql/index.js'
import { quotedName } from '../sql/quote.js'
import { tutorialColumns, tutorialValue } from '../tutorial-names.js'
import { inWindow, STORED, type StoredRecords } from './stored.js'

export interface RemoteRelationsOptions {
  readonly stored: StoredRecords
  readonly window: Partial<TimeWindow>
  /** CIDRs and addresses that the user says are ours. */
  readonly own: readonly string[]
  readonly allowed?: readonly AllowedConnections[]
  readonly now: Date
}

/** Weir's relations on Trino or Athena: what each is as something that a FROM can name. Tables that were made of them take their place. */
export class RemoteRelations {
  readonly #relations = new Map<string, Relation>()
  readonly #definitions = new Map<string, Translation>()
  /** Tables that hold a relation's rows, by its name. */
  readonly #tables = new Map<string, string>()

  constructor(private readonly options: RemoteRelationsOptions) {
    const columns = options.stored.fields.map(({ column, kind }) => ({ name: column, type: ATHENA_TYPES[kind] }))
    this.#add('records', columns, [PATH])
    this.#add('vpc_flow_logs', columns, [...tutorialColumns(columns), PATH])
    for (const { relation, columns } of [...referenceDefinitions, addressOrigins]) this.#add(relation, columns, [])
    for (const { name, sql } of relationDefinitions({ own: options.own, allowed: options.allowed ?? [] })) {
      const translation = this.translation(sql)
      this.#definitions.set(name, translation)
      this.#add(name, translation.columns, [])
    }
  }

  all(): readonly Relation[] {
    return [...this.#relations.values()]
  }

  translation(sql: string, parameters: Readonly<Record<string, Parameter>> = {}): Translation {
    const relation = (name: string): Relation | undefined => this.#relations.get(name)
    return translate(sql, { relation, names: this.#relations.keys(), parameters, now: this.options.now })
  }

  /** A statement as the server runs it. */
  text(translation: Translation): string {
    return translation.forAthena((relation, hidden) => this.#source(relation, hidden))
  }

  /** Which relations are to be made once, in this order, before these can be read without working the same out again and again. */
  toMake(names: readonly string[]): readonly string[] {
    const definitions = relationDefinitions({ own: this.options.own })
    const needed = relationsNeeded(names.filter(name => this.#definitions.has(name)))
    const { tables } = this.options.stored
    // The schema has views of Weir's relations too, which are not tables that hold anything.
    const beside = referenceDefinitions.map(({ relation }) => relation).filter(relation => tables.has(relation))
    const reading = new Set(['records', ...beside])
    for (const { name, reads } of definitions) if (reads.some(read => reading.has(read))) reading.add(name)
    return definitions.flatMap(({ name, made }) =>
      needed.includes(name) && made === 'once' && reading.has(name) && !this.#tables.has(name) ? [name] : [],
    )
  }

  /** The query whose rows a table of a relation holds; keys of addresses are bytes there. */
  rowsToStore(relation: string): string {
    const { columns, hidden } = this.#relations.get(relation) ?? { columns: [], hidden: [] }
    const asked = hidden.filter(({ name }) => relation === 'records' && name === PATH.name)
    const list = [...columns, ...asked].map(({ name, type }) => {
      if (name === PATH.name) return `"${name}" AS source_object`
      return type === 'ipaddress' ? `CAST(${quotedName(name)} AS varbinary) AS ${quotedName(name)}` : quotedName(name)
    })
    return `SELECT ${list.join(', ')} FROM ${this.#source(
      relation,
      asked.map(({ name }) => name),
    )} AS r`
  }

  /** Whether a table of this run holds it. */
  isStored(relation: string): boolean {
    return this.#tables.has(relation)
  }

  /** Reads a relation from a table from now on. */
  isMade(relation: string, table: string): void {
    this.#tables.set(relation, table)
  }

  #add(name: string, columns: readonly Column[], hidden: readonly Column[]): void {
    this.#relations.set(name, { name, columns, hidden, target: name })
  }

  #source(relation: string, hidden: readonly string[]): string {
    const { columns = [] } = this.#relations.get(relation) ?? {}
    const table = this.#tables.get(relation)
    // A table of records has one column more, for `$path`.
    if (table !== undefined) return fromTable(table, columns, hidden, relation === 'records')
    if (relation === 'records') return this.#records(columns, hidden)
    if (relation === 'vpc_flow_logs') return this.#vpcFlowLogs(columns, hidden)
    const definition = this.#definitions.get(relation)
    if (definition) return `(${this.text(definition)})`
    return this.options.stored.tables.has(relation) ? fromTable(relation, columns, []) : noRows(columns)
  }

  #records(columns: readonly Column[], hidden: readonly string[]): string {
    const conditions = inWindow(this.options.stored, this.options.window)
    const list = [...columns.map(({ name }) => quotedName(name)), ...hidden.map(() => `source_object AS "${PATH.name}"`)]
    return `(SELECT ${list.join(', ')} FROM ${STORED}${conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''})`
  }

  #vpcFlowLogs(columns: readonly Column[], hidden: readonly string[]): string {
    const path = hidden.includes(PATH.name) ? [PATH.name] : []
    const named = (name: string): string => (name === PATH.name ? `"${name}"` : tutorialValue(name))
    const list = [...columns.map(({ name }) => quotedName(name)), ...hidden.map(named)]
    return `(SELECT ${list.join(', ')} FROM ${this.#source('records', path)} AS r)`
  }
}

const PATH: Column = { name: '$path', type: 'varchar' }

/** The rows of a table, with keys of addresses as addresses again. */
function fromTable(table: string, columns: readonly Column[], hidden: readonly string[], isWider = false): string {
  if (!isWider && hidden.length === 0 && columns.every(({ type }) => type !== 'ipaddress')) return `"${table}"`
  const list = columns.map(({ name, type }) =>
    type === 'ipaddress' ? `CAST(${quotedName(name)} AS ipaddress) AS ${quotedName(name)}` : quotedName(name),
  )
  return `(SELECT ${[...list, ...hidden.map(name => `source_object AS "${name}"`)].join(', ')} FROM "${table}")`
}

/** What stands for a table beside the logs that is not there. */
export const noRows = (columns: readonly Column[]): string =>
  `(SELECT ${columns.map(({ name, type }) => `CAST(NULL AS ${type}) AS ${quotedName(name)}`).join(', ')} WHERE FALSE)`
