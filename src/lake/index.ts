export { compact, type CompactReport } from './compact.js'
export { expire, type ExpireReport } from './expire.js'
export { ingest, IngestTally, type IngestOptions, type IngestReport, type ObjectReport } from './ingest.js'
export { ingestLogGroup, type LogGroupIngest } from './ingest-log-group.js'
export type { LakeOptions } from './options.js'
export { quarantinedObjects, quarantineOfLake, type QuarantinedObject } from './quarantine.js'
export { isLake, openLake, type OpenLake } from './read.js'
export { ownFolders } from './places.js'
export type { Receipt } from './receipt.js'
export { shapeOf, type LakeShape } from './shape.js'
export { statusOf, type LakePlace, type LakeStatus } from './status.js'
export { verify, type Flaw, type VerifyReport } from './verify.js'
export { networkColumns, type NetworkColumns } from './enrichment/networks.js'
export {
  enrich,
  enrichmentFolders,
  enrichmentNames,
  enrichmentReferences,
  enrichments,
  listRows,
  removeEnrichment,
  type Enriched,
  type EnrichmentName,
  type EnrichOptions,
  type StoredEnrichment,
} from './enrichment/enrich.js'
