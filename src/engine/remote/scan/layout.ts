import type { Result } from '../../engine.js'
import { rowsOf } from '../../engine.js'
import { tokensOf, type Token } from '../../sql/lexer.js'
import { stringValue } from '../../sql/ddl/strings.js'
import type { Range } from './plan.js'

/** Where a table's files stand, as SHOW CREATE TABLE tells it on Trino and, in Hive's words, on Athena. */
export interface TableLayout {
  readonly location: string
  readonly isParquet: boolean
  /** The place of a partition: its columns stand in it as `${column}`. */
  readonly template: string
  /** Values in the place are written as Hive writes them, `2026%2F01%2F05`. */
  readonly isHive: boolean
}

/** Undefined where it names no place: a table that the server keeps by itself, or a view. */
export async function readLayout(answer: Result): Promise<TableLayout | undefined> {
  const text = (await rowsOf(answer)).flatMap(row => Object.values(row)).filter(line => typeof line === 'string')
  return layoutOf(text.join('\n'))
}

export function layoutOf(statement: string): TableLayout | undefined {
  const isHiveText = /^\s*CREATE\s+EXTERNAL\b/i.test(statement)
  const { tokens } = tokensOf(statement, 0, isHiveText ? 'ddl' : 'query')
  const valueAfter = (...names: readonly string[]): string | undefined => {
    const at = tokens.findIndex((token, i) => names.includes(textOf(token)) && tokens[i + 1]?.raw === '=')
    const value = tokens[at + 2]
    return at === -1 || value === undefined ? undefined : textOf(value)
  }
  const place = tokens.findIndex(({ raw }) => raw.toUpperCase() === 'LOCATION')
  const placeToken = isHiveText ? tokens[place + 1] : undefined
  const location = placeToken ? textOf(placeToken) : valueAfter('external_location')
  if (location === undefined) return undefined
  const below = location.endsWith('/') ? location : `${location}/`
  const projected = valueAfter('storage.location.template', 'partition_projection_location_template')
  const template =
    projected ??
    below +
      partitionsOf(tokens)
        .map(column => `${column}=\${${column}}/`)
        .join('')
  return {
    location: below,
    isParquet: /parquet/i.test(isHiveText ? hiveFormatOf(tokens) : (valueAfter('format') ?? '')),
    template: template.endsWith('/') ? template : `${template}/`,
    isHive: projected === undefined,
  }
}

/** `STORED AS PARQUET`, `STORED AS INPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet…'`. */
function hiveFormatOf(tokens: readonly Token[]): string {
  const at = tokens.findIndex(({ raw }, i) => raw.toUpperCase() === 'STORED' && tokens[i + 1]?.raw.toUpperCase() === 'AS')
  return at === -1
    ? ''
    : tokens
        .slice(at + 2, at + 4)
        .map(textOf)
        .join(' ')
}

/** `PARTITIONED BY (a string, b string)`, `partitioned_by = ARRAY['a','b']`. */
function partitionsOf(tokens: readonly Token[]): string[] {
  const hive = tokens.findIndex(({ raw }, i) => raw.toUpperCase() === 'PARTITIONED' && tokens[i + 1]?.raw.toUpperCase() === 'BY')
  const trino = tokens.findIndex(({ raw }, i) => raw === 'partitioned_by' && tokens[i + 1]?.raw === '=')
  const open = hive === -1 ? trino + 3 : hive + 2
  if (hive === -1 && trino === -1) return []
  const names: string[] = []
  let depth = 0
  for (const [i, token] of tokens.entries()) {
    if (i < open) continue
    if (['(', '[', '<'].includes(token.raw)) depth += 1
    else if ([')', ']', '>'].includes(token.raw)) depth -= 1
    else if (depth === 1 && ['(', '[', ','].includes(tokens[i - 1]?.raw ?? '')) names.push(textOf(token))
    if (depth === 0) return names
  }
  return names
}

function textOf({ kind, raw }: Token): string {
  if (kind === 'string')
    return raw.startsWith("'") && !raw.includes('\\') ? raw.slice(1, -1).replaceAll("''", "'") : stringValue(raw)
  return kind === 'quoted' ? raw.slice(1, -1) : raw
}

type Bounds = ReadonlyMap<string, readonly Range[]>

