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
