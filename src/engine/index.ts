export {
  connectAthena,
  openAthena,
  PRICE_PER_TB,
  priceOfScan,
  type AthenaConnection,
  type AthenaOptions,
  type Workgroup,
} from './athena/index.js'
export { openDuckdb, type DuckdbOptions } from './duckdb/open.js'
export type { DuckdbEngine } from './duckdb/engine.js'
export { checkScript, execute } from './duckdb/execute.js'
export { lookUp, openOrigins, type Origin, type OriginDatabase } from './duckdb/origins.js'
export { rowsOfReference, writeReference, type ReferenceRow } from './duckdb/reference-files.js'
export {
  rowsOf,
  rowStream,
  type Engine,
  type EngineName,
  type Parameter,
  type QueryOptions,
  type Result,
  type TimeWindow,
  type Value,
} from './engine.js'
export { isAlive } from './alive.js'
export type { DamagedSource, InputReport, LineCounts, QuarantinedLine, ReadingProgress } from './input.js'
export type { RemoteEngine, RemoteOptions } from './remote/engine.js'
export type { RemoteConnection, RemoteResult, RemoteRun } from './remote/connection.js'
export { checkRemotely, executeRemotely } from './remote/execute.js'
export { connectTrino, type TrinoOptions } from './trino/connection.js'
export { openTrino } from './trino/open.js'
export * from './ddl/index.js'
export { savedQueries, type SavedQuery } from './library.js'
export {
  checkLimit,
  estimateScan,
  MAX_SCAN,
  openObjects,
  priceText,
  sizeInBytes,
  sizeText,
  type ScanEstimate,
  type StoredObjects,
  type StoredObjectsOptions,
  type TableScan,
} from './remote/scan/index.js'
export type { Column, Relation } from './relation.js'
export { addressRange, relationDefinitions, type AllowedConnections } from './relations/index.js'
export { originNames, referenceDefinitions, referenceOf, type ReferenceDefinition } from './relations/references.js'
export { statementsOf, type Statement } from './sql/statements.js'
export { locationMap, type LocationMap } from './tables/index.js'
export type { InstanceOptions } from './duckdb/instance.js'
export { lockFile } from './duckdb/parts/lock.js'
export { countObjects, readFooters, type Footer } from './duckdb/parts/metadata.js'
export { dateOfDay, partitionOf, partitionPath, storedName, type Partition } from './duckdb/parts/partition.js'
export { withoutObjects } from './duckdb/parts/rewrite.js'
export { QUARANTINE, writeParts, type InputOutcome, type PartInput } from './duckdb/parts/write.js'
export type { StoredParts } from './duckdb/parts/stored.js'
export { openTempDir, removeTempDir } from './duckdb/temp-dir.js'
export { checkPart, type PartCheck } from './duckdb/parts/check.js'
export { mergeParts } from './duckdb/parts/merge.js'
export { countQuarantined, quarantinedLines } from './duckdb/parts/quarantine.js'
export { NO_LINES, sumOfLines } from './input-sum.js'
