export { ATHENA_TYPES, FIELDS, fieldNamed, isNoName, LATEST, type Field, type FieldKind } from './fields.js'
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
export { canReadRecords, packedColumns, RecordReader, valueBytes, type PackedColumn, type RecordCounts } from './record-reader.js'
