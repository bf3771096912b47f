import type { Column } from '../relation.js'

/**
 * A table that stands beside the logs and says what their addresses and ENIs are. It is read from Parquet files that
 * `writeReference` made, one for each of its names; where there is no file it has no rows, so that SQL over it always works.
 */
export interface ReferenceDefinition {
  readonly relation: string
  /** What its files are given as, in `DuckdbOptions.references`. */
  readonly names: readonly string[]
  readonly columns: readonly Column[]
  /** The columns that tell its rows apart: of two rows that agree in them the later stands. */
  readonly key: readonly string[]
}

const tags = 'map(varchar, varchar)'
const texts = 'array(varchar)'
/** A network as text, and as the keys of its first and last address; the length is that of the CIDR. */
const network = { network: 'varchar', first_key: 'ipaddress', last_key: 'ipaddress', prefix_length: 'integer' }

const tables: readonly (Omit<ReferenceDefinition, 'columns'> & { readonly columns: Readonly<Record<string, string>> })[] = [
  {
    relation: 'network_interfaces',
    names: ['network-interfaces'],
    key: ['interface_id'],
    columns: {
      interface_id: 'varchar',
      instance_id: 'varchar',
      name: 'varchar',
      description: 'varchar',
      interface_type: 'varchar',
      status: 'varchar',
      requester_managed: 'boolean',
      account_id: 'varchar',
      region: 'varchar',
      availability_zone: 'varchar',
      vpc_id: 'varchar',
      subnet_id: 'varchar',
      mac_address: 'varchar',
      addresses: texts, // all: private, public, IPv6
      public_addresses: texts,
      prefixes: texts, // networks that are delegated to the ENI
      security_groups: texts,
      tags,
    },
  },
  {
    relation: 'instances',
    names: ['instances'],
    key: ['instance_id'],
    columns: {
      instance_id: 'varchar',
      name: 'varchar',
      instance_type: 'varchar',
      state: 'varchar',
      launch_time: 'bigint',
      account_id: 'varchar',
      region: 'varchar',
      availability_zone: 'varchar',
      vpc_id: 'varchar',
      subnet_id: 'varchar',
      image_id: 'varchar',
      instance_profile: 'varchar',
      interfaces: `map(varchar, ${texts})`, // the addresses of each ENI
      tags,
    },
  },
  {
    relation: 'vpcs',
    names: ['vpcs'],
    key: ['vpc_id'],
    columns: { vpc_id: 'varchar', name: 'varchar', account_id: 'varchar', is_default: 'boolean', networks: texts, tags },
  },
  {
    relation: 'subnets',
    names: ['subnets'],
    key: ['subnet_id'],
    columns: {
      subnet_id: 'varchar',
      name: 'varchar',
      account_id: 'varchar',
      region: 'varchar',
      availability_zone: 'varchar',
      vpc_id: 'varchar',
      networks: texts,
      tags,
    },
  },
  {
    relation: 'flow_log_configurations',
    names: ['flow-logs'],
    key: ['flow_log_id'],
    columns: {
      flow_log_id: 'varchar',
      resource_id: 'varchar', // a VPC, a subnet, an ENI, a transit gateway or its attachment
      status: 'varchar',
      traffic_type: 'varchar',
      max_aggregation_interval: 'integer',
      log_format: 'varchar',
      log_destination_type: 'varchar',
      log_destination: 'varchar',
      file_format: 'varchar',
      delivery_status: 'varchar',
      delivery_error: 'varchar',
      tags,
    },
  },
  {
    relation: 'aws_ranges',
    names: ['ip-ranges'],
    key: ['first_key', 'prefix_length', 'service', 'region'],
    columns: { ...network, service: 'varchar', region: 'varchar', network_border_group: 'varchar' },
  },
  {
    relation: 'listed_networks',
    names: ['known-bad', 'known-good', 'lists'],
    key: ['list', 'first_key', 'prefix_length', 'source'],
    columns: { list: 'varchar', ...network, score: 'double', source: 'varchar' },
  },
  {
    relation: 'listed_own_networks',
    names: ['own-networks'],
    key: ['first_key', 'prefix_length', 'source'],
    columns: { ...network, source: 'varchar' },
  },
]

/** The tables beside the logs; SQL names them as it names any relation. */
export const referenceDefinitions: readonly ReferenceDefinition[] = tables.map(table => ({
  ...table,
  columns: Object.entries(table.columns).map(([name, type]) => ({ name, type })),
}))

/** MMDB files that say of which autonomous system and country an address is; `address_origins` has what they say. */
export const originNames = ['asn', 'country'] as const

/** Filled by the engine where an MMDB file is there, by looking each public address up. */
export const addressOrigins = {
  relation: 'address_origins',
  reads: ['addresses'],
  columns: [
    { name: 'address', type: 'varchar' },
    { name: 'asn', type: 'bigint' },
    { name: 'as_name', type: 'varchar' },
    { name: 'country', type: 'varchar' },
  ],
} as const satisfies { relation: string; reads: readonly string[]; columns: readonly Column[] }

/** The table that a file of this name is read into. */
export const referenceOf = (name: string): ReferenceDefinition | undefined =>
  referenceDefinitions.find(({ names }) => names.includes(name))
