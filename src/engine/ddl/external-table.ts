import type { Column } from '../relation.js'
import { printTable } from '../sql/ddl/print.js'
import { fullName, hiveName, type DdlStatement, type DdlTarget } from './target.js'
import { quotedName, quotedText } from '../sql/quote.js'

/** The values that a partition column has, worked out from this alone: no partition is ever added. */
export type Projection =
  | { readonly type: 'enum'; readonly values: readonly string[] }
  /** Dates from the first to one that is reckoned from the clock; `format` in Java's letters. */
  | { readonly type: 'date'; readonly format: string; readonly from: string; readonly to: 'NOW' | 'NOW+1DAY' }
  | { readonly type: 'integer'; readonly from: number; readonly to: number; readonly digits: number }

/** A column that a file's place gives: text. */
export interface PartitionColumn {
  readonly name: string
  /** Absent, partitions are those that the metastore knows. */
  readonly projection?: Projection
}

/** A table over files that stand somewhere already. */
export interface ExternalTable {
  readonly name: string
  readonly columns: readonly Column[]
  readonly partitions: readonly PartitionColumn[]
  /** Text is one record a line, with a space between its fields. */
  readonly format: 'text' | 'parquet'
  readonly location: string
  /** The place of a projected partition, `${column}` standing for its value; absent, it is Hive's: `column=value/…`. */
  readonly template?: string
}

/** The statements that make a table in place of one of the same name; the files are left as they are. */
export function tableStatements(target: DdlTarget, table: ExternalTable, about: string): readonly DdlStatement[] {
  const name = target.engine === 'athena' ? hiveName(target, table.name) : fullName(target, table.name)
  return [
    { about: `A table ${table.name} of before gives way; its files stay.`, sql: `DROP TABLE IF EXISTS ${name}` },
    { about, sql: target.engine === 'athena' ? athenaTable(name, table) : trinoTable(name, table) },
  ]
}

function athenaTable(name: string, table: ExternalTable): string {
  const isProjected = table.partitions.some(({ projection }) => projection)
  const column = ({ name, type }: Column) => ({ name, type, declared: hiveType(type) })
  return printTable(
    {
      ...table,
      columns: table.columns.map(column),
      partitions: table.partitions.map(({ name }) => column({ name, type: 'varchar' })),
      delimiter: ' ',
      skipHeaderLines: 0,
      properties: {
        ...(isProjected ? { 'projection.enabled': 'true' } : {}),
        ...Object.fromEntries(table.partitions.flatMap(athenaProjection)),
        ...(isProjected && table.template !== undefined ? { 'storage.location.template': table.template } : {}),
      },
    },
    name,
  )
}

const athenaProjection = ({ name, projection }: PartitionColumn): readonly (readonly [string, string])[] =>
  projection
    ? Object.entries({ type: projection.type, ...athenaRange(projection) }).map(([key, value]) => [
        `projection.${name}.${key}`,
        value,
      ])
    : []

function athenaRange(projection: Projection): Readonly<Record<string, string>> {
  switch (projection.type) {
    case 'enum':
      return { values: projection.values.join(',') }
    case 'date':
      return {
        format: projection.format,
        range: `${projection.from},${projection.to}`,
        interval: '1',
        'interval.unit': 'DAYS',
      }
    case 'integer':
      return { range: `${projection.from},${projection.to}`, digits: String(projection.digits) }
  }
}

function trinoTable(name: string, table: ExternalTable): string {
  const isProjected = table.partitions.some(({ projection }) => projection)
  const columns = [
    ...table.columns.map(({ name, type }) => `${quotedName(name)} ${storedType(type)}`),
    ...table.partitions.map(
      ({ name, projection }) => `${quotedName(name)} varchar${projection ? trinoProjection(projection) : ''}`,
    ),
  ]
  const properties = [
    ...(table.format === 'text' ? ["format = 'TEXTFILE'", "textfile_field_separator = ' '"] : ["format = 'PARQUET'"]),
    `external_location = ${quotedText(table.location)}`,
    ...(table.partitions.length > 0 ? [`partitioned_by = ${texts(table.partitions.map(({ name }) => name))}`] : []),
    ...(isProjected ? ['partition_projection_enabled = true'] : []),
    ...(isProjected && table.template !== undefined
      ? [`partition_projection_location_template = ${quotedText(table.template)}`]
      : []),
  ]
  return `CREATE TABLE ${name} (\n  ${columns.join(',\n  ')}\n)\nWITH (\n  ${properties.join(',\n  ')}\n)`
}

function trinoProjection(projection: Projection): string {
  const properties = (() => {
    switch (projection.type) {
      case 'enum':
        return [`partition_projection_values = ${texts(projection.values)}`]
      case 'date':
        return [
          `partition_projection_format = ${quotedText(projection.format)}`,
          `partition_projection_range = ${texts([projection.from, projection.to])}`,
          'partition_projection_interval = 1',
          "partition_projection_interval_unit = 'DAYS'",
        ]
      case 'integer':
        return [
          `partition_projection_range = ${texts([projection.from, projection.to].map(String))}`,
          `partition_projection_digits = ${projection.digits}`,
        ]
    }
  })()
  return ` WITH (\n    ${[`partition_projection_type = '${projection.type.toUpperCase()}'`, ...properties].join(',\n    ')}\n  )`
}

const texts = (values: readonly string[]): string => `ARRAY[${values.map(quotedText).join(', ')}]`

/** Keys of addresses are sixteen bytes in tables. */
const storedType = (type: string): string => (type === 'ipaddress' ? 'varbinary' : type)

const HIVE_TYPES: Readonly<Record<string, string>> = {
  integer: 'int',
  varchar: 'string',
  varbinary: 'binary',
  ipaddress: 'binary',
}

/** Hive's words for a type of Athena's queries: `map(varchar, array(varchar))` is `map<string,array<string>>`. */
const hiveType = (type: string): string =>
  type.replaceAll(/[a-z]+/g, word => HIVE_TYPES[word] ?? word).replaceAll(/[(), ]/g, sign => HIVE_SIGNS[sign] ?? '')

const HIVE_SIGNS: Readonly<Record<string, string>> = { '(': '<', ')': '>', ',': ',' }
