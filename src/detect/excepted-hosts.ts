import { z } from 'zod'
import { rowsOf, type Engine, type Parameter, type QueryOptions } from '../engine/index.js'
import type { Exception } from './config.js'

/** The hosts of an account, or with certain tags, as an exception names them; `unknown` says why they cannot be known. */
export interface ExceptedHosts {
  readonly has: (address: string, networks: readonly string[]) => boolean
  readonly unknown: string | null
}

/** Exceptions of which only the inventory, or the logs, can say whom they are for. */
export const namesHosts = ({ account, tag }: Exception): boolean => account !== undefined || tag !== undefined

const hosts = z.array(z.object({ address: z.string(), network: z.string() }))
const known = z.array(z.object({ accounts: z.coerce.number(), tags: z.coerce.number() }))
const KNOWN = 'SELECT count(account_id) AS accounts, count(tags) AS tags FROM hosts WHERE own'

/** Looks up whom these exceptions are for: those of our hosts that have the account and all of the tags. */
export async function exceptedHosts(
  engine: Engine,
  exceptions: readonly Exception[],
  query: QueryOptions,
): Promise<ReadonlyMap<Exception, ExceptedHosts>> {
  const asking = exceptions.filter(namesHosts)
  if (asking.length === 0) return new Map()
  const [facts] = known.parse(await rowsOf(await engine.query(KNOWN, query)))
  const found = new Map<Exception, ExceptedHosts>()
  for (const exception of asking) {
    const { sql, parameters } = statementOf(exception)
    const rows = hosts.parse(await rowsOf(await engine.query(sql, { ...query, parameters })))
    const keys = new Set(rows.map(({ address, network }) => keyOf(address, network)))
    found.set(exception, {
      has: (address, networks) => ['', ...networks].some(network => keys.has(keyOf(address, network))),
      unknown: keys.size > 0 ? null : whyNone(exception, facts ?? { accounts: 0, tags: 0 }),
    })
  }
  return found
}

const keyOf = (address: string, network: string): string => `${network} ${address}`

function statementOf({ account, tag = {} }: Exception): { readonly sql: string; readonly parameters: Record<string, Parameter> } {
  const tags = Object.entries(tag)
  const conditions = [
    'own',
    ...(account === undefined ? [] : ['account_id = :account']),
    ...tags.map((_, i) => `element_at(tags, :key_${i}) = :value_${i}`),
  ]
  return {
    sql: `SELECT address, network FROM hosts WHERE ${conditions.join(' AND ')}`,
    parameters: {
      ...(account === undefined ? {} : { account }),
      ...Object.fromEntries(
        tags.flatMap(([key, value], i) => [
          [`key_${i}`, key],
          [`value_${i}`, value],
        ]),
      ),
    },
  }
}

function whyNone({ account, tag }: Exception, { accounts, tags }: { readonly accounts: number; readonly tags: number }): string {
  if (tag !== undefined && tags === 0)
    return 'no inventory beside these logs says which tags a host has (weir lake enrich network-interfaces, instances)'
  if (account !== undefined && accounts === 0) return 'neither these logs nor an inventory say in which account a host is'
  return 'it fits no host of ours in these logs'
}
