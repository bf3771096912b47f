/** The keys under which AWS delivers the flow logs of one configuration, up to account, region and day. */
export interface DeliveryPlace {
  /** What stands before the account: ends with `/`, or is empty. */
  readonly root: string
  /** What stands before the values in folders of Hive's form: `aws-account-id=`; empty in the plain form. */
  readonly accountKey: string
  /** `vpcflowlogs`, or `aws-service=vpcflowlogs`. */
  readonly service: string
  readonly regionKey: string
  /** Days are `year=2026/month=01/day=05` and not `2026/01/05`. */
  readonly hive: boolean
  /** A folder for each hour stands in that of the day. */
  readonly hourly: boolean
}

/** What the name of a file that AWS delivered tells. */
export interface Delivery {
  readonly place: DeliveryPlace
  readonly account: string
  readonly region: string
  /** YYYY/MM/DD of the delivery. */
  readonly day: string
  /** Empty where the file has a name of somebody else's. */
  readonly flowLog: string
  readonly kind: 'text' | 'parquet'
}

const KEY = new RegExp(
  [
    String.raw`^(?<root>(?:.*/)?)(?<accountKey>(?:aws-)?account-id=)?(?<account>\d{12})`,
    String.raw`/(?<service>(?:(?:aws-)?service=)?vpcflowlogs)`,
    String.raw`/(?<regionKey>(?:aws-)?region=)?(?<region>[a-z]{2,}(?:-[a-z]+)+-\d+)`,
    String.raw`/(?:(?<day>\d{4}/\d\d/\d\d)|(?<hiveDay>year=\d{4}/month=\d\d/day=\d\d))`,
    String.raw`/(?<hour>(?:hour=)?\d\d/)?(?<file>[^/]+)$`,
  ].join(''),
  's',
)

const FLOW_LOG = /_(fl-[0-9a-z]+)_[^/]*$/

/** Reads the name of an object in AWS's layout; undefined for any other, and for what is no log. */
export function deliveryOf(name: string): Delivery | undefined {
  const groups = KEY.exec(name)?.groups
  if (!groups) return undefined
  const { root = '', accountKey = '', account = '', service = '', regionKey = '', region = '', file = '' } = groups
  const { day, hiveDay = '', hour } = groups
  const kind = file.endsWith('.parquet') ? 'parquet' : /\.log(\.gz)?$/.test(file) ? 'text' : undefined
  if (kind === undefined) return undefined
  return {
    place: { root, accountKey, service, regionKey, hive: day === undefined, hourly: hour !== undefined },
    account,
    region,
    day: day ?? hiveDay.replaceAll(/[a-z]+=/g, ''),
    flowLog: FLOW_LOG.exec(file)?.[1] ?? '',
    kind,
  }
}
