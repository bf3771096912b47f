import { Fault } from '../fault/index.js'
import { FIELDS, fieldNamed, type Field } from './fields.js'

/** The fields of a line from left to right. */
export type Layout = readonly Field[]

/** Columns of Weir's own beside those of the logs. */
const OWN = new Set(['src_key', 'dst_key', 'source_object'])

function columnOf(name: string): string {
  const column = name.replaceAll('-', '_').toLowerCase()
  return OWN.has(column) ? `field_${column}` : column
}

/** A field that no table knows: kept as text under its own name, or with `field_` before it where Weir has a column of that name. */
export const unknownField = (name: string): Field => ({
  name: name.replaceAll('_', '-'),
  column: columnOf(name),
  kind: 'text',
  version: 0,
  meaning: 'Unknown to this version of Weir: kept as text',
})

const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_-]*$/

/**
 * The layout that a header line gives, or undefined where the line is no header: a header is made of names only, each once,
 * and at least half of them (and at least two, in a line of several) are fields that Weir knows.
 */
export function layoutOfHeader(line: string): Layout | undefined {
  return layoutOfNames(tokensOf(line))
}

/** The same for names that are already apart: the columns of a Parquet file or of a CSV. */
export function layoutOfNames(names: readonly string[]): Layout | undefined {
  if (names.length === 0 || !names.every(name => IDENTIFIER.test(name))) return undefined
  const known = names.filter(name => fieldNamed(name))
  if (known.length * 2 < names.length || known.length < Math.min(2, names.length)) return undefined
  const layout = names.map(name => fieldNamed(name) ?? unknownField(name))
  return new Set(layout.map(field => field.column)).size === layout.length ? layout : undefined
}

/**
 * The layout that a person gives: names apart by white space or commas, or AWS's form `${version} ${account-id}`. Unknown names are
 * kept; one that is no name, or stands twice, is a Fault of kind `usage`.
 */
export function layoutOfFields(fields: string): Layout {
  const names = fields
    .replaceAll(/[${},]/g, ' ')
    .trim()
    .split(/\s+/)
    .filter(Boolean)
  const layout = names.map(name => fieldNamed(name) ?? unknownField(name))
  const wrong = names.find(
    (name, i) => !IDENTIFIER.test(name) || layout.findIndex(({ column }) => column === layout[i]?.column) !== i,
  )
  if (wrong === undefined) return layout
  throw new Fault({
    code: 'fields-invalid',
    kind: 'usage',
    message: `${JSON.stringify(wrong)} is no field name, or stands twice`,
    expected: 'names of letters, digits, - and _, each once, such as "version account-id interface-id srcaddr"',
  })
}

export const tokensOf = (line: string): string[] => line.trim().split(/\s+/).filter(Boolean)

/** Prints a layout as a header line, in AWS's names. */
export const headerOf = (layout: Layout): string => layout.map(field => field.name).join(' ')

const upTo = (version: number): Layout => FIELDS.filter(field => field.version <= version && field.version !== 6)

const named = (names: string): Layout => layoutOfFields(names)

const v2 = upTo(2)
const ECS_BY_TASK =
  'ecs-cluster-name ecs-cluster-arn ecs-container-instance-id ecs-container-instance-arn ecs-service-name ' +
  'ecs-task-definition-arn ecs-task-id ecs-task-arn ecs-container-id ecs-second-container-id'

/** Layouts of logs without a header, by name: AWS's default, all fields up to a version, and orders seen in the wild. */
export const KNOWN_LAYOUTS: Readonly<Record<string, Layout>> = {
  'version 2 (default)': v2,
  'versions 2 to 3': upTo(3),
  'versions 2 to 4': upTo(4),
  'versions 2 to 5': upTo(5),
  'versions 2 to 7': upTo(7),
  'versions 2 to 8': upTo(8),
  'versions 2 to 9': upTo(9),
  'versions 2 to 10': upTo(10),
  'versions 2 to 11': upTo(11),
  'versions 2 to 5, alphabetical': [...upTo(5)].sort((a, b) => (a.name < b.name ? -1 : 1)),
  'version 2 with ECS fields': [...v2, ...upTo(7).filter(field => field.version === 7)],
  'version 2 with ECS fields, names first': [...v2, ...named(ECS_BY_TASK)],
  'versions 2 to 5 with ECS fields, names first': [...upTo(5), ...named(ECS_BY_TASK)],
  'version 3 with packet addresses': named(
    'version vpc-id subnet-id instance-id interface-id account-id type srcaddr dstaddr srcport dstport pkt-srcaddr pkt-dstaddr ' +
      'protocol bytes packets start end action tcp-flags log-status',
  ),
  'version 5 by traffic path': named(
    'version srcaddr dstaddr srcport dstport protocol start end type packets bytes account-id vpc-id subnet-id instance-id ' +
      'interface-id region az-id sublocation-type sublocation-id action tcp-flags pkt-srcaddr pkt-dstaddr pkt-src-aws-service ' +
      'pkt-dst-aws-service traffic-path flow-direction log-status',
  ),
  'transit gateway (version 6)': named(
    'version resource-type account-id tgw-id tgw-attachment-id tgw-src-vpc-account-id tgw-dst-vpc-account-id tgw-src-vpc-id ' +
      'tgw-dst-vpc-id tgw-src-subnet-id tgw-dst-subnet-id tgw-src-eni tgw-dst-eni tgw-src-az-id tgw-dst-az-id ' +
      'tgw-pair-attachment-id srcaddr dstaddr srcport dstport protocol packets bytes start end log-status type ' +
      'packets-lost-no-route packets-lost-blackhole packets-lost-mtu-exceeded packets-lost-ttl-expired tcp-flags region ' +
      'flow-direction pkt-src-aws-service pkt-dst-aws-service',
  ),
}
