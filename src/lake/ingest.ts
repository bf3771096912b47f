import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { LineCounts } from '../engine/index.js'
import type { ObjectSource, SourceObject, UnreadableSource } from '../source/index.js'
import { pagesOf } from './load.js'
import type { LakeOptions } from './options.js'
import type { Receipt } from './receipt.js'
import { Writer } from './writer.js'

/** What became of an object that was not in the lake. */
export type ObjectReport =
  | { readonly kind: 'stored'; readonly receipt: Receipt }
  | { readonly kind: 'gone'; readonly object: string }
  | { readonly kind: 'failed'; readonly object: string; readonly reason: string }

/** What a run of ingest has done. */
export interface IngestReport extends LineCounts {
  readonly objects: readonly ObjectReport[]
  /** Objects that stood in the lake already. */
  readonly known: number
  readonly bytes: number
  readonly batches: number
  readonly parts: number
  readonly unreadable: readonly UnreadableSource[]
}

export interface IngestOptions extends LakeOptions {
  /** The fields of logs without a header. */
  readonly fields?: string | undefined
  /** Names of objects that are read again, whatever is known of them. */
  readonly again?: ReadonlySet<string>
}

/**
 * Takes the objects of a source into a lake, each version of each object once, batch by batch: a batch stands whole or not at all,
 * whatever happens. Throws a Fault of kind `engine` where another run writes to the lake, or the disk is full.
 */
export async function ingest(lake: string, source: ObjectSource, options: IngestOptions): Promise<IngestReport> {
  return Writer.open(lake, 'weir ingest', options, async writer => {
    const objects: ObjectReport[] = []
    const totals = {
      known: 0,
      batches: 0,
      parts: 0,
      bytes: 0,
      lines: 0,
      records: 0,
      nodata: 0,
      skipdata: 0,
      headers: 0,
      quarantined: 0,
    }
    const isKnown = ({ name, version }: SourceObject): boolean =>
      writer.receipts.get(name)?.version === version && !options.again?.has(name)
    const folder = await mkdtemp(join(options.tempDir, 'objects-'))
    try {
      for await (const load of pagesOf(source, { isKnown, folder, signal: options.signal })) {
        options.signal?.throwIfAborted()
        totals.known += load.known.length
        objects.push(...load.missed)
        if (load.objects.length > 0) {
          const { receipts, parts } = await writer.store(load.objects, options)
          totals.batches++
          totals.parts += parts
          for (const receipt of receipts) {
            objects.push({ kind: 'stored', receipt })
            for (const name of COUNTED) totals[name] += receipt[name]
          }
        }
        await source.settle([...load.known, ...load.objects.map(({ object }) => object)])
        await load.release()
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
    return { ...totals, objects, unreadable: source.unreadable }
  })
}

const COUNTED = ['bytes', 'lines', 'records', 'nodata', 'skipdata', 'headers', 'quarantined'] as const
