import type { ColumnDefinition, PartitionDefinition, TableDefinition } from '../sql/statements.js'
import { hiveKeys, pathDate, type PathDate } from './path-date.js'
import { projectedLocation, projectedReader } from './projected.js'

/** The value of each partition column, as text, in the order of the table; null for NULL. */
export type PartitionValues = Readonly<Record<string, string | null>>

/** A place to look for a table's files. */
export interface TablePlace {
  /** As the statement writes it: `s3://…` or a local path. */
  readonly location: string
  /** The values of every file there, where ADD PARTITION named them. */
  readonly values?: PartitionValues
}

/**
 * Where a table's files stand. As on Athena, projection takes the place of partitions that were added, and where partitions
 * were added only those show. Otherwise it is all that LOCATION holds.
 */
export function placesOf(table: TableDefinition, added: readonly PartitionDefinition[]): TablePlace[] {
  if (table.projection !== undefined) return [{ location: projectedLocation(table, table.projection) }]
  if (added.length === 0) return [{ location: table.location }]
  return added.map(partition => ({
    location: partition.location ?? hiveFolder(table, partition),
    values: inOrder(table, partition),
  }))
}

/**
 * Tells the partition of a file by its place and its path under it (with `/`, without one at the head);
 * undefined for a file that belongs to no partition of the table. `now` is what projected ranges count from.
 */
export function partitionReader(
  table: TableDefinition,
  now: Date,
): (place: TablePlace, path: string) => PartitionValues | undefined {
  const { projection } = table
  const read =
    projection === undefined ? (address: string) => valuesInPath(table, address) : projectedReader(table, projection, now)
  return (place, path) => place.values ?? read(`${place.location.replace(/\/+$/, '')}/${path}`)
}

/** The partitions that Hive's folders under LOCATION show, as MSCK REPAIR TABLE finds them. */
export function hivePartitions(table: TableDefinition, paths: readonly string[]): PartitionDefinition[] {
  const found = new Map<string, PartitionDefinition>()
  for (const path of paths) {
    const keys = hiveKeys(path)
    const values = table.partitions.flatMap(({ name }) => {
      const value = keys.get(name)
      return typeof value === 'string' ? [[name, value] as const] : []
    })
    if (values.length !== table.partitions.length) continue
    const partition = { values: Object.fromEntries(values) }
    found.set(partitionName(partition.values), partition)
  }
  return [...found.values()]
}

/** A partition as SHOW PARTITIONS prints it: `dt=2024-05-06/hour=07`. */
export function partitionName(values: PartitionValues): string {
  return Object.entries(values)
    .map(([name, value]) => `${encoded(name)}=${value === null ? '__HIVE_DEFAULT_PARTITION__' : encoded(value)}`)
    .join('/')
}

/** A path part as Hive writes it. */
function encoded(text: string): string {
  return text.replace(
    /[\p{Cc}"#%'*/:=?\\{[\]^]/gu,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

function hiveFolder(table: TableDefinition, partition: PartitionDefinition): string {
  return `${table.location.replace(/\/+$/, '')}/${partitionName(inOrder(table, partition))}/`
}

function inOrder(table: TableDefinition, { values }: PartitionDefinition): PartitionValues {
  return Object.fromEntries(table.partitions.map(({ name }) => [name, values[name] ?? null]))
}

/** By Hive's folders where they name the column, else by AWS's date folders where the column is a date or a part of one. */
function valuesInPath(table: TableDefinition, address: string): PartitionValues {
  const keys = hiveKeys(address)
  const date = pathDate(address) ?? dateOfKeys(keys)
  const byYear = table.partitions.some(({ name }) => name === 'year')
  return Object.fromEntries(
    table.partitions.map(column => {
      const value = keys.get(column.name)
      if (value !== undefined) return [column.name, value]
      return [column.name, date === undefined ? null : dateValue(column, date, byYear)]
    }),
  )
}

function dateOfKeys(keys: ReadonlyMap<string, string | null>): PathDate | undefined {
  const [year, month, day, hour] = ['year', 'month', 'day', 'hour'].map(key => keys.get(key)?.padStart(2, '0'))
  if (year === undefined || month === undefined || day === undefined) return undefined
  return hour === undefined ? { year, month, day } : { year, month, day, hour }
}

const dateNames = ['dt', 'date', 'day']

function dateValue({ name, type }: ColumnDefinition, date: PathDate, byYear: boolean): string | null {
  if (name === 'year' || name === 'month' || name === 'hour' || (name === 'day' && byYear)) return date[name] ?? null
  return type === 'date' || dateNames.includes(name) ? `${date.year}-${date.month}-${date.day}` : null
}
