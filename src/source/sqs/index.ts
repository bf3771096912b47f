import type { AwsOptions } from '../aws/options.js'
import { reasonOfAws } from '../aws/reason.js'
import type { UnreadableSource } from '../find.js'
import type { Fetched, ObjectSource, SourceObject } from '../object.js'
import { s3Name } from '../s3/address.js'
import { S3 } from '../s3/client.js'
import { isOtherService } from '../s3/layout.js'
import { isData, versionOf } from '../s3/pages.js'
import { headObject, readObject } from '../s3/read.js'
import { sqsAddress } from './address.js'
import { eventOf, type Written } from './events.js'
import { Queue, type Received } from './queue.js'
import { Waiting } from './waiting.js'

export interface SqsOptions extends AwsOptions {
  /** Seconds for which a message is ours before it is asked for again; it is while we work on it. */
  readonly visibility?: number | undefined
}

const VISIBILITY = 120
/** Messages that nobody can read come back in time: receives in a row that bring nothing else end the list. */
const FRUITLESS = 3

/**
 * The objects that S3 tells a queue of: `sqs://name`, `sqs://account/name` or `sqs://https://…`. A message is deleted once all of
 * its objects are settled. Throws a `Fault` where the address names no queue; nothing is asked of AWS yet.
 */
export function openSqs(url: string, options: SqsOptions): ObjectSource {
  return new SqsSource(url, options)
}

class SqsSource implements ObjectSource {
  readonly unreadable: UnreadableSource[] = []
  readonly #source: string
  readonly #options: SqsOptions
  readonly #visibility: number
  readonly #s3: S3
  readonly #queue: Queue
  readonly #waiting = new Waiting()
  /** Messages that were left in the queue: said once. */
  readonly #left = new Set<string>()
  #keeping: NodeJS.Timeout | undefined
  #deletionFailed = false

  constructor(source: string, options: SqsOptions) {
    this.#source = source
    this.#options = options
    this.#visibility = options.visibility ?? VISIBILITY
    this.#s3 = new S3(options)
    this.#queue = new Queue(sqsAddress(source), options)
  }

  async *list(): AsyncGenerator<readonly SourceObject[], void, void> {
    this.#keeping ??= setInterval(() => void this.#keep(), (this.#visibility * 1000) / 2).unref()
    let fruitless = 0
    while (fruitless < FRUITLESS) {
      let messages
      try {
        messages = await this.#queue.receive(this.#visibility)
      } catch (error) {
        this.#options.signal?.throwIfAborted()
        this.unreadable.push({ source: this.#source, reason: reasonOfAws(error) })
        return
      }
      if (messages.length === 0) return
      const news = messages.filter(({ id, handle }) => !this.#waiting.again(id, handle) && !this.#left.has(id))
      fruitless = news.length === 0 ? fruitless + 1 : 0
      const page: SourceObject[] = []
      for (const message of news) page.push(...(await this.#open(message)))
      if (page.length > 0) yield page
    }
  }

  async fetch(object: SourceObject, path: string): Promise<Fetched> {
    const fetched = await readObject(this.#s3, object, path)
    if (fetched.kind === 'fetched') this.#waiting.replaced(object, fetched.object)
    // Nothing of it will ever stand in the lake.
    if (fetched.kind === 'gone') await this.settle([object])
    return fetched
  }

  async settle(objects: readonly SourceObject[]): Promise<void> {
    await this.#delete(this.#waiting.settle(objects))
  }

  close(): void {
    clearInterval(this.#keeping)
    this.#queue.close()
    this.#s3.close()
  }

  /** The objects of a message that nobody told of yet. */
  async #open({ id, handle, body }: Received): Promise<readonly SourceObject[]> {
    const event = eventOf(body)
    if (event.kind === 'strange') return this.#leave(id, { source: this.#source, reason: `${event.reason} (message ${id})` })
    const written = event.kind === 'written' ? event.objects : []
    const objects: SourceObject[] = []
    for (const one of written.filter(({ key }) => !isOtherService(key))) {
      try {
        const object = await this.#objectOf(one)
        if (object && isData(one.key, object.bytes)) objects.push(object)
      } catch (error) {
        this.#options.signal?.throwIfAborted()
        return this.#leave(id, { source: s3Name(one), reason: reasonOfAws(error) })
      }
    }
    if (objects.length > 0) return this.#waiting.add(id, handle, objects)
    await this.#delete([handle])
    return []
  }

  async #objectOf(written: Written): Promise<SourceObject | undefined> {
    const { version, bytes } = written
    const name = s3Name(written)
    return version && bytes !== undefined ? { name, version: versionOf(version), bytes } : headObject(this.#s3, name)
  }

  #leave(id: string, unreadable: UnreadableSource): readonly SourceObject[] {
    this.#left.add(id)
    this.unreadable.push(unreadable)
    return []
  }

  async #delete(handles: readonly string[]): Promise<void> {
    if (handles.length === 0) return
    try {
      await this.#queue.delete(handles)
    } catch (error) {
      this.#options.signal?.throwIfAborted()
      // The messages come back, and what they tell of is known by then; said once, for otherwise nobody would notice.
      if (!this.#deletionFailed)
        this.unreadable.push({ source: this.#source, reason: `messages cannot be deleted: ${reasonOfAws(error)}` })
      this.#deletionFailed = true
    }
  }

  async #keep(): Promise<void> {
    // Where this fails, the messages come back: their objects are read once more, and stand in the lake once.
    const { handles } = this.#waiting
    if (handles.length > 0) await this.#queue.keep(handles, this.#visibility).catch(() => {})
  }
}
