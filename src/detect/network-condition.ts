import { z } from 'zod'
import { rowsOf, type Engine, type QueryOptions } from '../engine/index.js'
import type { CoverageInput } from './coverage.js'

const ids = z.array(z.object({ interface_id: z.string() }))
/** So many ENIs can be named in a statement that people are to read. */
const most = 500

/**
 * The condition over `records` for those of a network, as `flows` names it: a VPC's id, or account and region where the log has
 * no VPC. Where not every log has the VPC, and others of the same ENI or the inventory settled it, the network's ENIs are named.
 */
export function networkCondition(
  engine: Engine,
  { fields, partialFields }: CoverageInput,
  query: QueryOptions,
): (network: string) => Promise<string> {
  const ask = async (condition: string) => {
    const sql = `SELECT interface_id FROM interfaces WHERE ${condition} ORDER BY interface_id LIMIT ${most}`
    return ids.parse(await rowsOf(await engine.query(sql, query))).map(row => quoted(row.interface_id))
  }
  let settled: Promise<boolean> | undefined
  return async network => {
    if (network === '') return 'TRUE'
    const [account = '', region] = network.split('/')
    const isVpc = network.startsWith('vpc-')
    const written = isVpc
      ? `vpc_id = ${quoted(network)}`
      : [`account_id = ${quoted(account)}`, ...(region ? [`region = ${quoted(region)}`] : [])].join(' AND ')
    if (fields.includes('vpc_id')) return written
    settled ??= ask(`network LIKE 'vpc-%'`).then(found => found.length > 0)
    if (!(await settled)) return written
    const interfaces = await ask(`network = ${quoted(network)}`)
    if (interfaces.length === 0 || (!isVpc && interfaces.length === most)) return written
    const named = `interface_id IN (${interfaces.join(', ')})`
    return isVpc && !partialFields.includes('vpc_id') ? named : isVpc ? `(${written} OR ${named})` : named
  }
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
