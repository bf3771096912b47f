export {
  ATHENA_TYPES,
  FIELDS,
  fieldNamed,
  isNoName,
  isPlace,
  LATEST,
  LONGEST_PLACE,
  type Field,
  type FieldKind,
} from './fields.js'
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
  isText,
  keyColumns,
  packedColumns,
  RecordReader,
  valueBytes,
  type BatchPartition,
  type KeyColumn,
  type PackedColumn,
  type RecordCounts,
  type TextNumbers,
} from './record-reader.js'
