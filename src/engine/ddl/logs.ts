import { ATHENA_TYPES, FIELDS, keyColumns, LATEST, type Field, type FieldKind, type Layout } from '../../format/index.js'
import type { DeliveryPlace } from '../../source/index.js'
import { STORED } from '../remote/stored.js'
import { tableStatements, type ExternalTable, type PartitionColumn } from './external-table.js'
import { fullName, schemaStatement, viewStatement, type DdlStatement, type DdlTarget } from './target.js'
import { quotedName, quotedText } from '../sql/quote.js'
import { flowLogConditions } from './flow-logs.js'
import { shortEnough } from './length.js'
import { viewStatements } from './views.js'

/** Logs of one format in one place, as AWS delivered them. */
export interface LogFormat {
  readonly place: DeliveryPlace
  readonly content:
    | { readonly kind: 'parquet' }
    /** `header`: the first word of a header line. */
    | { readonly kind: 'text'; readonly layout: Layout; readonly header: string }
  /** Flow logs of this format; empty stands for files that AWS did not name. Undefined, all that stand there are of it. */
  readonly flowLogs: readonly string[] | undefined
  readonly accounts: readonly string[]
  readonly regions: readonly string[]
  /** YYYY/MM/DD. */
  readonly firstDay: string
}

/** What is known of logs where AWS delivers them. */
export interface LogsTables {
  readonly target: DdlTarget
  readonly formats: readonly LogFormat[]
  readonly own: readonly string[]
  readonly now: Date
}

/** All that is to be made over raw logs: a table for each format, the view of their records, Weir's relations above it. */
export function logsStatements({ target, formats, own, now }: LogsTables): readonly DdlStatement[] {
  const fields = fieldsOf(formats)
  const tables = formats.map((format, i) => ({ format, name: `raw_logs_${i + 1}` }))
  const chosen = flowLogConditions(formats)
  return shortEnough(target, [
    schemaStatement(target),
    ...tables.flatMap(({ format, name }) => tableStatements(target, tableOf(format, name), aboutFormat(format))),
    viewStatement(
      target,
      STORED,
      'The records of all formats: - is NULL, headers are left out; day: that of the delivery.',
      tables
        .map(({ format, name }) => recordsOf(format, fullName(target, name), fields, chosen.get(format) ?? []))
        .join('\nUNION ALL\n'),
    ),
    ...viewStatements({ target, fields, references: [], own, now }),
  ])
}

/** The columns of `records`: every field that Weir knows, then those unknown ones that some layout has. */
function fieldsOf(formats: readonly LogFormat[]): readonly Field[] {
  const layouts = formats.flatMap(({ content }) => (content.kind === 'text' ? content.layout.map(renamed) : []))
  return [...new Map([...FIELDS, ...layouts].map(field => [field.column, field])).values()]
}

/** `day` of `stored_records` is not a field's. */
const renamed = (field: Field): Field =>
  field.column === 'day' || field.column === 'date' ? { ...field, column: `field_${field.column}` } : field

function aboutFormat({ content, flowLogs }: LogFormat): string {
  const named = flowLogs?.filter(id => id !== '') ?? []
  const whose = named.length === 0 ? 'all' : named.length > 5 ? `${named.length} flow logs` : named.join(', ')
  return content.kind === 'parquet'
    ? `Parquet as AWS writes it: ${whose}.`
    : `Lines of ${content.layout.length} fields as they are: ${whose}.`
}

/** What a table of text calls the columns of its lines: partitions have names of their own. */
const rawColumn = ({ column }: Field): string =>
  ['account_id', 'region', 'day', 'hour'].includes(column) ? `field_${column}` : column

/** Fields of Parquet are found by name, so there the partitions stand back. */
const placeColumns = ({ content }: LogFormat): { readonly account: string; readonly region: string } =>
  content.kind === 'text' ? { account: 'account_id', region: 'region' } : { account: 'path_account_id', region: 'path_region' }

