export { connectAthena, type AthenaConnection, type AthenaOptions } from './connection.js'
export { openAthena } from './open.js'
export { PRICE_PER_TB, priceOfScan } from './price.js'
export type { Workgroup } from './workgroup.js'
