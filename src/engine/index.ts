export { openDuckdb, type DuckdbOptions } from './duckdb/open.js'
export type { DuckdbEngine } from './duckdb/engine.js'
export { checkScript, execute } from './duckdb/execute.js'
export { lookUp, openOrigins, type Origin, type OriginDatabase } from './duckdb/origins.js'
export { rowsOfReference, writeReference, type ReferenceRow } from './duckdb/reference-files.js'
export {
  rowsOf,
  type Engine,
  type EngineName,
  type Parameter,
  type QueryOptions,
  type Result,
  type TimeWindow,
  type Value,
} from './engine.js'
export type { DamagedSource, InputReport, QuarantinedLine, ReadingProgress } from './input.js'
export { savedQueries, type SavedQuery } from './library.js'
export type { Column, Relation } from './relation.js'
export { addressRange, relationDefinitions } from './relations/index.js'
export { originNames, referenceDefinitions, referenceOf, type ReferenceDefinition } from './relations/references.js'
export { statementsOf, type Statement } from './sql/statements.js'
export { locationMap, type LocationMap } from './tables/index.js'
