import { appendFileSync, closeSync, openSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { RecordReader } from '../../../format/index.js'
import { intact } from '../../../source/index.js'
import {
  BATCHES,
  CONTROL,
  countUp,
  received,
  type BulkBatch,
  type BulkFile,
  type BulkOutcome,
  type BulkTask,
} from './protocol.js'

/** What may stand before the records of a file: a byte order mark, its header. */
class Opening {
  headers = 0
  readonly #header: Uint8Array
  #held: Uint8Array | undefined = new Uint8Array()

  constructor(header: string | undefined) {
    this.#header = Buffer.from(header === undefined ? '' : `${header}\n`)
  }

  /** The bytes of a chunk that belong to the records; held back as long as the opening may go on in the next. */
  without(chunk: Uint8Array): Uint8Array {
    if (this.#held === undefined) return chunk
    this.#held = Buffer.concat([this.#held, chunk])
    return this.#held.length < BOM.length + this.#header.length ? new Uint8Array() : this.rest()
  }

  /** What is held back, at the end of the file. */
  rest(): Uint8Array {
    const held = this.#held ?? new Uint8Array()
    this.#held = undefined
    const text = startsWith(held, BOM) ? held.subarray(BOM.length) : held
    if (this.#header.length === 0 || !startsWith(text, this.#header)) return text
    this.headers = 1
    return text.subarray(this.#header.length)
  }
}

const BOM = Uint8Array.of(0xef, 0xbb, 0xbf)

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return Buffer.compare(bytes.subarray(0, start.length), start) === 0
}

/** Reads files, one after another, until there are no more: what one worker does of a run. */
class Reading {
  readonly #reader: RecordReader
  readonly #returned: number
  /** The file of lines that tell texts. */
  readonly #told: number | undefined
  #sent = 0

  constructor(private readonly task: BulkTask) {
    this.#reader = new RecordReader(task.layout, task.keys, task.numbers)
    this.#told = task.numbers && openSync(task.numbers.told, 'wx')
    this.#returned = CONTROL.returned + task.worker
  }

  async outcomes(): Promise<readonly BulkOutcome[]> {
    const { files, control } = this.task
    const outcomes: BulkOutcome[] = []
    for (;;) {
      const file = Atomics.add(control, CONTROL.nextFile, 1)
      const of = files[file]
      if (!of || this.#isStopped) return outcomes
      outcomes.push(await this.#outcomeOf(of, file))
    }
  }

  close(): void {
    if (this.#told !== undefined) closeSync(this.#told)
  }

  get #isStopped(): boolean {
    return Atomics.load(this.task.control, CONTROL.stopped) !== 0
  }

  async #outcomeOf(of: BulkFile, file: number): Promise<BulkOutcome> {
    const reader = this.#reader
    reader.clear()
    const opening = new Opening(of.header)
    let isClean = true
    const told = reader.linesTold
    try {
      const chunks = intact(of.path, of.compression, bytes => Atomics.add(this.task.control, CONTROL.read, bytes >> 10))
      for await (const chunk of chunks) {
        isClean = this.#take(opening.without(chunk), file)
        if (!isClean) break
      }
      isClean &&= this.#take(opening.rest(), file)
      reader.finish()
      isClean &&= this.#readBatches(file, true)
    } catch {
      isClean = false
    }
    if (!isClean) Atomics.store(this.task.control, CONTROL.spoilt, 1)
    return { file, clean: isClean, headers: opening.headers, told: reader.linesTold - told, ...reader.counts }
  }

  /** Reads what follows in a file; whether all of it is plain. */
  #take(bytes: Uint8Array, file: number): boolean {
    for (let rest = bytes; rest.length > 0;) {
      const taken = this.#reader.write(rest)
      rest = rest.subarray(taken)
      if (rest.length > 0 && !this.#readBatches(file, false)) return false
    }
    return true
  }

  #readBatches(file: number, rest: boolean): boolean {
    const reader = this.#reader
    for (;;) {
      const rows = reader.read(rest)
      if (rows === undefined || this.#isStopped) return false
      if (rows === 0) return true
      if (this.#told !== undefined) appendFileSync(this.#told, reader.told())
      this.#send(rows, file)
    }
  }

  /** Hands the batch on; waits where too many are under way. */
  #send(rows: number, file: number): void {
    const { control, port } = this.task
    if (Atomics.load(control, CONTROL.spoilt) !== 0) return
    while (this.#sent - Atomics.load(control, this.#returned) >= BATCHES) {
      if (this.#isStopped) return
      Atomics.wait(control, this.#returned, this.#sent - BATCHES, 100)
    }
    const back = received(port)
    const buffer = this.#reader.pack(back instanceof ArrayBuffer ? back : undefined)
    const partition = this.task.keys && this.#reader.partition()
    port.postMessage({ buffer, rows, file, partition } satisfies BulkBatch, [buffer])
    this.#sent++
    countUp(control, CONTROL.news)
  }
}

/** Tells the others, once, that there is no more to come of the task, whatever happened: they wait for it. */
function end(task: BulkTask, outcomes: readonly BulkOutcome[]): void {
  if (task !== current) return
  current = undefined
  const { control } = task
  countUp(control, CONTROL.ended)
  countUp(control, CONTROL.news)
  parentPort?.postMessage(outcomes)
}

let current: BulkTask | undefined

async function work(task: BulkTask): Promise<void> {
  current = task
  let outcomes: readonly BulkOutcome[] = []
  try {
    const reading = new Reading(task)
    outcomes = await reading.outcomes().finally(() => reading.close())
  } catch {
    // Files without an outcome are read line by line.
  }
  end(task, outcomes)
}

parentPort?.on('message', (task: BulkTask) => void work(task))
process.on('uncaughtException', () => {
  if (current) end(current, [])
})
