import { basename } from 'node:path'
import { z } from 'zod'
import { partitionOf, type Footer, type Partition } from '../engine/index.js'
import { receiptSchema } from './receipt.js'

const objectSchema = receiptSchema.extend({
  /** Rows of the object in this part. */
  rows: z.number(),
})

/** What stands under the key `weir` in the metadata of a part. */
export const partSchema = z.object({
  weir: z.literal(1),
  batch: z.string(),
  /** Which part of its batch it is, from 1, and of how many. */
  part: z.number(),
  parts: z.number(),
  /** Ids of the parts in whose place it stands, and of those in whose place they stood. */
  replaces: z.array(z.string()),
  /** Sorted by hour and address of the source. */
  sorted: z.boolean(),
  /** Columns that the logs had whose rows are in it, each set of them once. */
  layouts: z.array(z.array(z.string())),
  objects: z.array(objectSchema),
})

export type PartMetadata = z.output<typeof partSchema>
export type PartObject = PartMetadata['objects'][number]

/** A Parquet file of records. */
export interface Part extends PartMetadata {
  readonly path: string
  readonly id: string
  readonly partition: Partition
  readonly rows: number
}

/** A file among the parts that is none, or none any more. */
export interface DamagedPart {
  readonly path: string
  readonly reason: string
}

export const partId = (batch: string, part: number, parts: number): string => `${batch}.${part}-${parts}`

/** What a Parquet file under `records` is. */
export function partOf(footer: Footer): Part | DamagedPart {
  const { path } = footer
  if (footer.kind === 'damaged') return { path, reason: footer.reason }
  const partition = partitionOf(path)
  if (!partition) return { path, reason: 'it is in no folder of a partition' }
  const metadata = partSchema.safeParse(jsonOf(footer.metadata))
  if (!metadata.success) return { path, reason: 'its metadata is not that of a part' }
  const { batch, part, parts } = metadata.data
  const id = partId(batch, part, parts)
  if (basename(path) !== `${id}.parquet`) return { path, reason: `its metadata says that it is ${id}` }
  return { ...metadata.data, path, id, partition, rows: footer.rows }
}

export const isPart = (part: Part | DamagedPart): part is Part => 'id' in part
export const isDamaged = (part: Part | DamagedPart): part is DamagedPart => !isPart(part)

function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Sets of columns, each once, whatever the order. */
export function distinctLayouts(layouts: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...new Map(layouts.map(layout => [JSON.stringify(layout.toSorted()), layout])).values()]
}