function tableOf(format: LogFormat, name: string): ExternalTable {
  const { place, content, accounts, regions, firstDay } = format
  const { account, region } = placeColumns(format)
  const day = place.hive
    ? { format: "'year='yyyy'/month='MM'/day='dd", from: hiveDay(firstDay) }
    : { format: 'yyyy/MM/dd', from: firstDay }
  const hour: PartitionColumn = { name: 'hour', projection: { type: 'integer', from: 0, to: 23, digits: 2 } }
  const folders = [
    `${place.accountKey}\${${account}}`,
    place.service,
    `${place.regionKey}\${${region}}`,
    '${day}',
    ...(place.hourly ? [`${place.hive ? 'hour=' : ''}\${hour}`] : []),
  ]
  return {
    name,
    columns:
      content.kind === 'parquet'
        ? FIELDS.map(({ column, kind }) => ({ name: column, type: ATHENA_TYPES[kind] }))
        : content.layout.map(field => ({ name: rawColumn(field), type: 'varchar' })),
    partitions: [
      { name: account, projection: { type: 'enum', values: accounts } },
      { name: region, projection: { type: 'enum', values: regions } },
      { name: 'day', projection: { type: 'date', ...day, to: 'NOW+1DAY' } },
      ...(place.hourly ? [hour] : []),
    ],
    format: content.kind,
    location: place.root,
    template: `${place.root}${folders.join('/')}/`,
  }
}

const hiveDay = (day: string): string => day.replace(/^(.*)\/(.*)\/(.*)$/, 'year=$1/month=$2/day=$3')

/** The rows of a format's table with the columns of `stored_records`. */
function recordsOf(format: LogFormat, table: string, fields: readonly Field[], chosen: readonly string[]): string {
  const value = format.content.kind === 'parquet' ? parquetValue : textValue(format.content.layout)
  const list = [
    ...fields.map(field => `${value(field)} AS ${quotedName(field.column)}`),
    ...keysOf(format),
    '"$path" AS "source_object"',
    `${format.place.hive ? 'regexp_replace("day", \'[a-z]+=\')' : '"day"'} AS "day"`,
  ]
  const conditions = [...headerCondition(format), ...chosen]
  const where = conditions.length === 0 ? '' : `\nWHERE ${conditions.join('\n  AND ')}`
  return `SELECT\n  ${list.join(',\n  ')}\nFROM ${table}${where}`
}

/** The keys of a format's addresses, as `KeyColumn` says. */
function keysOf({ content }: LogFormat): readonly string[] {
  const layout = content.kind === 'parquet' ? FIELDS : content.layout
  const keys = new Map(keyColumns(layout).map(({ column, of }) => [column, of]))
  return (['src_key', 'dst_key'] as const).map(column => {
    const names = [...new Set(keys.get(column))].flatMap(index => layout[index]?.column ?? []).map(quotedName)
    const [address] = names
    if (address === undefined) return `CAST(NULL AS varbinary) AS ${quotedName(column)}`
    const first = names.length < 2 ? address : `COALESCE(${names.map(name => `NULLIF(${name}, '-')`).join(', ')})`
    return `CAST(TRY_CAST(${first} AS ipaddress) AS varbinary) AS ${quotedName(column)}`
  })
}

function textValue(layout: Layout): (field: Field) => string {
  const columns = new Map(layout.map(field => [renamed(field).column, quotedName(rawColumn(field))]))
  return ({ column, kind }) => {
    const raw = columns.get(column)
    // Where the lines do not say it, the path does.
    if (raw === undefined && (column === 'account_id' || column === 'region')) return quotedName(column)
    if (raw === undefined) return `CAST(NULL AS ${ATHENA_TYPES[kind]})`
    if (ATHENA_TYPES[kind] === 'varchar') return `NULLIF(${raw}, '-')`
    return inSeconds(kind, `TRY_CAST(${raw} AS ${ATHENA_TYPES[kind]})`)
  }
}

/** Some write times in milliseconds. */
const inSeconds = (kind: FieldKind, value: string): string =>
  kind === 'time' ? `CASE WHEN ${value} > ${LATEST} THEN ${value} / 1000 ELSE ${value} END` : value

function parquetValue({ column, kind, version }: Field): string {
  if (version === 0) return `CAST(NULL AS ${ATHENA_TYPES[kind]})`
  // AWS writes seconds here; an expression in place of the column would keep servers from skipping row groups by it.
  const value = ATHENA_TYPES[kind] === 'varchar' ? `NULLIF(${quotedName(column)}, '-')` : quotedName(column)
  return column === 'account_id' || column === 'region' ? `COALESCE(${value}, ${quotedName(`path_${column}`)})` : value
}

/** Neither a header, wherever it stands, nor a blank line. */
function headerCondition({ content }: LogFormat): readonly string[] {
  if (content.kind === 'parquet') return []
  const [first] = content.layout
  return first ? [`${quotedName(rawColumn(first))} NOT IN (${quotedText(content.header)}, '')`] : []
}
