import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { layoutOfHeader, type Layout } from '../format/index.js'
import { deliveryOf, type Delivery, type DeliveryPlace } from './delivery.js'
import { look } from './look.js'
import type { ObjectSource, SourceObject } from './object.js'

/** The deliveries of one flow log, or of those whose names AWS did not give, in one place. */
export interface DeliveredLog {
  readonly place: DeliveryPlace
  readonly kind: Delivery['kind']
  readonly flowLog: string
  readonly accounts: readonly string[]
  readonly regions: readonly string[]
  /** The first that was found, YYYY/MM/DD. */
  readonly firstDay: string
  /** Some of its objects, the first and the last among them. */
  readonly samples: readonly SourceObject[]
}

export interface Deliveries {
  readonly logs: readonly DeliveredLog[]
  /** Objects that are no flow logs in AWS's layout. */
  readonly others: number
}

/** Lists what AWS delivered, by flow log. `nameOf` says what an object is called where the engine sees it. */
export async function deliveriesOf(source: ObjectSource, nameOf: (object: SourceObject) => string): Promise<Deliveries> {
  const found = new Map<string, Gathered>()
  let others = 0
  for await (const page of source.list()) {
    for (const object of page) {
      const delivery = deliveryOf(nameOf(object))
      if (!delivery) {
        others++
        continue
      }
      const { place, kind, flowLog } = delivery
      const key = JSON.stringify([place, kind, flowLog])
      const log = found.get(key) ?? {
        place,
        kind,
        flowLog,
        accounts: new Set(),
        regions: new Set(),
        firstDay: delivery.day,
        samples: [],
      }
      found.set(key, gathered(log, delivery, object))
    }
  }
  const logs = [...found.values()].map(log => ({ ...log, accounts: [...log.accounts].sort(), regions: [...log.regions].sort() }))
  return { logs, others }
}

interface Gathered extends Omit<DeliveredLog, 'accounts' | 'regions'> {
  readonly accounts: Set<string>
  readonly regions: Set<string>
}

function gathered(log: Gathered, { account, region, day }: Delivery, object: SourceObject): Gathered {
  log.accounts.add(account)
  log.regions.add(region)
  const samples = object.bytes === 0 ? log.samples : [...log.samples.slice(0, 2), object]
  return { ...log, firstDay: day < log.firstDay ? day : log.firstDay, samples }
}

/** What the first line of a flow log's files says. */
export type SeenHeader =
  | { readonly kind: 'seen'; readonly layout: Layout; readonly first: string }
  | { readonly kind: 'unseen'; readonly reason: string }

/** Looks into samples of a flow log until one shows its header. `tempDir` is where objects are brought for that. */
export async function headerOfLog(log: DeliveredLog, source: ObjectSource, tempDir: string): Promise<SeenHeader> {
  let reason = 'its files are empty'
  for (const sample of log.samples) {
    const place = join(tempDir, 'sample')
    const fetched = await source.fetch(sample, place)
    if (fetched.kind !== 'fetched') {
      reason = fetched.kind === 'failed' ? fetched.reason : 'its files were deleted after they had been listed'
      continue
    }
    const seen = await headerIn(fetched.path, sample)
    if (fetched.path === place) await rm(place, { force: true })
    if (seen.kind === 'seen') return seen
    reason = seen.reason
  }
  return { kind: 'unseen', reason }
}

async function headerIn(path: string, { name, bytes }: SourceObject): Promise<SeenHeader> {
  const unseen = (reason: string): SeenHeader => ({ kind: 'unseen', reason })
  const found = await look({ path, source: name, bytes })
  if (found.kind === 'empty') return unseen('its files are empty')
  if (found.kind !== 'lines' || found.form !== 'plain') return unseen('its files are no plain lines')
  if ((found.compression === 'gzip') !== name.endsWith('.gz')) return unseen('its files are not compressed as their names say')
  const layout = layoutOfHeader(found.firstLine)
  if (!layout) return unseen('its files have no header')
  return { kind: 'seen', layout, first: found.firstLine.trim().split(/\s+/)[0] ?? '' }
}
