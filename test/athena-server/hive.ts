import { statementsOf, type PartitionDefinition, type TableDefinition } from '../../src/engine/sql/statements.js'
import type { ColumnProjection } from '../../src/engine/sql/ddl/projection.js'

/** What Athena's words in Hive's grammar are in Trino's; all else is Trino's already. */
export function inTrino(sql: string, schema: string): string {
  const database = /^\s*CREATE\s+(?:DATABASE|SCHEMA)\s+(IF\s+NOT\s+EXISTS\s+)?[`"]?(\w+)[`"]?/i.exec(sql)
  if (database) return `CREATE SCHEMA ${database[1] ?? ''}"${database[2]}"`
  if (/^\s*CREATE\s+TABLE\b/i.test(sql)) return sql.replace(/,?\s*write_compression\s*=\s*'\w+'/i, '')
  if (!/^\s*(CREATE\s+EXTERNAL|MSCK|ALTER\s+TABLE|DROP|DESCRIBE|SHOW)\b/i.test(sql)) return sql
  if (/^\s*SHOW\s+(CREATE|DATABASES|SCHEMAS)\b/i.test(sql)) return sql.replaceAll('`', '"').replace(/DATABASES/i, 'SCHEMAS')
  const [statement] = statementsOf(sql)
  switch (statement?.kind) {
    case 'create-table':
      return createTable(statement.table, statement.ifNotExists)
    case 'repair-table':
      return `CALL hive.system.sync_partition_metadata('${schema}', '${statement.name}', 'ADD')`
    case 'add-partition':
      return statement.partitions.map(one => registerPartition(schema, statement.table, one)).join(';')
    case 'drop-table':
      return `DROP TABLE ${statement.ifExists ? 'IF EXISTS ' : ''}"${statement.name}"`
    case 'drop-view':
      return `DROP VIEW ${statement.ifExists ? 'IF EXISTS ' : ''}"${statement.name}"`
    case 'describe':
      return `DESCRIBE "${statement.name}"`
    case 'show-columns':
      return `SHOW COLUMNS FROM "${statement.name}"`
    case 'show-partitions':
      return `SELECT * FROM "${statement.name}$partitions"`
    default:
      return sql
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
const list = (texts: readonly string[]): string => `ARRAY[${texts.map(quoted).join(', ')}]`

function createTable(table: TableDefinition, ifNotExists: boolean): string {
  const { name, columns, partitions, format, delimiter, nullText, skipHeaderLines, location, projection } = table
  const plain = columns.map(column => `"${column.name}" ${column.type}`)
  const parted = partitions.map(({ name, type }) => {
    const rule = projection?.columns[name]
    return `"${name}" ${type}${rule ? ` WITH (${projected(rule, table.properties, name).join(', ')})` : ''}`
  })
  const properties = [
    `external_location = ${quoted(location)}`,
    `format = '${format === 'parquet' ? 'PARQUET' : 'TEXTFILE'}'`,
    ...(partitions.length > 0 ? [`partitioned_by = ${list(partitions.map(({ name }) => name))}`] : []),
    ...(format === 'text' ? [`textfile_field_separator = ${quoted(delimiter)}`] : []),
    ...(nullText === undefined ? [] : [`null_format = ${quoted(nullText)}`]),
    ...(skipHeaderLines > 0 ? [`skip_header_line_count = ${skipHeaderLines}`] : []),
    ...(projection ? ['partition_projection_enabled = true'] : []),
    ...(projection?.template === undefined ? [] : [`partition_projection_location_template = ${quoted(projection.template)}`]),
  ]
  const exists = ifNotExists ? 'IF NOT EXISTS ' : ''
  return `CREATE TABLE ${exists}"${name}" (${[...plain, ...parted].join(', ')}) WITH (${properties.join(', ')})`
}

/** A rule of partition projection; ranges stand as they were written. */
function projected(rule: ColumnProjection, properties: Readonly<Record<string, string>>, column: string): string[] {
  const type = `partition_projection_type = '${rule.type.toUpperCase()}'`
  const range = (properties[`projection.${column}.range`] ?? '').split(',').map(end => end.trim())
  switch (rule.type) {
    case 'enum':
      return [type, `partition_projection_values = ${list(rule.values)}`]
    case 'integer':
      return [
        type,
        `partition_projection_range = ${list(range)}`,
        `partition_projection_interval = ${rule.interval}`,
        ...(rule.digits === undefined ? [] : [`partition_projection_digits = ${rule.digits}`]),
      ]
    case 'date': {
      const unit = properties[`projection.${column}.interval.unit`] ?? 'DAYS'
      return [
        type,
        `partition_projection_format = ${quoted(rule.format)}`,
        `partition_projection_range = ${list(range)}`,
        'partition_projection_interval = 1',
        `partition_projection_interval_unit = '${unit.toUpperCase()}'`,
      ]
    }
    case 'injected':
      return [type]
  }
}

function registerPartition(schema: string, table: string, { values, location }: PartitionDefinition): string {
  const place = location === undefined ? '' : `, ${quoted(location)}`
  return `CALL hive.system.register_partition('${schema}', '${table}', ${list(Object.keys(values))}, ${list(Object.values(values))}${place})`
}
