import { createHash } from 'node:crypto'
import { open, rm, type FileHandle } from 'node:fs/promises'

/** What tells an event from all others, and when it happened, in ms. */
export interface EventKey {
  readonly id: string
  readonly time: number
}

/** A stretch of a log group's events, written as lines to a file. */
export interface EventStretch {
  /** Plain text, one event a line; the first line is a header where the format is known. */
  readonly path: string
  /** `cloudwatch://group#<first id>..<last id>.<digest of all ids>`: no other events have this name. */
  readonly name: string
  readonly events: readonly EventKey[]
  /** Of the messages as CloudWatch gave them, in UTF-8. */
  readonly bytes: number
}

/** Writes events to a file as they come, and keeps of them no more than their keys. */
export class StretchWriter {
  readonly #events: EventKey[] = []
  readonly #digest = createHash('sha256')
  #bytes = 0
  #lines: string[] = []

  private constructor(
    readonly path: string,
    private readonly file: FileHandle,
  ) {}

  static async open(path: string, header: string | undefined): Promise<StretchWriter> {
    const writer = new StretchWriter(path, await open(path, 'w'))
    if (header !== undefined) writer.#lines.push(header)
    return writer
  }

  get size(): number {
    return this.#events.length
  }

  add(event: EventKey, message: string): void {
    this.#events.push(event)
    this.#digest.update(`${event.id}\n`)
    this.#bytes += Buffer.byteLength(message)
    this.#lines.push(message.trim().replaceAll(/[\r\n]+/g, ' '))
  }

  /** Writes what was added since the last time. */
  async flush(): Promise<void> {
    if (this.#lines.length === 0) return
    const text = this.#lines.join('\n') + '\n'
    this.#lines = []
    await this.file.writeFile(text)
  }

  async end(group: string): Promise<EventStretch> {
    await this.flush()
    await this.file.close()
    const events = this.#events
    const span = `${events[0]?.id ?? ''}..${events.at(-1)?.id ?? ''}`
    const digest = this.#digest.digest('hex').slice(0, 16)
    return { path: this.path, name: `cloudwatch://${group}#${span}.${digest}`, events, bytes: this.#bytes }
  }

  /** Removes what was written. */
  async discard(): Promise<void> {
    await this.file.close()
    await rm(this.path, { force: true })
  }
}
