import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads'
import { giveBack, takeWorker } from './pool.js'
import {
  CONTROL,
  countUp,
  isBatch,
  isOutcomes,
  newControl,
  received,
  type BatchSource,
  type BulkBatch,
  type BulkFile,
  type BulkOutcome,
  type BulkTask,
} from './protocol.js'

/** Milliseconds without a batch or a byte after which workers are held to be gone. */
const LONGEST_SILENCE = 60_000
const A_WHILE = 1_000

/** One pass over files: threads that read them, and their batches as they come. */
export class BulkRun implements BatchSource {
  readonly #control: Int32Array
  readonly #ports: readonly MessagePort[]
  readonly #tasks: readonly BulkTask[]
  /** Undefined until the first batch is asked for. */
  #outcomes: Promise<readonly BulkOutcome[]> | undefined
  #turn = 0
  #rows = 0
  /** Whether all batches were taken. */
  #isTaken = false

  /** `numbers` are divided among the workers, each of which has a file whose name begins as `told`. */
  constructor(
    files: readonly BulkFile[],
    { layout, keys, numbers }: Pick<BulkTask, 'layout' | 'keys' | 'numbers'>,
    workers: number,
  ) {
    const channels = Array.from({ length: Math.min(workers, files.length) }, () => new MessageChannel())
    this.#control = newControl(channels.length)
    this.#ports = channels.map(({ port1 }) => port1)
    this.#tasks = channels.map(({ port2: port }, worker) => {
      const own = numbers && {
        first: numbers.first + worker * numbers.step,
        step: numbers.step * channels.length,
        told: `${numbers.told}${worker}`,
      }
      return { files, layout, keys, numbers: own, port, control: this.#control, worker }
    })
  }

  /** KiB that were read of the files. */
  get read(): number {
    return Atomics.load(this.#control, CONTROL.read)
  }

  /** Waits for the next batch and uses it; false where all were taken. Throws where the run was stopped, or nothing comes any more. */
  take(use: (batch: BulkBatch) => void): boolean {
    this.#outcomes ??= this.#begun()
    let [silence, seen] = [0, this.read]
    for (;;) {
      const news = Atomics.load(this.#control, CONTROL.news)
      const hasEnded = Atomics.load(this.#control, CONTROL.ended) === this.#ports.length
      if (Atomics.load(this.#control, CONTROL.stopped) !== 0) throw new Error('INTERRUPT Error: reading was stopped')
      if (this.#received(use)) return true
      if (hasEnded) {
        this.#isTaken = true
        return false
      }
      if (Atomics.wait(this.#control, CONTROL.news, news, A_WHILE) !== 'timed-out') continue
      silence = this.read === seen ? silence + A_WHILE : 0
      seen = this.read
      if (silence >= LONGEST_SILENCE)
        throw new Error('nothing more comes of the log files: is their disk or network share there?')
    }
  }

  #begun(): Promise<readonly BulkOutcome[]> {
    const outcomes = Promise.all(this.#tasks.map(outcomesOf)).then(all => all.flat())
    outcomes.catch(() => undefined) // told where outcomes are asked for
    return outcomes
  }

  #received(use: (batch: BulkBatch) => void): boolean {
    for (let i = 0; i < this.#ports.length; i++) {
      const worker = this.#turn++ % this.#ports.length
      const port = this.#ports[worker]
      const batch = port && received(port)
      if (!isBatch(batch)) continue
      use(batch)
      this.#rows += batch.rows
      port?.postMessage(batch.buffer, [batch.buffer])
      countUp(this.#control, CONTROL.returned + worker)
      return true
    }
    return false
  }

  /** What became of each file; of none where not all batches were taken. Throws where rows were lost on the way. */
  async outcomes(): Promise<readonly BulkOutcome[]> {
    const outcomes = (this.#isTaken && (await this.#outcomes)) || []
    this.#close()
    const rows = outcomes.reduce((sum, { records, nodata, skipdata }) => sum + records + nodata + skipdata, 0)
    const isWhole = outcomes.length === this.#tasks[0]?.files.length && outcomes.every(({ clean }) => clean)
    if (isWhole && rows !== this.#rows) throw new Error(`${rows} rows were read and ${this.#rows} handed on`)
    return outcomes
  }

  /** Has the workers end, whatever they are at. */
  async stop(): Promise<void> {
    Atomics.store(this.#control, CONTROL.stopped, 1)
    for (let worker = 0; worker < this.#ports.length; worker++) Atomics.notify(this.#control, CONTROL.returned + worker)
    await this.#outcomes?.catch(() => undefined)
    this.#close()
  }

  #close(): void {
    for (const port of this.#ports) port.close()
  }
}

/** Has a worker do a task; a worker that dies of it has no outcomes. */
function outcomesOf(task: BulkTask): Promise<readonly BulkOutcome[]> {
  return new Promise(resolve => {
    const worker: Worker = takeWorker()
    const over = (outcomes: readonly BulkOutcome[]): void => {
      worker.off('message', done).off('exit', died)
      resolve(outcomes)
    }
    const done = (message: unknown): void => {
      over(isOutcomes(message) ? message : [])
      giveBack(worker)
    }
    const died = (): void => over([])
    worker.on('message', done).on('exit', died)
    worker.postMessage(task, [task.port])
  })
}
