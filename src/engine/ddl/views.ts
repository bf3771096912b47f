import { ATHENA_TYPES, type Field } from '../../format/index.js'
import type { Column, Relation } from '../relation.js'
import { relationDefinitions } from '../relations/index.js'
import { addressOrigins, referenceDefinitions } from '../relations/references.js'
import { noRows } from '../remote/relations.js'
import { STORED } from '../remote/stored.js'
import { translate } from '../sql/index.js'
import { tutorialColumns, tutorialValue } from '../tutorial-names.js'
import { fullName, viewStatement, type DdlStatement, type DdlTarget } from './target.js'
import { quotedName } from '../sql/quote.js'

export interface ViewOptions {
  readonly target: DdlTarget
  /** The columns of `records`. */
  readonly fields: readonly Field[]
  /** Relations beside the logs that have a table; the others have no rows. */
  readonly references: readonly string[]
  /** CIDRs and addresses that the user says are ours. */
  readonly own: readonly string[]
  readonly now: Date
}

/** Weir's relations as views over `stored_records`, in an order in which each can be made. */
export function viewStatements({ target, fields, references, own, now }: ViewOptions): readonly DdlStatement[] {
  const columns = fields.map(({ column, kind }) => ({ name: column, type: ATHENA_TYPES[kind] }))
  const relations = new Map<string, Relation>()
  const add = (name: string, columns: readonly Column[]): void => {
    relations.set(name, { name, columns, hidden: [], target: name })
  }
  add('records', columns)
  add('vpc_flow_logs', [...columns, ...tutorialColumns(columns)])
  for (const { relation, columns } of [...referenceDefinitions, addressOrigins]) add(relation, columns)
  const isAbsent = (name: string): boolean =>
    name === addressOrigins.relation ||
    (referenceDefinitions.some(({ relation }) => relation === name) && !references.includes(name))
  const sourceOf = (name: string): string => {
    const { columns = [] } = relations.get(name) ?? {}
    if (name === addressOrigins.relation) return noRows(columns).replace(/\)$/, ' /* MMDB files are read by DuckDB alone */)')
    return isAbsent(name) ? noRows(columns) : withKeys(target, fullName(target, name), columns, references.includes(name))
  }
  const list = columns.map(({ name }) => quotedName(name)).join(', ')
  const statements = [
    viewStatement(
      target,
      'records',
      'One row: a flow-log line, by the names that AWS gives its fields.',
      `SELECT ${list}\nFROM ${fullName(target, STORED)}`,
    ),
    viewStatement(
      target,
      'vpc_flow_logs',
      "The same by the names of Athena's tutorial too; date and dt: the UTC day of a record's start.",
      `SELECT ${[list, ...tutorialColumns(columns).map(({ name }) => tutorialValue(name))].join(',\n  ')}\nFROM ${fullName(target, 'records')}`,
    ),
  ]
  for (const { name, sql, reads, stands } of relationDefinitions({ own })) {
    if (stands === 'in runs') continue
    const translation = translate(sql, { relation: name => relations.get(name), names: relations.keys(), now })
    add(name, translation.columns)
    const absent = reads.filter(isAbsent)
    statements.push(
      viewStatement(target, name, aboutOf(sql, absent), outward(target, translation.forAthena(sourceOf), translation.columns)),
    )
  }
  return statements
}

/** The first sentence of the comment that a relation's SQL begins with, and what it lacks. */
function aboutOf(sql: string, absent: readonly string[]): string {
  const comment = [...sql.matchAll(/^--[ ]?(.*)$/gm)].map(([, text]) => text).join(' ')
  const first = /^.*?[^.][.](?=\s|$)/.exec(comment)?.[0] ?? comment
  return absent.length === 0 ? first : `${first} Without ${absent.join(', ')}: there is no table of it.`
}

const isKey = ({ type }: Column): boolean => type === 'ipaddress'

/** Whether a view's keys of addresses are bytes, as a table's are: Athena has `ipaddress` in queries only. */
const holdsBytes = ({ engine }: DdlTarget): boolean => engine === 'athena'

/** A table or view with its keys as addresses again. */
function withKeys(target: DdlTarget, name: string, columns: readonly Column[], isTable: boolean): string {
  if (!columns.some(isKey) || !(isTable || holdsBytes(target))) return name
  const list = columns.map(column => (isKey(column) ? cast(column, 'ipaddress') : quotedName(column.name)))
  return `(SELECT ${list.join(', ')} FROM ${name})`
}

/** A query as a view may hold it. */
function outward(target: DdlTarget, query: string, columns: readonly Column[]): string {
  if (!columns.some(isKey) || !holdsBytes(target)) return query
  const list = columns.map(column => (isKey(column) ? cast(column, 'varbinary') : quotedName(column.name)))
  return `SELECT ${list.join(', ')}\nFROM (\n${query}\n)`
}

const cast = ({ name }: Column, type: string): string => `CAST(${quotedName(name)} AS ${type}) AS ${quotedName(name)}`
