import { join } from 'node:path'

/** Where things stand in a lake. What begins with `_` is not for readers. */
export const recordsOf = (lake: string): string => join(lake, 'records')
export const receiptsOf = (lake: string): string => join(lake, '_receipts')
/** Batches that are being written, and those that are whole and on their way to their places. */
export const stagingOf = (lake: string): string => join(lake, '_staging')
export const quarantineOf = (lake: string): string => join(lake, 'quarantine')
/** Records of days that were dropped, by hour. */
export const hoursOf = (lake: string): string => join(lake, 'hours')
export const lockOf = (lake: string): string => join(lake, '_lock')
/** Links of readers to the parts that they read, by reader. */
export const readersOf = (lake: string): string => join(lake, '_readers')
/** What runs worked out of the records of whole days: it can be removed at any time. */
export const sessionsOf = (lake: string): string => join(lake, '_sessions')
/** Parts that were damaged, and those that were of no use without them. */
export const damagedOf = (lake: string): string => join(lake, '_damaged')

/** What a lake itself holds: none of it is taken in as logs. */
export const ownFolders = (lake: string): readonly string[] => [
  recordsOf(lake),
  receiptsOf(lake),
  stagingOf(lake),
  quarantineOf(lake),
  hoursOf(lake),
  readersOf(lake),
  sessionsOf(lake),
  damagedOf(lake),
  join(lake, 'enrichment'),
]
