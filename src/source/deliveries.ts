import { deliveryOf, type Delivery, type DeliveryPlace } from './delivery.js'
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
  /** Objects that are not empty. */
  readonly objects: number
  /** Some of them, the first and the last; all where AWS did not name them and they are no more than `MOST_SAMPLES`. */
  readonly samples: readonly SourceObject[]
}

/** A flow log has one format, files without its name may have any: so many of those are looked at, each. */
export const MOST_SAMPLES = 500

export interface Deliveries {
  readonly logs: readonly DeliveredLog[]
  readonly others: PassedOver
}

/** Objects that are no flow logs in AWS's layout, and the name of the first. */
export interface PassedOver {
  readonly objects: number
  readonly example: string
}

/** Lists what AWS delivered, by flow log. `nameOf` says what an object is called where the engine sees it. */
export async function deliveriesOf(source: ObjectSource, nameOf: (object: SourceObject) => string): Promise<Deliveries> {
  const found = new Map<string, Gathered>()
  let others: PassedOver = { objects: 0, example: '' }
  for await (const page of source.list()) {
    for (const object of page) {
      const delivery = deliveryOf(nameOf(object))
      if (!delivery) {
        others = { objects: others.objects + 1, example: others.example || object.name }
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
        objects: 0,
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
  const first = { ...log, firstDay: day < log.firstDay ? day : log.firstDay }
  if (object.bytes === 0) return first
  const most = log.flowLog === '' ? MOST_SAMPLES : 3
  return { ...first, objects: log.objects + 1, samples: [...log.samples.slice(0, most - 1), object] }
}
