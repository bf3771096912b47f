import { join } from 'node:path'

/** The rows of a lake that stand in one folder: those of an account, a region, and a UTC day of their start. */
export interface Partition {
  readonly account: string | undefined
  readonly region: string | undefined
  /** YYYY-MM-DD. */
  readonly date: string | undefined
}

/** Columns by which parts are divided; they stand in the path and not in the part. */
export const PARTITION_COLUMNS = ['account_id', 'region', 'date'] as const

/** What a column is called in a part: the day in the path has the name that a log may give to a field of its own. */
export const storedName = (column: string): string => (column === 'date' ? 'field_date' : column)

/** What Hive, and so everyone, writes for NULL. */
const NULL_VALUE = '__HIVE_DEFAULT_PARTITION__'

/** The folder of a partition under `records`. */
export function partitionPath({ account, region, date }: Partition): string {
  const values = [account, region, date]
  return join(
    ...PARTITION_COLUMNS.map((column, i) => `${column}=${values[i] === undefined ? NULL_VALUE : encoded(values[i] ?? '')}`),
  )
}

/** The partition that a path tells; undefined where it does not. */
export function partitionOf(path: string): Partition | undefined {
  const match = /(?:^|[/\\])account_id=([^/\\]*)[/\\]region=([^/\\]*)[/\\]date=([^/\\]*)(?:[/\\]|$)/.exec(path)
  if (!match) return undefined
  const [account, region, date] = match.slice(1).map(value => (value === NULL_VALUE ? undefined : decodeURIComponent(value)))
  return { account, region, date }
}

/** The UTC date of a day since 1970. */
export const dateOfDay = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)

/** As DuckDB does it: all but letters, digits, `-`, `_`, `.` and `~`. */
const encoded = (value: string): string =>
  encodeURIComponent(value).replaceAll(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