/** More prefixes than this are not listed one by one. */
const MOST_PREFIXES = 1000

/** What the names of a table's files begin with, in the partitions that are read. */
export function prefixesOf({ template, isHive }: TableLayout, bounds: Bounds): string[] {
  let prefixes = ['']
  for (const part of template.split(/(\$\{\w+\})/)) {
    const column = /^\$\{(\w+)\}$/.exec(part)?.[1]
    if (column === undefined) {
      prefixes = prefixes.map(prefix => prefix + part)
      continue
    }
    const written = (value: string): string => (isHive ? hiveName(value) : value)
    const ranges = bounds.get(column)
    const values = ranges && valuesOf(ranges)?.map(written)
    if (values === undefined || prefixes.length * values.length > MOST_PREFIXES) {
      const begin = commonStart(ranges ?? [], written)
      return prefixes.map(prefix => prefix + begin)
    }
    prefixes = prefixes.flatMap(prefix => values.map(value => prefix + value))
  }
  return prefixes
}

/** All values of ranges, where they can be told one by one: single ones, and days. */
function valuesOf(ranges: readonly Range[]): readonly string[] | undefined {
  const lists = ranges.map(({ low, high }) => (low !== undefined && low === high ? [low] : daysBetween(low, high)))
  return lists.some(list => list === undefined) ? undefined : lists.flatMap(list => list ?? [])
}

/** `2026-01-05`, `2026/01/05`. */
const DAY = /^\d{4}([-/])\d\d\1\d\d$/

function daysBetween(low: string | undefined, high: string | undefined): readonly string[] | undefined {
  const between = DAY.exec(low ?? '')?.[1]
  if (low === undefined || high === undefined || between === undefined || DAY.exec(high)?.[1] !== between) return undefined
  const days: string[] = []
  const timeOf = (day: string): number => Date.parse(`${day.replaceAll(between, '-')}T00:00:00Z`)
  for (let time = timeOf(low); time <= timeOf(high) && days.length <= MOST_PREFIXES; time += 86_400_000)
    days.push(new Date(time).toISOString().slice(0, 10).replaceAll('-', between))
  return days
}

function commonStart(ranges: readonly Range[], written: (value: string) => string): string {
  const ends = ranges.flatMap(({ low, high }) => [low, high])
  const [first = '', ...others] = ends.map(end => (end === undefined ? '' : written(end)))
  let length = first.length
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length -= 1
  return first.slice(0, length)
}

/** Whether a file stands in the partitions that are read; one whose place tells nothing does. */
export function isRead({ template, isHive }: TableLayout, bounds: Bounds): (path: string) => boolean {
  const columns = [...template.matchAll(/\$\{(\w+)\}/g)].map(([, column = '']) => column)
  const segments = (column: string): number => (isHive ? 1 : (bounds.get(column)?.[0]?.low ?? '').split('/').length)
  const pattern = template
    .replace(/[.*+?^()|[\]\\]/g, '\\$&')
    .replace(/\$\{(\w+)\}/g, (_, column: string) => `([^/]*(?:/[^/]*){${segments(column) - 1}})`)
  const place = new RegExp(`^${pattern}`)
  return path => {
    const values = place.exec(path)?.slice(1)
    return (
      values === undefined ||
      columns.every((column, i) => isWithin(isHive ? unescaped(values[i]) : values[i], bounds.get(column)))
    )
  }
}

function isWithin(value: string | undefined, ranges: readonly Range[] | undefined): boolean {
  if (value === undefined || ranges === undefined) return true
  return ranges.some(({ low, high }) => {
    const isText = (low === undefined || low <= value) && (high === undefined || value <= high)
    // Nobody tells here whether a column of digits is a number: it is read when it would be as either.
    const isNumber = (low === undefined || Number(low) <= Number(value)) && (high === undefined || Number(value) <= Number(high))
    return isText || isNumber
  })
}

function unescaped(name: string | undefined): string | undefined {
  try {
    return name === undefined ? undefined : decodeURIComponent(name)
  } catch {
    return name
  }
}

/** As Hive writes a value into a name. */
const hiveName = (value: string): string =>
  value.replace(/["#%'*/:=?\\{[\]^\p{Cc}]/gu, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
