import { layoutOfFields, type Field, type Layout } from '../format/index.js'

/**
 * Where each field stands in an OCSF event of class 4001 (Network Activity) that Security Lake made of a VPC flow log.
 * The packet's own addresses are the end points; the addresses of the interface stand in `intermediate_ips` where they differ.
 */
const PATHS: readonly (readonly [name: string, ...paths: string[]])[] = [
  ['version', 'metadata.product.version'],
  ['account-id', 'cloud.account.uid', 'cloud.account_uid'],
  ['interface-id', 'src_endpoint.interface_uid', 'dst_endpoint.interface_uid'],
  ['srcaddr', 'src_endpoint.intermediate_ips.0', 'src_endpoint.ip'],
  ['dstaddr', 'dst_endpoint.intermediate_ips.0', 'dst_endpoint.ip'],
  ['srcport', 'src_endpoint.port'],
  ['dstport', 'dst_endpoint.port'],
  ['protocol', 'connection_info.protocol_num'],
  ['packets', 'traffic.packets'],
  ['bytes', 'traffic.bytes'],
  ['start', 'start_time_dt', 'start_time', 'time'],
  ['end', 'end_time_dt', 'end_time'],
  ['action', 'action', 'disposition'],
  ['log-status', 'status_code'],
  ['vpc-id', 'src_endpoint.vpc_uid', 'dst_endpoint.vpc_uid'],
  ['subnet-id', 'src_endpoint.subnet_uid', 'dst_endpoint.subnet_uid'],
  ['instance-id', 'src_endpoint.instance_uid', 'dst_endpoint.instance_uid'],
  ['tcp-flags', 'connection_info.tcp_flags'],
  ['type', 'connection_info.protocol_ver'],
  ['pkt-srcaddr', 'src_endpoint.ip'],
  ['pkt-dstaddr', 'dst_endpoint.ip'],
  ['region', 'cloud.region'],
  ['az-id', 'cloud.zone'],
  ['sublocation-type', 'unmapped.sublocation_type'],
  ['sublocation-id', 'unmapped.sublocation_id'],
  ['pkt-src-aws-service', 'src_endpoint.svc_name'],
  ['pkt-dst-aws-service', 'dst_endpoint.svc_name'],
  ['flow-direction', 'connection_info.direction'],
  ['traffic-path', 'connection_info.boundary_id'],
  ...[
    'cluster_arn',
    'cluster_name',
    'container_instance_arn',
    'container_instance_id',
    'container_id',
    'second_container_id',
  ].map(ecs),
  ...['service_name', 'task_definition_arn', 'task_arn', 'task_id'].map(ecs),
  ['reject-reason', 'unmapped.reject_reason'],
]

function ecs(name: string): readonly [string, string] {
  return [`ecs-${name.replaceAll('_', '-')}`, `unmapped.ecs_${name}`]
}

/** How OCSF words what AWS words otherwise, or does not say. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  action: { Allowed: 'ACCEPT', Denied: 'REJECT', Blocked: 'REJECT', Unknown: '-' },
  'flow-direction': { Inbound: 'ingress', Outbound: 'egress', Unknown: '-' },
}

export const OCSF_LAYOUT: Layout = layoutOfFields(PATHS.map(([name]) => name).join(' '))

/** A field, and how it is read out of an event: the first of `paths` that holds a value. */
export interface OcsfField {
  readonly field: Field
  readonly paths: readonly string[]
  /**
   * - `time`: milliseconds, or a date and time
   * - `boundary`: n + 3 stands for traffic path n (schema.ocsf.io, Network Connection Information)
   */
  readonly value: 'time' | 'boundary' | 'text'
  /** By what stands there; `-` is nothing. */
  readonly words: Readonly<Record<string, string>>
}

/** In the order of OCSF_LAYOUT. */
export const OCSF_FIELDS: readonly OcsfField[] = OCSF_LAYOUT.map((field, i) => ({
  field,
  paths: PATHS[i]?.slice(1) ?? [],
  value: field.kind === 'time' ? 'time' : field.name === 'traffic-path' ? 'boundary' : 'text',
  words: WORDS[field.name] ?? {},
}))

/** The class of network activity. */
export const OCSF_CLASS = 4001

const at = (event: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)]
    return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(key) : undefined
  }, event)

function printed({ value: kind, words }: OcsfField, value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  if (kind === 'time') {
    const ms = typeof value === 'number' ? value : Date.parse(withZone(value))
    return Number.isFinite(ms) ? String(Math.floor(ms / 1000)) : undefined
  }
  if (kind === 'boundary') return typeof value === 'number' && value > 3 && value < 99 ? String(value - 3) : undefined
  const text = String(value)
  const word = words[text] ?? text
  return word === '' || word === '-' ? undefined : word.replaceAll(/\s+/g, '_')
}

/** A date and time as Date.parse wants it; without a zone it is one of UTC. */
const withZone = (time: string): string =>
  time
    .replace(' ', 'T')
    .replace(/ ?UTC$/, 'Z')
    .replace(/(T.*[+-]\d\d)$/, '$1:00')
    .replace(/(T[\d:.]+)$/, '$1Z')

export const isOcsfFlow = (event: unknown): boolean => at(event, 'class_uid') === OCSF_CLASS

/** Prints an OCSF network activity event as a flow-log line of OCSF_LAYOUT. */
export function lineOfOcsf(event: unknown): string {
  return OCSF_FIELDS.map(field => field.paths.map(path => printed(field, at(event, path))).find(Boolean) ?? '-').join(' ')
}
