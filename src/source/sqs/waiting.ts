import type { SourceObject } from '../object.js'

interface Message {
  /** Of the latest time it was handed out. */
  handle: string
  readonly objects: Set<string>
}

const idOf = ({ name, version }: SourceObject): string => `${version} ${name}`

/** Messages that wait until all of their objects are settled. An object may stand in several, a message may hold several. */
export class Waiting {
  readonly #messages = new Map<string, Message>()
  readonly #byObject = new Map<string, Set<string>>()
  /** What was read instead of what was told of: the newer version of an object settles the older. */
  readonly #older = new Map<string, Set<string>>()

  /** Whether the message waits already, as one that was handed out twice. */
  again(id: string, handle: string): boolean {
    const message = this.#messages.get(id)
    if (message) message.handle = handle
    return message !== undefined
  }

  /** Gives those objects that no other message waits for. */
  add(id: string, handle: string, objects: readonly SourceObject[]): readonly SourceObject[] {
    const fresh = objects.filter(object => !this.#byObject.has(idOf(object)))
    this.#messages.set(id, { handle, objects: new Set(objects.map(idOf)) })
    for (const object of objects) this.#byObject.set(idOf(object), new Set(this.#byObject.get(idOf(object))).add(id))
    return fresh.filter((object, i) => fresh.findIndex(one => idOf(one) === idOf(object)) === i)
  }

  replaced(told: SourceObject, read: SourceObject): void {
    if (idOf(told) !== idOf(read)) this.#older.set(idOf(read), new Set(this.#older.get(idOf(read))).add(idOf(told)))
  }

  /** Handles of the messages that wait for nothing any more. */
  settle(objects: readonly SourceObject[]): readonly string[] {
    const done: string[] = []
    for (const object of objects) {
      const settled = [idOf(object), ...(this.#older.get(idOf(object)) ?? [])]
      this.#older.delete(idOf(object))
      for (const one of settled) {
        for (const id of this.#byObject.get(one) ?? []) {
          const message = this.#messages.get(id)
          message?.objects.delete(one)
          if (!message || message.objects.size > 0) continue
          done.push(message.handle)
          this.#messages.delete(id)
        }
        this.#byObject.delete(one)
      }
    }
    return done
  }

  get handles(): readonly string[] {
    return [...this.#messages.values()].map(({ handle }) => handle)
  }
}
