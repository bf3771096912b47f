import { ATHENA_TYPES, FIELDS, isText, type Field, type FieldKind, type Layout } from '../../format/index.js'

/** The narrowest DuckDB type that holds every value a field of this kind may have: what does not fit is no such value. */
export const NARROW_TYPES: Readonly<Record<FieldKind, string>> = {
  integer: 'INTEGER',
  port: 'USMALLINT',
  protocol: 'UTINYINT',
  bigint: 'BIGINT',
  count: 'BIGINT',
  time: 'BIGINT',
  address: 'VARCHAR',
  action: 'VARCHAR',
  status: 'VARCHAR',
  text: 'VARCHAR',
}

const DUCKDB_TYPES = { integer: 'INTEGER', bigint: 'BIGINT', varchar: 'VARCHAR' } as const

/** DuckDB's name of the type that a field has in `records`. */
export const columnType = (field: Field): string => DUCKDB_TYPES[ATHENA_TYPES[field.kind]]

export const isNumber = (field: Field): boolean => !isText(field)

/** The columns of `records`: every field that Weir knows, then those unknown ones that some layout has. */
export function recordColumns(layouts: readonly (Layout | undefined)[]): readonly Field[] {
  const columns = new Map(FIELDS.map(field => [field.column, field]))
  for (const layout of layouts) for (const field of layout ?? []) if (!columns.has(field.column)) columns.set(field.column, field)
  return [...columns.values()]
}
