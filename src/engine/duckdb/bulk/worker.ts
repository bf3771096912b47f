import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { RecordReader } from '../../../format/index.js'
import { intact } from '../../../source/index.js'
import { BATCHES, CONTROL, countUp, type BulkBatch, type BulkFile, type BulkOutcome, type BulkTask } from './protocol.js'

/** What a thread of a run does: reads files, one after another, until there are no more. */
const { files, layout, port, control, worker } = workerData as BulkTask
const reader = new RecordReader(layout)
const returned = CONTROL.returned + worker
let sent = 0

const isStopped = (): boolean => Atomics.load(control, CONTROL.stopped) !== 0

function next(): number {
  return Atomics.add(control, CONTROL.nextFile, 1)
}

async function outcomeOf(of: BulkFile, file: number): Promise<BulkOutcome> {
  reader.clear()
  const opening = new Opening(of.header)
  let isClean = true
  try {
    const chunks = intact(of.path, of.compression, bytes => Atomics.add(control, CONTROL.read, bytes >> 10))
    for await (const chunk of chunks) {
      isClean = take(opening.without(chunk), file)
      if (!isClean) break
    }
    isClean &&= take(opening.rest(), file)
    reader.finish()
    isClean &&= readBatches(file, true)
  } catch {
    isClean = false
  }
  return { file, clean: isClean, headers: opening.headers, ...reader.counts }
}

/** Reads what follows in a file; whether all of it is plain. */
function take(bytes: Uint8Array, file: number): boolean {
  for (let rest = bytes; rest.length > 0; ) {
    const taken = reader.write(rest)
    rest = rest.subarray(taken)
    if (rest.length > 0 && !readBatches(file, false)) return false
  }
  return true
}

function readBatches(file: number, rest: boolean): boolean {
  for (;;) {
    const rows = reader.read(rest)
    if (rows === undefined || isStopped()) return false
    if (rows === 0) return true
    send(rows, file)
  }
}

/** Hands the batch on; waits where too many are under way. */
function send(rows: number, file: number): void {
  while (sent - Atomics.load(control, returned) >= BATCHES) {
    Atomics.wait(control, returned, sent - BATCHES, 1000)
    if (isStopped()) return
  }
  const back: ArrayBuffer | undefined = receiveMessageOnPort(port)?.message
  const buffer = reader.pack(back)
  port.postMessage({ buffer, rows, file } satisfies BulkBatch, [buffer])
  sent++
  countUp(control, CONTROL.news)
}

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

try {
  for (let file = next(); file < files.length && !isStopped(); file = next()) {
    const of = files[file]
    if (of) parentPort?.postMessage(await outcomeOf(of, file))
  }
} finally {
  countUp(control, CONTROL.ended)
  countUp(control, CONTROL.news)
  port.close()
}
