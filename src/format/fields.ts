/** What a token of a log line is, and so how it is checked and typed. */
export type FieldKind = 'integer' | 'bigint' | 'port' | 'protocol' | 'count' | 'time' | 'address' | 'action' | 'status' | 'text'

/** A field of a flow-log record, as AWS documents it. */
export interface Field {
  /** AWS's name with hyphens, as it stands in a header. */
  readonly name: string
  /** The same with underscores, as it stands in Parquet, Athena and `records`. */
  readonly column: string
  readonly kind: FieldKind
  /** The log version that introduced it; 6 is transit gateway flow logs. */
  readonly version: number
  readonly meaning: string
}

/** Athena's type of each kind; in Parquet AWS writes INT_32, INT_64 and STRING alike. */
export const ATHENA_TYPES: Readonly<Record<FieldKind, 'integer' | 'bigint' | 'varchar'>> = {
  integer: 'integer',
  port: 'integer',
  protocol: 'integer',
  bigint: 'bigint',
  count: 'bigint',
  time: 'bigint',
  address: 'varchar',
  action: 'varchar',
  status: 'varchar',
  text: 'varchar',
}

/** A time beyond this (in the year 5138) is one in milliseconds. */
export const LATEST = 99_999_999_999

/** The largest value of each kind of number. */
export const LARGEST: Readonly<Partial<Record<FieldKind, bigint>>> = {
  integer: 2n ** 31n - 1n,
  port: 65_535n,
  protocol: 255n,
  bigint: 2n ** 63n - 1n,
  count: 2n ** 63n - 1n,
  time: BigInt(LATEST),
}

/** What no name of a field can stand for: a line with a value of such a kind is no header. */
export const isNoName = ({ kind }: Field): boolean => kind === 'address' || LARGEST[kind] !== undefined

type Row = readonly [name: string, version: number, kind: FieldKind, meaning: string]

