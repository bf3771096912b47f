import type { ColumnDefinition, TableDefinition } from './definition.js'
import { quoteName, quoteString } from './strings.js'

/** The statement that makes a table, in one form: reading it gives the same definition. `name` is the table's, quoted. */
export function printTable(table: Omit<TableDefinition, 'text'>, name = quoteName(table.name)): string {
  const properties = Object.entries(table.properties).map(([key, value]) => `${quoteString(key)} = ${quoteString(value)}`)
  return [
    `CREATE EXTERNAL TABLE ${name} (`,
    lines(table.columns.map(columnText)),
    ')',
    ...(table.comment === undefined ? [] : [`COMMENT ${quoteString(table.comment)}`]),
    ...(table.partitions.length === 0 ? [] : ['PARTITIONED BY (', lines(table.partitions.map(columnText)), ')']),
    ...fileLines(table),
    `LOCATION ${quoteString(table.location)}`,
    ...(properties.length === 0 ? [] : ['TBLPROPERTIES (', lines(properties), ')']),
  ].join('\n')
}

function columnText({ name, declared, comment }: ColumnDefinition): string {
  return `${quoteName(name)} ${declared}${comment === undefined ? '' : ` COMMENT ${quoteString(comment)}`}`
}

function fileLines({ format, delimiter, escape, nullText }: Omit<TableDefinition, 'text'>): string[] {
  if (format === 'parquet') return ['STORED AS PARQUET']
  const escaped = escape === undefined ? '' : ` ESCAPED BY ${quoteString(escape)}`
  const none = nullText === undefined ? [] : [`  NULL DEFINED AS ${quoteString(nullText)}`]
  return ['ROW FORMAT DELIMITED', `  FIELDS TERMINATED BY ${quoteString(delimiter)}${escaped}`, ...none, 'STORED AS TEXTFILE']
}

function lines(items: readonly string[]): string {
  return items.map(item => `  ${item}`).join(',\n')
}
