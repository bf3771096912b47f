import { z } from 'zod'
import { rowsOf, type Engine, type QueryOptions } from '../engine/index.js'

/** What the inventory tells of the flow logs that are set up: a configuration, and whose traffic it is to log. */
export interface FlowLogConfiguration {
  readonly id: string
  /** A VPC, a subnet, an ENI, a transit gateway or its attachment. */
  readonly resource: string
  /** `ACCEPT`, `REJECT`, or `ALL`. */
  readonly traffic: string
  /** The longest aggregation interval in seconds; null where AWS does not say. */
  readonly interval: number | null
  /** The columns of the records that it writes; null where AWS does not say. */
  readonly fields: readonly string[] | null
  /** Why it does not deliver; null where it does. */
  readonly failure: string | null
}

export interface FlowLogFacts {
  readonly configurations: readonly FlowLogConfiguration[]
  /** VPCs and ENIs of the inventory that no active flow log covers; an ENI only where its VPC is not among them. */
  readonly unloggedVpcs: readonly string[]
  readonly unloggedInterfaces: readonly string[]
}

const configured = `SELECT flow_log_id, resource_id, traffic_type, max_aggregation_interval, log_format, status, delivery_status, delivery_error
FROM flow_log_configurations
ORDER BY flow_log_id`

/** A VPC is logged by itself, or by flow logs of all its subnets, or of all its ENIs. */
const unlogged = `WITH logged AS (
  SELECT resource_id
  FROM flow_log_configurations
  WHERE status = 'ACTIVE' OR status IS NULL
),
interfaces_of AS ( -- one row: an ENI, and whether a flow log covers it
  SELECT e.interface_id, e.vpc_id,
    e.interface_id IN (SELECT resource_id FROM logged WHERE resource_id IS NOT NULL)
    OR coalesce(e.subnet_id, '') IN (SELECT resource_id FROM logged WHERE resource_id IS NOT NULL)
    OR coalesce(e.vpc_id, '') IN (SELECT resource_id FROM logged WHERE resource_id IS NOT NULL) AS covered
  FROM inventory_interfaces e
),
parts AS ( -- one row: a subnet or an ENI of a VPC, and whether a flow log covers it
  SELECT vpc_id, covered, 'interface' AS kind
  FROM interfaces_of
  UNION ALL
  SELECT vpc_id, subnet_id IN (SELECT resource_id FROM logged WHERE resource_id IS NOT NULL), 'subnet'
  FROM subnets
),
whole AS ( -- one row: a VPC that is logged part by part
  SELECT DISTINCT vpc_id
  FROM (SELECT vpc_id, kind FROM parts GROUP BY vpc_id, kind HAVING bool_and(covered)) AS p
),
vpcs_without AS (
  SELECT v.vpc_id
  FROM vpcs v
  LEFT JOIN logged l ON l.resource_id = v.vpc_id
  LEFT JOIN whole w ON w.vpc_id = v.vpc_id
  WHERE l.resource_id IS NULL AND w.vpc_id IS NULL
)
SELECT 'vpc' AS kind, vpc_id AS id
FROM vpcs_without
UNION ALL
SELECT 'interface', i.interface_id
FROM interfaces_of i
LEFT JOIN vpcs_without v ON v.vpc_id = i.vpc_id
WHERE NOT i.covered AND v.vpc_id IS NULL
ORDER BY kind, id`

const text = z.string().nullable()
const configurations = z.array(
  z.object({
    flow_log_id: z.string(),
    resource_id: text,
    traffic_type: text,
    max_aggregation_interval: z.number().nullable(),
    log_format: text,
    status: text,
    delivery_status: text,
    delivery_error: text,
  }),
)
const without = z.array(z.object({ kind: z.enum(['vpc', 'interface']), id: z.string() }))

/** Reads no logs. Without configurations in the inventory there is nothing to say. */
export async function flowLogFactsOf(engine: Engine, query: QueryOptions): Promise<FlowLogFacts> {
  const rows = configurations.parse(await rowsOf(await engine.query(configured, query)))
  if (rows.length === 0) return { configurations: [], unloggedVpcs: [], unloggedInterfaces: [] }
  const missing = without.parse(await rowsOf(await engine.query(unlogged, query)))
  return {
    configurations: rows.map(row => ({
      id: row.flow_log_id,
      resource: row.resource_id ?? row.flow_log_id,
      traffic: row.traffic_type ?? 'ALL',
      interval: row.max_aggregation_interval,
      fields: row.log_format === null ? null : columnsOf(row.log_format),
      failure: failureOf(row.delivery_status, row.delivery_error),
    })),
    unloggedVpcs: missing.filter(({ kind }) => kind === 'vpc').map(({ id }) => id),
    unloggedInterfaces: missing.filter(({ kind }) => kind === 'interface').map(({ id }) => id),
  }
}

const failureOf = (status: string | null, error: string | null): string | null =>
  error ?? (status === 'FAILED' ? 'AWS does not say why' : null)

/** `${version} ${vpc-id} …` as columns of records. */
const columnsOf = (format: string): string[] =>
  [...format.matchAll(/\$\{([^}]+)\}/g)].map(([, name = '']) => name.replaceAll('-', '_'))
