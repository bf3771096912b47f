import { ATHENA_TYPES, type Field } from '../../format/index.js'
import type { Column } from '../relation.js'
import { TUTORIAL_NAMES } from '../tutorial-names.js'
import { identifier } from './literal.js'

/** The UTC date of a Unix time. */
export const dateOf = (start: string): string => `make_timestamp(${start} * 1000000)::DATE`

/** `vpc_flow_logs` as DuckDB sees it over a relation with the columns of `records`, and its columns. */
export function vpcFlowLogs(records: string, columns: readonly Field[]): { sql: string; columns: Column[]; hidden: Column[] } {
  const types = new Map(columns.map(field => [field.column, ATHENA_TYPES[field.kind]]))
  const shown = columns.map(field => ({ name: field.column, type: ATHENA_TYPES[field.kind] }))
  const aliases = Object.entries(TUTORIAL_NAMES).map(([name, column]) => ({ name, type: types.get(column) ?? 'varchar', column }))
  return {
    sql: `SELECT *, ${aliases.map(({ name, column }) => `${identifier(column)} AS ${identifier(name)}`).join(', ')},
  ${dateOf('start')} AS "date", ${dateOf('start')}::VARCHAR AS "dt" FROM ${records}`,
    columns: shown,
    hidden: [
      ...aliases.map(({ name, type }) => ({ name, type })),
      { name: 'date', type: 'date' },
      { name: 'dt', type: 'varchar' },
      { name: '$path', type: 'varchar' },
    ],
  }
}
