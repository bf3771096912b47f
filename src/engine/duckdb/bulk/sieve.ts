import type { BatchPartition } from '../../../format/index.js'
import type { BatchSource, BulkBatch } from './protocol.js'

/** Too many batches belong to other partitions than the group's first. */
export class SieveFull extends Error {
  constructor() {
    super('the files hold rows of many partitions')
  }
}

/** Batches that were kept, to be taken once. */
class KeptBatches implements BatchSource {
  readonly #batches: BulkBatch[] = []
  #bytes = 0

  constructor(private readonly most: number) {}

  get isEmpty(): boolean {
    return this.#batches.length === 0
  }

  keep(batch: BulkBatch): void {
    this.#batches.push({ ...batch, buffer: batch.buffer.slice(0) })
    this.#bytes += batch.buffer.byteLength
    if (this.#bytes > this.most) throw new SieveFull()
  }

  take(use: (batch: BulkBatch) => void): boolean {
    const batch = this.#batches.shift()
    if (batch) use(batch)
    return batch !== undefined
  }
}

/** Lets the batches of one partition by, that of the first that has one, and keeps the others for a statement to come. */
export class PartitionSieve implements BatchSource {
  readonly kept: KeptBatches
  #partition: BatchPartition | undefined

  /** Keeps up to `most` bytes: files of one group should rarely have any. */
  constructor(
    private readonly batches: BatchSource,
    most: number,
  ) {
    this.kept = new KeptBatches(most)
  }

  /** That of the batches that were let by; undefined where there was none. */
  get partition(): BatchPartition | undefined {
    return this.#partition
  }

  take(use: (batch: BulkBatch) => void): boolean {
    for (;;) {
      let used = false
      const isMore = this.batches.take(batch => {
        used = this.#isLetBy(batch)
        if (used) use(batch)
        else this.kept.keep(batch)
      })
      if (used || !isMore) return isMore
    }
  }

  #isLetBy({ partition }: BulkBatch): boolean {
    if (!partition) return false
    const first = (this.#partition ??= partition)
    return partition.account === first.account && partition.region === first.region && partition.day === first.day
  }
}
