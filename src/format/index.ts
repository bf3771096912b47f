export { ATHENA_TYPES, FIELDS, fieldNamed, type Field, type FieldKind } from './fields.js'
export {
  headerOf,
  KNOWN_LAYOUTS,
  layoutOfFields,
  layoutOfHeader,
  layoutOfNames,
  tokensOf,
  unknownField,
  type Layout,
} from './layout.js'
export { layoutOfLines, tokenFits } from './recognise.js'
export {
  canReadRecords,
  COLUMN_TYPES,
  packedColumns,
  RecordReader,
  VALUE_BYTES,
  type ColumnType,
  type PackedColumn,
  type RecordCounts,
} from './record-reader.js'
