import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
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
  /** The rows of the file that stands there are kept, but for those that the new ones replace. */
  readonly add: boolean
}

/**
 * Writes a reference's rows to a Parquet file: aside, in the same folder, flushed to disk, then renamed over what was there. Of rows
 * that agree in the reference's key the last stands. Gives the number of rows in the file.
 */
export async function writeReference(
  { columns, key }: ReferenceDefinition,
  file: string,
  rows: AsyncIterable<ReferenceRow> | Iterable<ReferenceRow>,
  { add }: ReferenceWriting,
): Promise<number> {
  const aside = (suffix: string): string => join(dirname(file), `_${basename(file)}-${process.pid}.${suffix}`)
  const [lines, fresh] = [aside('ndjson'), aside('fresh')]
  try {
    await pipeline(Readable.from(jsonLines(rows)), createWriteStream(lines))
    const count = await withInstance({ memory: 1_000_000_000, threads: 1, tempDir: dirname(file) }, async connection => {
      await installMacros(connection)
      await connection.run(`CREATE TABLE fresh AS ${readRows(columns, lines)}`)
      if (add) await connection.run(`INSERT INTO fresh SELECT *, -1 FROM (${referenceRows(columns, [file])})`)
      const keys = key.map(identifier).join(', ')
      const kept = `SELECT * EXCLUDE ("#place") FROM fresh
        QUALIFY row_number() OVER (PARTITION BY ${keys} ORDER BY "#place" DESC) = 1 ORDER BY ${keys}`
      const stored = columns.map(column => {
        const name = identifier(column.name)
        return isKey(column) ? `athena.address_bytes(${name}) AS ${name}` : name
      })
      const result = await connection.runAndReadAll(
        `COPY (SELECT ${stored.join(', ')} FROM (${kept})) TO ${quoted(fresh)} (FORMAT parquet, COMPRESSION zstd)`,
      )
      return Number(result.getRows()[0]?.[0] ?? 0)
    })
    await flushed(fresh)
    await rename(fresh, file)
    await flushed(dirname(file))
    return count
  } finally {
    await Promise.all([lines, fresh].map(path => rm(path, { force: true })))
  }
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
    return await withInstance({ memory: 1_000_000_000, threads: 1, tempDir: dirname(file) }, count)
  } catch (error) {
    throw damagedReference({ files: [file] }, error)
  }
}

async function flushed(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
