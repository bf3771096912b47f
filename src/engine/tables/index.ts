export { catalogAfter, loadCatalog, saveCatalog, type Catalog, type CatalogEntry } from './catalog.js'
export { fieldOfColumn, hiddenDateSource } from './columns.js'
export { locationMap, resolveLocation, type LocationMap, type LocationRules } from './location.js'
export { hivePartitions, partitionName, partitionReader, placesOf, type PartitionValues } from './partitions.js'
