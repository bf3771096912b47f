export { estimateScan, type ScanEstimate, type TableScan } from './estimate.js'
export { checkLimit, MAX_SCAN, priceText, sizeInBytes, sizeText } from './limit.js'
export { openObjects, type StoredObject, type StoredObjects, type StoredObjectsOptions } from './objects.js'
