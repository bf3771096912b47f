import { z } from 'zod'
import { rowsOf, type Engine, type QueryOptions } from '../engine/index.js'
import type { CoverageInput } from './coverage.js'

const ids = z.array(z.object({ interface_id: z.string() }))
/** So many ENIs can be named in a statement that people are to read. */
const most = 500

/**
 * The condition over `records` for those of a network, as `flows` names it: a VPC's id, or account and region where the log has
 * no VPC. Where only some of the logs have the VPC, its ENIs are named, for their other records are the network's too.
 */
export function networkCondition(
  engine: Engine,
  { partialFields }: CoverageInput,
  query: QueryOptions,
): (network: string) => Promise<string> {
  return async network => {
    if (network === '') return 'TRUE'
    const [account = '', region] = network.split('/')
    const written = network.startsWith('vpc-')
      ? `vpc_id = ${quoted(network)}`
      : [`account_id = ${quoted(account)}`, ...(region ? [`region = ${quoted(region)}`] : [])].join(' AND ')
    if (!partialFields.includes('vpc_id')) return written
    const sql = `SELECT interface_id FROM interfaces WHERE network = ${quoted(network)} ORDER BY interface_id LIMIT ${most}`
    const interfaces = ids.parse(await rowsOf(await engine.query(sql, query)))
    return interfaces.length
      ? `(${written} OR interface_id IN (${interfaces.map(row => quoted(row.interface_id)).join(', ')}))`
      : written
  }
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
