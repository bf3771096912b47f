import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { NO_LINES, type LineCounts } from '../engine/index.js'
import type { ObjectSource, SourceObject, UnreadableSource } from '../source/index.js'
import { loadsOf } from './load.js'
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
    const tally = new IngestTally()
    const isKnown = ({ name, version }: SourceObject): boolean =>
      writer.receipts.get(name)?.version === version && !options.again?.has(name)
    const folder = await mkdtemp(join(options.tempDir, 'objects-'))
    try {
      for await (const load of loadsOf(source, { isKnown, folder, signal: options.signal })) {
        options.signal?.throwIfAborted()
        if (load.objects.length > 0) tally.add(await writer.store(load.objects, options))
        tally.miss(load.missed, load.known.length)
        await source.settle([...load.known, ...load.objects.map(({ object }) => object)])
        await load.release()
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
    return tally.report(source.unreadable)
  })
}

/** Counts what a run does. */
export class IngestTally {
  readonly #objects: ObjectReport[] = []
  readonly #sums = { known: 0, batches: 0, parts: 0, bytes: 0, ...NO_LINES }

  add({ receipts, parts }: { readonly receipts: readonly Receipt[]; readonly parts: number }): void {
    this.#sums.batches++
    this.#sums.parts += parts
    for (const receipt of receipts) {
      this.#objects.push({ kind: 'stored', receipt })
      for (const name of COUNTED) this.#sums[name] += receipt[name]
    }
  }

  miss(objects: readonly ObjectReport[], known: number): void {
    this.#objects.push(...objects)
    this.#sums.known += known
  }

  report(unreadable: readonly UnreadableSource[]): IngestReport {
    return { ...this.#sums, objects: this.#objects, unreadable }
  }
}

const COUNTED = ['bytes', 'lines', 'records', 'nodata', 'skipdata', 'headers', 'quarantined'] as const
