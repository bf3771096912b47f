export { networkColumns, type NetworkColumns } from './enrichment/networks.js'
export {
  enrich,
  enrichmentNames,
  enrichmentReferences,
  enrichments,
  removeEnrichment,
  type Enriched,
  type EnrichmentName,
  type EnrichOptions,
  type StoredEnrichment,
} from './enrichment/enrich.js'
