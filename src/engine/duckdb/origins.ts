import { BIGINT, DuckDBDataChunk, VARCHAR, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api'
import type { Reader } from 'maxmind'
import { z } from 'zod'
import { Fault } from '../../fault/index.js'
import { addressOrigins, originNames } from '../relations/references.js'
import { identifier } from './literal.js'

/** What MMDB files say of an address. */
export interface Origin {
  readonly asn: number | null
  readonly name: string | null
  /** Two letters. */
  readonly country: string | null
}

/** An MMDB file, held in memory. */
export interface OriginDatabase {
  /** What it calls itself: `GeoLite2-ASN`. */
  readonly type: string
  readonly built: Date
  origin(address: string): Origin
}

const unknown: Origin = { asn: null, name: null, country: null }

const number = z
  .union([z.number(), z.string().regex(/^(AS)?\d+$/i)])
  .transform(value => Number(String(value).replace(/^AS/i, '')))
const letters = z.string().regex(/^[A-Za-z]{2}$/)
/** The fields of MaxMind's, DB-IP's and IPinfo's files; what is of another form is passed over. */
const entry = z.object({
  autonomous_system_number: number.optional().catch(undefined),
  asn: number.optional().catch(undefined),
  autonomous_system_organization: z.string().optional().catch(undefined),
  as_name: z.string().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  country: z
    .union([letters, z.object({ iso_code: letters }).transform(country => country.iso_code)])
    .optional()
    .catch(undefined),
  registered_country: z.object({ iso_code: letters }).optional().catch(undefined),
  country_code: letters.optional().catch(undefined),
})

/** Reads an MMDB file. Throws a Fault of kind `source` where it is none. */
export async function openOrigins(file: string): Promise<OriginDatabase> {
  const { open } = await import('maxmind')
  let reader: Reader<object>
  try {
    reader = await open(file)
  } catch (cause) {
    throw new Fault({
      code: 'mmdb-invalid',
      kind: 'source',
      message: `the file is no MMDB: ${cause instanceof Error ? cause.message : String(cause)}`,
      where: file,
      expected: 'a database in the format of MaxMind, as GeoLite2, DB-IP and IPinfo give it',
      cause,
    })
  }
  const { databaseType, buildEpoch, ipVersion } = reader.metadata
  return {
    type: databaseType,
    built: buildEpoch,
    origin: address => (ipVersion === 4 && address.includes(':') ? unknown : originIn(reader.get(address))),
  }
}

function originIn(found: unknown): Origin {
  const { data } = entry.safeParse(found)
  if (!data) return unknown
  return {
    asn: data.autonomous_system_number ?? data.asn ?? null,
    name: data.autonomous_system_organization ?? data.as_name ?? data.name ?? null,
    country: (data.country ?? data.country_code ?? data.registered_country?.iso_code)?.toUpperCase() ?? null,
  }
}

/** Asks several databases; of what two know, the first one's stands. */
export function lookUp(databases: readonly OriginDatabase[], address: string): Origin {
  const found = databases.map(database => database.origin(address))
  const numbered = found.find(({ asn }) => asn !== null)
  return {
    asn: numbered?.asn ?? null,
    name: (numbered ?? found.find(({ name }) => name !== null))?.name ?? null,
    country: found.find(({ country }) => country !== null)?.country ?? null,
  }
}

const CHUNK = 2048

/** Makes the table `address_origins`: a row for each public address of the logs of which an MMDB file knows anything. */
export async function fillOrigins(
  connection: DuckDBConnection,
  target: string,
  references: ReadonlyMap<string, string>,
): Promise<void> {
  const types = [VARCHAR, BIGINT, VARCHAR, VARCHAR]
  const columns = addressOrigins.columns.map(({ name, type }) => `${identifier(name)} ${type}`)
  await connection.run(`CREATE TABLE ${target} (${columns.join(', ')})`)
  const files = originNames.flatMap(name => references.get(name) ?? [])
  if (files.length === 0) return
  const databases = await Promise.all(files.map(openOrigins))
  // Not streamed: the connection has to append meanwhile.
  const addresses = await connection.run(`SELECT address FROM weir_addresses WHERE scope = 'public' AND address_key IS NOT NULL`)
  const appender = await connection.createAppender(target)
  for (let chunk = await addresses.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await addresses.fetchChunk()) {
    const rows = chunk.getColumnValues(0).flatMap(address => rowOf(databases, String(address)))
    for (let first = 0; first < rows.length; first += CHUNK) {
      const written = DuckDBDataChunk.create(types)
      written.setRows(rows.slice(first, first + CHUNK))
      appender.appendDataChunk(written)
    }
  }
  appender.closeSync()
}

function rowOf(databases: readonly OriginDatabase[], address: string): DuckDBValue[][] {
  const { asn, name, country } = lookUp(databases, address)
  if (asn === null && name === null && country === null) return []
  return [[address, asn === null ? null : BigInt(asn), name, country]]
}
