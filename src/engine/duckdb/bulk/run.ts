import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads'
import type { Layout } from '../../../format/index.js'
import { CONTROL, countUp, newControl, type BulkBatch, type BulkFile, type BulkOutcome, type BulkTask } from './protocol.js'

/** Workers are JavaScript; tests run them from what was built. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? '../../../../dist/engine/duckdb/bulk/worker.js' : './worker.js', import.meta.url)

/** Milliseconds after which a worker that says nothing is held to be gone. */
const LONGEST_SILENCE = 300_000

/** One pass over files: threads that read them, and their batches as they come. */
export class BulkRun {
  readonly #control: Int32Array
  readonly #ports: readonly MessagePort[]
  readonly #workers: readonly Worker[]
  readonly #outcomes: Promise<readonly BulkOutcome[]>
  #turn = 0
  /** Whether all batches were taken. */
  isTaken = false

  constructor(files: readonly BulkFile[], layout: Layout, threads: number) {
    const channels = Array.from({ length: Math.min(threads, files.length) }, () => new MessageChannel())
    this.#control = newControl(channels.length)
    this.#ports = channels.map(({ port1 }) => port1)
    this.#workers = channels.map(({ port2 }, worker) => {
      const task: BulkTask = { files, layout, port: port2, control: this.#control, worker }
      return new Worker(WORKER, { workerData: task, transferList: [port2] })
    })
    this.#outcomes = Promise.all(this.#workers.map(outcomesOf)).then(all => all.flat())
    this.#outcomes.catch(() => undefined)
  }

  /** KiB that were read of the files. */
  get read(): number {
    return Atomics.load(this.#control, CONTROL.read)
  }

  /** Waits for the next batch and uses it; false where all were taken. */
  take(use: (batch: BulkBatch) => void): boolean {
    for (;;) {
      const news = Atomics.load(this.#control, CONTROL.news)
      const hasEnded = Atomics.load(this.#control, CONTROL.ended) === this.#workers.length
      if (this.#received(use)) return true
      if (hasEnded) {
        this.isTaken = true
        return false
      }
      if (Atomics.wait(this.#control, CONTROL.news, news, LONGEST_SILENCE) === 'timed-out')
        throw new Error('a thread that reads logs does not answer')
    }
  }

  #received(use: (batch: BulkBatch) => void): boolean {
    for (let i = 0; i < this.#ports.length; i++) {
      const worker = this.#turn++ % this.#ports.length
      const port = this.#ports[worker]
      const batch: BulkBatch | undefined = port && receiveMessageOnPort(port)?.message
      if (!batch) continue
      use(batch)
      port?.postMessage(batch.buffer, [batch.buffer])
      countUp(this.#control, CONTROL.returned + worker)
      return true
    }
    return false
  }

  /** What became of each file; of none where not all batches were taken. */
  async outcomes(): Promise<readonly BulkOutcome[]> {
    return this.isTaken ? this.#outcomes : []
  }

  /** Ends the workers, whatever they are at. */
  async stop(): Promise<void> {
    Atomics.store(this.#control, CONTROL.stopped, 1)
    await Promise.all(this.#workers.map(worker => worker.terminate()))
  }
}

function outcomesOf(worker: Worker): Promise<BulkOutcome[]> {
  return new Promise((resolve, reject) => {
    const outcomes: BulkOutcome[] = []
    worker.on('message', (outcome: BulkOutcome) => outcomes.push(outcome))
    worker.on('error', reject)
    worker.on('exit', () => resolve(outcomes))
  })
}
