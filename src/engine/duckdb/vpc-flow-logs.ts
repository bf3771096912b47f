import { ATHENA_TYPES, type Field } from '../../format/index.js'
import type { Column } from '../relation.js'
import { TUTORIAL_NAMES, tutorialColumns } from '../tutorial-names.js'
import { identifier } from './literal.js'

/** The UTC date of a Unix time. */
export const dateOf = (start: string): string => `make_timestamp(${start} * 1000000)::DATE`

/** `vpc_flow_logs` as DuckDB sees it over a relation with the columns of `records`, and its columns. */
export function vpcFlowLogs(records: string, columns: readonly Field[]): { sql: string; columns: Column[]; hidden: Column[] } {
  const shown = columns.map(field => ({ name: field.column, type: ATHENA_TYPES[field.kind] }))
  const beside = tutorialColumns(shown)
  const list = ['*', ...beside.map(({ name }) => `${valueOf(name)} AS ${identifier(name)}`)]
  return {
    sql: `SELECT ${list.join(', ')} FROM ${records}`,
    columns: shown,
    hidden: [...beside, { name: '$path', type: 'varchar' }],
  }
}

function valueOf(name: string): string {
  if (name === 'date') return dateOf('start')
  return name === 'dt' ? `${dateOf('start')}::VARCHAR` : identifier(TUTORIAL_NAMES[name] ?? name)
}
