import { join } from 'node:path'
import { quarantinedLines, type InstanceOptions, type QuarantinedLine } from '../engine/index.js'
import { quarantineOf } from './places.js'
import { standingOf } from './standing.js'

/** An object of which something could not be read. */
export interface QuarantinedObject {
  readonly object: string
  readonly batch: string
  readonly lines: number
  readonly quarantined: number
  /** Why nothing of it could be read, or only a part. */
  readonly reason: string | undefined
}

/** The objects of which lines are in quarantine, or that could not be read at all. */
export async function quarantinedObjects(lake: string, options: InstanceOptions): Promise<readonly QuarantinedObject[]> {
  const { receipts } = await standingOf(lake, options)
  return [...receipts.values()]
    .filter(({ quarantined, unreadable, damage }) => quarantined > 0 || unreadable !== undefined || damage !== undefined)
    .map(({ object, batch, lines, quarantined, unreadable, damage }) => ({
      object,
      batch,
      lines,
      quarantined,
      reason: unreadable ?? damage,
    }))
    .sort((a, b) => (a.object < b.object ? -1 : 1))
}

/** The lines in quarantine, each with its object, its number there, and what is wrong with it. */
export async function* quarantineOfLake(
  lake: string,
  objects: readonly QuarantinedObject[],
  options: InstanceOptions,
): AsyncGenerator<QuarantinedLine> {
  const byBatch = new Map<string, string[]>()
  for (const { object, batch, quarantined } of objects)
    if (quarantined > 0) byBatch.set(batch, [...(byBatch.get(batch) ?? []), object])
  for (const [batch, names] of byBatch) yield* quarantinedLines(join(quarantineOf(lake), `${batch}.parquet`), names, options)
}