/** In the order of AWS's tables: VPC flow logs (versions 2 to 5 and 7 to 11), then what only transit gateway flow logs have. */
const ROWS: readonly Row[] = [
  ['version', 2, 'integer', 'The highest version among the selected fields'],
  [
    'account-id',
    2,
    'text',
    'Owner account of the source network interface; `unknown` for some interfaces that AWS services create',
  ],
  ['interface-id', 2, 'text', 'The network interface that saw the traffic; none for regional NAT gateways'],
  ['srcaddr', 2, 'address', "Source address; on egress the interface's primary private address. A MAC address for EFA"],
  ['dstaddr', 2, 'address', "Destination address; on ingress the interface's primary private address. A MAC address for EFA"],
  ['srcport', 2, 'port', 'Source port; 0 for ICMP'],
  ['dstport', 2, 'port', 'Destination port; 0 for ICMP'],
  ['protocol', 2, 'protocol', 'IANA protocol number'],
  ['packets', 2, 'count', 'Packets in the aggregation interval'],
  ['bytes', 2, 'count', 'Bytes in the aggregation interval; absent where VPC Block Public Access rejected'],
  ['start', 2, 'time', 'Unix seconds of the first packet in the interval'],
  ['end', 2, 'time', 'Unix seconds of the last packet in the interval'],
  ['action', 2, 'action', 'ACCEPT or REJECT by security groups and network ACLs'],
  ['log-status', 2, 'status', 'OK, NODATA (no traffic in the interval) or SKIPDATA (records were lost)'],
  ['vpc-id', 3, 'text', 'VPC of the interface'],
  ['subnet-id', 3, 'text', 'Subnet of the interface'],
  ['instance-id', 3, 'text', 'Instance of the interface, where it is your own'],
  ['tcp-flags', 3, 'integer', 'Bitmask of FIN 1, SYN 2, RST 4, SYN-ACK 18, OR-ed over the interval'],
  ['type', 3, 'text', 'IPv4, IPv6 or EFA'],
  ['pkt-srcaddr', 3, 'address', 'Source address of the packet itself'],
  ['pkt-dstaddr', 3, 'address', 'Destination address of the packet itself'],
  ['region', 4, 'text', 'Region of the interface'],
  ['az-id', 4, 'text', 'Availability Zone id of the interface'],
  ['sublocation-type', 4, 'text', 'wavelength, outpost or localzone'],
  ['sublocation-id', 4, 'text', 'Id of the sublocation'],
  ['pkt-src-aws-service', 5, 'text', 'AWS service whose published range holds the packet source'],
  ['pkt-dst-aws-service', 5, 'text', 'AWS service whose published range holds the packet destination'],
  ['flow-direction', 5, 'text', 'ingress or egress as the capturing interface sees it'],
  ['traffic-path', 5, 'integer', 'The way that egress traffic takes'],
  ['ecs-cluster-arn', 7, 'text', 'ARN of the ECS cluster'],
  ['ecs-cluster-name', 7, 'text', 'Name of the ECS cluster'],
  ['ecs-container-instance-arn', 7, 'text', 'ARN of the ECS container instance; none on Fargate'],
  ['ecs-container-instance-id', 7, 'text', 'Id of the ECS container instance; none on Fargate'],
  ['ecs-container-id', 7, 'text', 'Docker runtime id of the first container'],
  ['ecs-second-container-id', 7, 'text', 'Docker runtime id of the second container'],
  ['ecs-service-name', 7, 'text', 'ECS service that started the task'],
  ['ecs-task-definition-arn', 7, 'text', 'ARN of the ECS task definition'],
  ['ecs-task-arn', 7, 'text', 'ARN of the ECS task'],
  ['ecs-task-id', 7, 'text', 'Id of the ECS task'],
  ['reject-reason', 8, 'text', 'BPA (VPC Block Public Access) or EC (Encryption Controls); none for any other reason'],
  ['resource-id', 9, 'text', 'Regional NAT gateway'],
  ['encryption-status', 10, 'integer', '0 none, 1 Nitro, 2 application, 3 both; none where unknown'],
  ['instance-tag', 11, 'text', 'Value of the first chosen tag of the instance, percent-encoded'],
  ['instance-tag-2', 11, 'text', 'Value of the second chosen tag of the instance, percent-encoded'],
  ['interface-tag', 11, 'text', 'Value of the first chosen tag of the network interface, percent-encoded'],
  ['interface-tag-2', 11, 'text', 'Value of the second chosen tag of the network interface, percent-encoded'],
  ['asg-tag', 11, 'text', 'Value of the first chosen tag of the Auto Scaling group, percent-encoded'],
  ['asg-tag-2', 11, 'text', 'Value of the second chosen tag of the Auto Scaling group, percent-encoded'],
  ['interface-type', 11, 'text', 'Kind of the capturing interface: nat_gateway, transit_gateway, vpc_endpoint and others'],
  ['next-hop-interface-id', 11, 'text', 'The receiving interface on egress, the sending one on ingress'],
  ['next-hop-subnet-id', 11, 'text', 'Subnet of the next hop'],
  ['next-hop-az-id', 11, 'text', 'Availability Zone id of the next hop'],
  ['next-hop-vpc-id', 11, 'text', 'VPC of the next hop'],
  ['next-hop-interface-type', 11, 'text', 'Kind of the next hop'],
  ['resource-type', 6, 'text', 'TransitGateway'],
  ['tgw-id', 6, 'text', 'Transit gateway'],
  ['tgw-attachment-id', 6, 'text', 'Transit gateway attachment'],
  ['tgw-src-vpc-account-id', 6, 'text', 'Account of the source VPC'],
  ['tgw-dst-vpc-account-id', 6, 'text', 'Account of the destination VPC'],
  ['tgw-src-vpc-id', 6, 'text', 'Source VPC'],
  ['tgw-dst-vpc-id', 6, 'text', 'Destination VPC'],
  ['tgw-src-subnet-id', 6, 'text', 'Source subnet'],
  ['tgw-dst-subnet-id', 6, 'text', 'Destination subnet'],
  ['tgw-src-eni', 6, 'text', 'Source attachment interface'],
  ['tgw-dst-eni', 6, 'text', 'Destination attachment interface'],
  ['tgw-src-az-id', 6, 'text', 'Availability Zone id of the source'],
  ['tgw-dst-az-id', 6, 'text', 'Availability Zone id of the destination'],
  ['tgw-pair-attachment-id', 6, 'text', 'The other attachment: egress attachment for ingress and the reverse'],
  ['packets-lost-no-route', 6, 'count', 'Packets lost for want of a route'],
  ['packets-lost-blackhole', 6, 'count', 'Packets lost in a black hole'],
  ['packets-lost-mtu-exceeded', 6, 'count', 'Packets lost for their size'],
  ['packets-lost-ttl-expired', 6, 'count', 'Packets lost for their age'],
]

/** Every field of versions 2 to 11. */
export const FIELDS: readonly Field[] = ROWS.map(([name, version, kind, meaning]) => ({
  name,
  column: name.replaceAll('-', '_'),
  kind,
  version,
  meaning,
}))

/** Hyphens, underscores and camel case all fold to the same key. */
const fold = (name: string): string => name.replaceAll(/[-_]/g, '').toLowerCase()

/** Names that CloudWatch Logs Insights gives to fields. */
const INSIGHTS_NAMES = { starttime: 'start', endtime: 'end' } as const

const BY_NAME = new Map(FIELDS.map(field => [fold(field.name), field]))
for (const [alias, name] of Object.entries(INSIGHTS_NAMES)) {
  const field = BY_NAME.get(name)
  if (field) BY_NAME.set(alias, field)
}

/** The field that a header's token names, in hyphen, underscore or camel-case form; undefined for one that no table knows. */
export const fieldNamed = (name: string): Field | undefined => BY_NAME.get(fold(name))

/** Whether a field says where a record is from: a lake names folders so, and no file system takes names of any length. */
export const isPlace = ({ name }: Field): boolean => name === 'account-id' || name === 'region'

/** Bytes that a name of a place may have. */
export const LONGEST_PLACE = 80
