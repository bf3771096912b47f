import type { UnreadableSource } from '../find.js'
import type { SourceObject } from '../object.js'
import { reasonOfAws, troubleOfAws } from '../aws/reason.js'
import { s3Address, s3Name, type S3Address } from './address.js'
import { atOnce, type Step } from './at-once.js'
import type { S3 } from './client.js'
import { inside, isOtherService, mayLeadToLogs, placeOf, stretchesOf, type Place, type Stretch, type Window } from './layout.js'
import { pagesOf, type Listing } from './pages.js'

export interface Choice extends Window {
  readonly accounts: readonly string[]
  readonly regions: readonly string[]
}

type Task = { readonly folder: Place } | { readonly stretch: Stretch; readonly account: string | undefined }
type Steps = AsyncGenerator<Step<Task, readonly SourceObject[]>, void, void>

/** Prefixes that are listed at once. */
const LISTED_AT_ONCE = 8
/** Folders above AWSLogs are looked into one by one while they are this few; then, and deeper than this, all is listed. */
const MOST_FOLDERS = 100
const DEEPEST = 5

/** Lists what a prefix holds, of AWS's layout only the accounts, regions and days asked for. */
export class Walk {
  readonly #s3: S3
  readonly #address: S3Address
  readonly #choice: Choice
  readonly #note: (unreadable: UnreadableSource) => void
  /** Nothing can be listed: said once, and all ends. */
  #hopeless = false

  constructor(s3: S3, address: S3Address, choice: Choice, note: (unreadable: UnreadableSource) => void) {
    this.#s3 = s3
    this.#address = address
    this.#choice = choice
    this.#note = note
  }

  async *pages(): AsyncGenerator<readonly SourceObject[], void, void> {
    const { key } = this.#address
    if (key === '' || key.endsWith('/')) return yield* this.#below(placeOf(key), true)
    // Without a slash at its end the address names an object or a folder, and not what merely begins so.
    let found = false
    for await (const page of this.#guarded({ prefix: key, flat: true })) {
      const name = s3Name(this.#address)
      const object = page.objects.find(one => one.name === name)
      if (object) yield [object]
      const isFolder = page.folders.includes('')
      if (isFolder) yield* this.#below(placeOf(`${key}/`), false)
      found ||= object !== undefined || isFolder
    }
    if (!found && !this.#hopeless) this.#note({ source: s3Name(this.#address), reason: 'there is no such object or folder' })
  }

  async *#below(place: Place, isEmptySaid: boolean): AsyncGenerator<readonly SourceObject[], void, void> {
    if (!this.#isChosen(place)) return
    let isEmpty = isEmptySaid && place.regionPrefix === undefined
    const seen = () => (isEmpty = false)
    yield* atOnce<Task, readonly SourceObject[]>({ folder: place }, task => this.#run(task, seen), LISTED_AT_ONCE)
    if (isEmpty && !this.#hopeless && place.prefix !== '')
      this.#note({ source: s3Name(this.#address), reason: 'there is nothing under this prefix' })
  }

  #isChosen({ account, region }: Place): boolean {
    const { accounts, regions } = this.#choice
    const within = (chosen: readonly string[], one: string | undefined) =>
      one === undefined || chosen.length === 0 || chosen.includes(one)
    return within(accounts, account) && within(regions, region)
  }

  async *#run(task: Task, seen: () => void): Steps {
    if ('stretch' in task) return yield* this.#list({ ...task.stretch, account: task.account }, seen)
    const { folder: place } = task
    switch (place.level) {
      case 'above':
        return yield* this.#lookAbove(place, seen)
      case 'logs':
      case 'service':
        return yield* this.#lookInto(place, seen)
      case 'account':
        // The one service that writes flow logs; the others that share AWSLogs are none of our business.
        if (!place.hive) return yield { then: [{ folder: inside(place, 'vpcflowlogs') }] }
        return yield* this.#lookInto(place, seen)
      case 'region':
      case 'date':
        return yield { then: stretchesOf(place, this.#choice).map(stretch => ({ stretch, account: place.account })) }
      case 'other':
        return yield* this.#list({ prefix: place.prefix, account: place.account }, seen)
    }
  }

  async *#list(listing: Omit<Listing, 'bucket'>, seen: () => void): Steps {
    for await (const { objects, keys } of this.#guarded(listing)) {
      if (keys > 0) seen()
      const wanted = objects.filter(({ name }) => this.#isWanted(s3Address(name).key))
      if (wanted.length > 0) yield { give: wanted }
    }
  }

  /** Where all that a prefix holds is listed, AWS's layout may stand deep within. */
  #isWanted(key: string): boolean {
    const place = placeOf(key.slice(0, key.lastIndexOf('/') + 1))
    return this.#isChosen(place) && (!isOtherService(key) || isOtherService(this.#address.key))
  }

  /** A level of AWS's layout: of its folders those that lead to what was asked for. */
  async *#lookInto(place: Place, seen: () => void): Steps {
    const { regions } = this.#choice
    if (place.level === 'service' && !place.hive && regions.length > 0)
      return yield { then: regions.map(region => ({ folder: inside(place, region) })) }
    for await (const page of this.#guarded({ prefix: place.prefix, flat: true, account: place.account })) {
      if (page.keys > 0 || page.folders.length > 0) seen()
      if (page.objects.length > 0) yield { give: page.objects }
      const folders = page.folders.map(name => inside(place, name))
      yield { then: folders.filter(one => this.#isChosen(one) && !isForeign(place, one)).map(folder => ({ folder })) }
    }
  }

  /** Somewhere above AWSLogs, or where there is none. */
  async *#lookAbove(place: Place, seen: () => void): Steps {
    const all: Task = { stretch: { prefix: place.prefix }, account: undefined }
    if (place.prefix.split('/').length - placeOf(this.#address.key).prefix.split('/').length >= DEEPEST)
      return yield { then: [all] }
    let isFirst = true
    for await (const page of this.#guarded({ prefix: place.prefix, flat: true })) {
      if (page.keys > 0 || page.folders.length > 0) seen()
      const folders = page.folders.map(name => ({ name, folder: inside(place, name) }))
      const many = folders.length > MOST_FOLDERS
      if (isFirst && many && !folders.some(({ folder }) => folder.level === 'logs')) return yield { then: [all] }
      isFirst = false
      if (page.objects.length > 0) yield { give: page.objects }
      yield {
        then: folders.map(({ name, folder }) => {
          const isLookedInto = folder.level === 'logs' || (!many && mayLeadToLogs(name))
          return isLookedInto ? { folder } : { stretch: { prefix: folder.prefix }, account: undefined }
        }),
      }
    }
  }

  /** Pages, until something is in the way: that is noted, with the prefix that it concerns. */
  async *#guarded(listing: Omit<Listing, 'bucket'>) {
    if (this.#hopeless) return
    const { bucket } = this.#address
    try {
      yield* pagesOf(this.#s3, { bucket, ...listing })
    } catch (error) {
      this.#s3.signal?.throwIfAborted()
      if (this.#hopeless) return
      const isPart = ['denied', 'key', 'throttled', 'cut', 'other'].includes(troubleOfAws(error))
      this.#hopeless = !isPart
      this.#note({
        source: s3Name(isPart ? { bucket, key: listing.prefix } : this.#address),
        reason: reasonOfAws(error),
      })
    }
  }
}

/** What stands beside flow logs in AWS's layout: other services, and what is no region. */
const isForeign = (place: Place, folder: Place): boolean => place.level === 'account' && folder.level === 'other'
