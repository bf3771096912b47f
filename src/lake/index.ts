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
