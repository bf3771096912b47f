import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads'
import type { BatchPartition, KeyColumn, Layout, RecordCounts, TextNumbers } from '../../../format/index.js'
import type { Compression } from '../../../source/index.js'

/** A file of plain lines. */
export interface BulkFile {
  readonly path: string
  readonly compression: Compression
  /** Its first line, where that is a header. */
  readonly header: string | undefined
}

/** What a worker is given. */
export interface BulkTask {
  readonly files: readonly BulkFile[]
  readonly layout: Layout
  /** Columns of keys to fill beside those of the layout; where undefined, batches are not told apart by partition either. */
  readonly keys: readonly KeyColumn[] | undefined
  /** Where texts are numbered. */
  readonly numbers: NumberedTexts | undefined
  /** Takes each batch out, and brings its buffer back. */
  readonly port: MessagePort
  /** Words that all workers of a run share: those of `CONTROL`, then one for each worker. */
  readonly control: Int32Array
  readonly worker: number
}

/** The numbers that texts get, and the file that lines are written to which tell them. */
export interface NumberedTexts extends TextNumbers {
  readonly told: string
}

/** A batch of packed columns, all of one file. */
export interface BulkBatch {
  readonly buffer: ArrayBuffer
  readonly rows: number
  readonly file: number
  /** That of all of its rows, where they share one and it was asked for. */
  readonly partition: BatchPartition | undefined
}

/** Batches, one after another. */
export interface BatchSource {
  /** Waits for the next batch and uses it, for its buffer goes back; false where all were taken. */
  take(use: (batch: BulkBatch) => void): boolean
}

export const isBatch = (message: unknown): message is BulkBatch =>
  typeof message === 'object' && message !== null && 'buffer' in message && 'rows' in message && 'file' in message

/** The next message of a port, without waiting for it. */
export const received = (port: MessagePort): unknown => receiveMessageOnPort(port)?.message

export const isOutcomes = (message: unknown): message is readonly BulkOutcome[] => Array.isArray(message)

/** What became of a file: of one that is not clean, nothing that was read counts. */
export interface BulkOutcome extends RecordCounts {
  readonly file: number
  readonly clean: boolean
  readonly headers: number
  /** Lines that were written as telling texts. */
  readonly told: number
}

/** Batches of a worker that may be under way at once. */
export const BATCHES = 4

export const CONTROL = {
  /** Counts up whenever a batch is sent or a worker has ended. */
  news: 0,
  /** Not 0 where nobody wants more. */
  stopped: 1,
  nextFile: 2,
  /** Workers that have ended. */
  ended: 3,
  /** KiB of the files that were read so far. */
  read: 4,
  /** Not 0 where some file is not clean: the pass will be repeated, and no more of this one is wanted but which files are clean. */
  spoilt: 5,
  /** From here on, by worker: batches whose buffers were given back. */
  returned: 6,
} as const

export const newControl = (workers: number): Int32Array => new Int32Array(new SharedArrayBuffer(4 * (CONTROL.returned + workers)))

/** Counts a word up, and wakes who waits for it to change. */
export function countUp(control: Int32Array, word: number): void {
  Atomics.add(control, word, 1)
  Atomics.notify(control, word)
}
