/** How far down AWS's layout a prefix leads: `…/AWSLogs/[o-…/]ACCOUNT/vpcflowlogs/REGION/YYYY/MM/DD/[HH/]`, or its Hive-style form. */
export type Level = 'above' | 'logs' | 'account' | 'service' | 'region' | 'date' | 'other'

export interface Place {
  /** Ends with `/`, or is empty. */
  readonly prefix: string
  readonly level: Level
  /** Folders are called `key=value`. */
  readonly hive: boolean
  readonly account?: string
  readonly region?: string
  /** Prefix of the region, once known; days stand under it. */
  readonly regionPrefix?: string
}

const ACCOUNT = /^(?:aws-account-id=|account-id=)?(\d{12})$/
const SERVICE = /^(?:(?:aws-)?service=)?vpcflowlogs$/
const REGION = /^(?:(?:aws-)?region=)?([a-z]{2,}(?:-[a-z]+)+-\d+)$/
const DATE = /^(?:\d{4}|\d{2}|(?:year|month|day|hour)=\d+)$/

const isHive = (segment: string) => segment.includes('=')

const TOP: Place = { prefix: '', level: 'above', hive: false }

/** The place of a folder within another. */
export function inside(place: Place, segment: string): Place {
  const prefix = `${place.prefix}${segment}/`
  const hive = isHive(segment)
  switch (place.level) {
    case 'above':
      return { ...place, prefix, level: segment === 'AWSLogs' ? 'logs' : 'above' }
    case 'logs': {
      const account = ACCOUNT.exec(segment)?.[1]
      // Landing zones put the organisation, and some more, between AWSLogs and the account.
      return account ? { ...place, prefix, level: 'account', hive, account } : { ...place, prefix }
    }
    case 'account':
      return { ...place, prefix, level: SERVICE.test(segment) ? 'service' : 'other' }
    case 'service': {
      const region = REGION.exec(segment)?.[1]
      return region ? { ...place, prefix, level: 'region', region, regionPrefix: prefix } : { ...place, prefix, level: 'other' }
    }
    case 'region':
    case 'date':
      return { ...place, prefix, level: DATE.test(segment) ? 'date' : 'other' }
    case 'other':
      return { ...place, prefix }
  }
}

/** The place that a prefix ending with `/` (or the empty one) leads to. */
export const placeOf = (prefix: string): Place => prefix.split('/').slice(0, -1).reduce(inside, TOP)

/** The account under which a key stands, where the layout tells. */
export const accountOf = (key: string): string | undefined => placeOf(key.slice(0, key.lastIndexOf('/') + 1)).account

/** A key that another service (CloudTrail, load balancers, Config) wrote beside flow logs, under the same AWSLogs. */
export function isOtherService(key: string): boolean {
  const place = placeOf(key.slice(0, key.lastIndexOf('/') + 1))
  return (
    place.level === 'other' && place.account !== undefined && !key.includes('/vpcflowlogs/') && !key.includes('=vpcflowlogs/')
  )
}

/** Folders above AWSLogs are called after people's teams and systems; dates and partitions hold something else. */
export const mayLeadToLogs = (segment: string): boolean => !isHive(segment) && !/^\d+$/.test(segment)

export interface Window {
  readonly since?: Date | undefined
  readonly until?: Date | undefined
  /** Objects arrive late: days this many milliseconds before and after the window are listed too. */
  readonly lookBack: number
}

/** A run of keys: all that begin with `prefix`, come after `after` and before `before`. */
export interface Stretch {
  readonly prefix: string
  readonly after?: string
  readonly before?: string
}

const DAY = 86_400_000
/** Above this, one run of keys that goes a page too far costs less than a request for each day. */
const MOST_DAYS = 100
const dayOf = (time: number) => Math.floor(time / DAY) * DAY

function dayFolder(hive: boolean, day: number): string {
  const [year, month, date] = new Date(day).toISOString().slice(0, 10).split('-')
  return hive ? `year=${year}/month=${month}/day=${date}/` : `${year}/${month}/${date}/`
}

/** The keys of one region that were delivered around the window; a file stands under the UTC day of its delivery. */
export function stretchesOf(place: Place, { since, until, lookBack }: Window): readonly Stretch[] {
  const { prefix, hive, regionPrefix: region } = place
  if (region === undefined || (!since && !until)) return [{ prefix }]
  const folder = (time: number) => region + dayFolder(hive, dayOf(time))
  const first = since && since.getTime() - lookBack
  const last = until && until.getTime() + lookBack
  if (first === undefined) return last === undefined ? [{ prefix }] : [{ prefix, before: folder(last + DAY) }]
  // Nothing lies beyond today: one run of keys to the end needs fewer requests than a day each.
  if (last === undefined) return [{ prefix, after: folder(first) }]
  if (last - first > MOST_DAYS * DAY) return [{ prefix, after: folder(first), before: folder(last + DAY) }]
  const days: Stretch[] = []
  for (let day = dayOf(first); day <= last; day += DAY) {
    const whole = folder(day)
    if (whole.startsWith(prefix)) days.push({ prefix: whole })
    else if (prefix.startsWith(whole)) days.push({ prefix })
  }
  return days
}
