import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { Fault } from '../../fault/index.js'
import type { Value } from '../engine.js'
import type { Column } from '../relation.js'
import type { ReferenceDefinition } from '../relations/references.js'
import { installMacros } from '../sql/index.js'
import { duckdbType, typeOf } from '../sql/types.js'
import { withInstance } from './instance.js'
import { identifier, quoted } from './literal.js'

/** A row of a reference by its columns; a key is given as the text of its address, a map as an object. */
export type ReferenceRow = Readonly<Record<string, Value>>

/** Keys are sixteen bytes in a file, as in the parts of a lake. */
const isKey = ({ type }: Column): boolean => type === 'ipaddress'

/** SQL of the rows of a reference's files, none where there is no file. */
export function referenceRows(columns: readonly Column[], files: readonly string[]): string {
  const value = (column: Column): string => {
    const name = identifier(column.name)
    const type = duckdbType(typeOf(column.type))
    if (files.length === 0) return `CAST(NULL AS ${type}) AS ${name}`
    return `${isKey(column) ? `athena.bytes_address(${name})` : `CAST(${name} AS ${type})`} AS ${name}`
  }
  const from = files.length === 0 ? 'WHERE false' : `FROM read_parquet([${files.map(quoted).join(', ')}])`
  return `SELECT ${columns.map(value).join(', ')} ${from}`
}

export function damagedReference({ files }: { readonly files: readonly string[] }, error: unknown): Fault {
  return new Fault({
    code: 'reference-damaged',
    kind: 'engine',
    message: `a table beside the logs cannot be read: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
    where: files.join(', '),
    expected: 'Parquet as this version of Weir writes it',
    action: `weir lake enrich ${basename(files[0] ?? 'NAME', '.parquet')} FILE`,
    cause: error,
  })
}

export interface ReferenceWriting {
  /** A file that stands already, whose rows are kept but for those that the new ones replace. */
  readonly keeping?: string | undefined
}

/**
 * Writes a reference's rows to a Parquet file. Of rows that agree in the reference's key the last stands. Gives the number of rows in
 * the file.
 */
export async function writeReference(
  { columns, key }: ReferenceDefinition,
  file: string,
  rows: AsyncIterable<ReferenceRow> | Iterable<ReferenceRow>,
  { keeping }: ReferenceWriting = {},
): Promise<number> {
  const lines = `${file}.ndjson`
  try {
    await pipeline(Readable.from(jsonLines(rows)), createWriteStream(lines))
    return await withInstance({ ...SMALL, tempDir: dirname(file) }, async connection => {
      await installMacros(connection)
      await connection.run(`CREATE TABLE fresh AS ${readRows(columns, lines)}`)
      if (keeping !== undefined)
        await connection.run(`INSERT INTO fresh SELECT *, -1 FROM (${referenceRows(columns, [keeping])})`)
      const keys = key.map(name => `fresh.${identifier(name)}`).join(', ')
      const result = await connection.runAndReadAll(`COPY (
        SELECT ${columns.map(stored).join(', ')} FROM fresh
        QUALIFY row_number() OVER (PARTITION BY ${keys} ORDER BY "#place" DESC) = 1 ORDER BY ${keys}
      ) TO ${quoted(file)} (FORMAT parquet, COMPRESSION zstd)`)
      return Number(result.getRows()[0]?.[0] ?? 0)
    })
  } finally {
    await rm(lines, { force: true })
  }
}

/** What an instance takes that reads or writes a reference. */
const SMALL = { memory: 1_000_000_000, threads: 1 }

const stored = (column: Column): string => {
  const name = identifier(column.name)
  return isKey(column) ? `athena.address_bytes(fresh.${name}) AS ${name}` : name
}

async function* jsonLines(rows: AsyncIterable<ReferenceRow> | Iterable<ReferenceRow>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`
}

/** The rows as they were given, with their place: keys from the texts of addresses. */
function readRows(columns: readonly Column[], lines: string): string {
  const given = columns.map(
    column => `${quoted(column.name)}: ${quoted(isKey(column) ? 'VARCHAR' : duckdbType(typeOf(column.type)))}`,
  )
  const values = columns.map(column => {
    const name = identifier(column.name)
    return isKey(column) ? `address_key(${name}) AS ${name}` : name
  })
  return `SELECT ${values.join(', ')}, row_number() OVER () AS "#place"
    FROM read_json(${quoted(lines)}, format = 'newline_delimited', columns = {${given.join(', ')}})`
}

/** The number of rows in a reference's file. */
export async function rowsOfReference(file: string): Promise<number> {
  const count = async (connection: DuckDBConnection) => {
    const result = await connection.runAndReadAll(`SELECT num_rows FROM parquet_file_metadata(${quoted(file)})`)
    return Number(result.getRows()[0]?.[0] ?? 0)
  }
  try {
    return await withInstance({ ...SMALL, tempDir: dirname(file) }, count)
  } catch (error) {
    throw damagedReference({ files: [file] }, error)
  }
}
