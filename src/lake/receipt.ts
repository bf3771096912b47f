import { z } from 'zod'

/**
 * What a lake knows of a source object that was read: which version, by which batch, and what became of its lines. It stands in the
 * metadata of every part that holds a row of the object; where no part does, in a file of receipts.
 */
export const receiptSchema = z.object({
  object: z.string(),
  version: z.string(),
  /** The batch that read it; of several receipts for an object, that of the latest batch holds. */
  batch: z.string(),
  bytes: z.number(),
  lines: z.number(),
  records: z.number(),
  nodata: z.number(),
  skipdata: z.number(),
  headers: z.number(),
  quarantined: z.number(),
  /** Rows that were left out, for their day had expired. */
  expired: z.number().default(0),
  damage: z.string().optional(),
  unreadable: z.string().optional(),
})

/** The version in the receipt of an object that has lost rows: no object has it, so all are read again. */
export const LOST = 'lost'

export type Receipt = z.output<typeof receiptSchema>

const partitionSchema = z
  .object({ account: z.string().optional(), region: z.string().optional(), date: z.string().optional() })
  .transform(({ account, region, date }) => ({ account, region, date }))

/** What was read of a log group. */
const positionSchema = z.object({
  /** Its name, and the streams where not all were read. */
  group: z.string(),
  /** Milliseconds: all events from `from` on and before `to` were read; nothing yet where they are the same. */
  from: z.number(),
  to: z.number(),
  /** Hashes of events that stand in the lake and that a run will meet again, with their times. */
  seen: z.array(z.tuple([z.string(), z.number()])),
})

export type Position = z.output<typeof positionSchema>

/** What a batch leaves in `_receipts` beside its parts. */
export const receiptsSchema = z.object({
  batch: z.string(),
  /** How many parts the batch has: what follows holds once all of them stand. */
  parts: z.number(),
  /** Objects of which no row stands. */
  objects: z.array(receiptSchema).default([]),
  /** Ids of parts that are no more. */
  replaces: z.array(z.string()).default([]),
  /** Partitions that were dropped: what comes later for them is left out. */
  expired: z.array(partitionSchema).default([]),
  /** Rows that were dropped with them, by object. */
  dropped: z.array(z.object({ object: z.string(), batch: z.string(), rows: z.number() })).default([]),
  positions: z.array(positionSchema).default([]),
})

export type Receipts = z.output<typeof receiptsSchema>
export type NewReceipts = Omit<Receipts, 'batch' | 'parts'>
