import { FIELDS, layoutOfFields, type Field } from '../../../format/index.js'
import type { InputReport } from '../../input.js'
import { columnType, recordColumns } from '../columns.js'
import type { KeptPlace } from '../kept.js'
import { identifier, quoted } from '../literal.js'
import { storedName } from './partition.js'

/** Parts of a lake, as a source of records. */
export interface StoredParts {
  readonly paths: readonly string[]
  /** Columns of the logs that are in them. */
  readonly layouts: readonly (readonly string[])[]
  /** What was read when they were made. */
  readonly input: InputReport
  readonly kept?: KeptPlace | undefined
}

const HIVE_TYPES =
  'hive_partitioning=true, hive_types_autocast=false, hive_types={account_id: VARCHAR, region: VARCHAR, date: VARCHAR}'

/** The columns of records in parts: those of `records`, and unknown ones as text. */
export function storedColumns({ layouts }: StoredParts): readonly Field[] {
  const known = new Map(FIELDS.map(field => [field.column, field]))
  const fields = new Set(layouts.flat())
  return recordColumns([[...fields].flatMap(column => known.get(column) ?? layoutOfFields(column.replaceAll('_', '-')))])
}

/** The columns that some row of the parts may have a value in. */
export const filledColumns = ({ layouts }: StoredParts): readonly string[] => [...layouts.flat(), 'account_id', 'region']

/** The rows of parts with these columns, and `$path`, the source object of each. */
export function storedRows(parts: StoredParts, columns: readonly Field[]): string {
  const present = new Set(filledColumns(parts))
  const selected = columns.map(field =>
    present.has(field.column)
      ? `${identifier(storedName(field.column))} AS ${identifier(field.column)}`
      : `NULL::${columnType(field)} AS ${identifier(field.column)}`,
  )
  return `SELECT ${selected.join(', ')}, source_object AS "$path" FROM read_parquet([${parts.paths.map(quoted).join(', ')}], union_by_name=true, ${HIVE_TYPES})`
}
