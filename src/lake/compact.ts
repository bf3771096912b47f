import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { mergeParts, partitionPath, type Partition } from '../engine/index.js'
import type { LakeOptions } from './options.js'
import { distinctLayouts, type Part, type PartObject } from './part.js'
import { Writer } from './writer.js'

/** A part of so many bytes that is sorted is let be: to write it again costs more than it brings. */
const LARGE = 512_000_000

export interface CompactReport {
  readonly partitions: number
  /** Parts that were merged, and their bytes before and after. */
  readonly merged: number
  readonly before: number
  readonly after: number
}

/**
 * Merges the parts of each partition into one that is sorted, partition by partition: what is done stands, whenever it is stopped.
 * `until` leaves partitions of that day and later as they are.
 */
export async function compact(
  lake: string,
  options: LakeOptions & { readonly until?: string | undefined },
): Promise<CompactReport> {
  return Writer.open(lake, 'weir lake compact', options, async writer => {
    let report: CompactReport = { partitions: 0, merged: 0, before: 0, after: 0 }
    for (const { partition, parts } of byPartition(writer.parts)) {
      if (options.until !== undefined && (partition.date ?? '') >= options.until) continue
      options.signal?.throwIfAborted()
      const sized = await Promise.all(parts.map(async part => ({ part, bytes: (await stat(part.path)).size })))
      const small = sized.filter(({ part, bytes }) => !part.sorted || bytes < LARGE)
      if (small.length < 2 && small.every(({ part }) => part.sorted)) continue
      const after = await merge(
        writer,
        partition,
        small.map(({ part }) => part),
        options,
      )
      const before = small.reduce((sum, { bytes }) => sum + bytes, 0)
      report = {
        partitions: report.partitions + 1,
        merged: report.merged + small.length,
        before: report.before + before,
        after: report.after + after,
      }
    }
    return report
  })
}

async function merge(writer: Writer, partition: Partition, parts: readonly Part[], options: LakeOptions): Promise<number> {
  const batch = writer.newBatch()
  try {
    await mkdir(batch.folder, { recursive: true })
    const path = join(batch.folder, 'merged.parquet')
    await mergeParts(
      parts.map(part => part.path),
      { ...options, to: path, metadata: batch.token },
    )
    const written = {
      path,
      partition,
      objects: objectsOf(parts),
      replaces: parts.flatMap(({ id, replaces }) => [id, ...replaces]),
      sorted: true,
      layouts: distinctLayouts(parts.flatMap(({ layouts }) => layouts)),
    }
    const [part] = await writer.commit(batch, [written], { objects: [], replaces: [], expired: [], dropped: [], positions: [] })
    return part ? (await stat(part.path)).size : 0
  } finally {
    await batch.abandon()
  }
}

/** Objects of several parts, with their rows in all of them. */
function objectsOf(parts: readonly Part[]): readonly PartObject[] {
  const objects = new Map<string, PartObject>()
  for (const object of parts.flatMap(part => part.objects)) {
    const rows = (objects.get(object.object)?.rows ?? 0) + object.rows
    objects.set(object.object, { ...object, rows })
  }
  return [...objects.values()]
}

/** Parts by the partition that they stand in. */
export function byPartition(
  parts: readonly Part[],
): readonly { readonly partition: Partition; readonly parts: readonly Part[] }[] {
  const groups = new Map<string, Part[]>()
  for (const part of parts)
    groups.set(partitionPath(part.partition), [...(groups.get(partitionPath(part.partition)) ?? []), part])
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, some]) => (some[0] ? [{ partition: some[0].partition, parts: some }] : []))
}
