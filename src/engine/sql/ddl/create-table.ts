import type { Cursor } from './cursor.js'
import type { ColumnDefinition, TableDefinition } from './definition.js'
import { printTable } from './print.js'
import { projectionOf } from './projection.js'
import { propertyList, rowFormat, serdeProperties, storedAs, type FileForm } from './row-format.js'
import type { StatementForm } from './statement.js'
import { columnType } from './types.js'

/** `CREATE EXTERNAL TABLE [IF NOT EXISTS] name (…) …`, after the word CREATE. The clauses stand in Hive's order. */
export function createTable(cursor: Cursor): StatementForm {
  if (cursor.at('TABLE')) {
    throw cursor.refused(
      'a table of Weir stands over files that are there',
      'CREATE EXTERNAL TABLE … LOCATION',
      'write CREATE EXTERNAL TABLE',
    )
  }
  const where = cursor.where()
  cursor.expect('EXTERNAL', 'TABLE')
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS')
  const name = cursor.relation('the name of the table')
  const columns = cursor.list(() => column(cursor))
  const comment = cursor.take('COMMENT') ? cursor.string('a comment') : undefined
  const partitions = cursor.take('PARTITIONED', 'BY') ? cursor.list(() => column(cursor)) : []
  distinct(cursor, [...columns, ...partitions])
  const form = fileForm(cursor)
  cursor.expect('LOCATION')
  const location = cursor.string('a place')
  if (location.trim() === '') throw cursor.refused('LOCATION names no place', "LOCATION 's3://…' or the path of a folder")
  const properties = cursor.take('TBLPROPERTIES') ? Object.fromEntries(propertyList(cursor)) : {}
  cursor.end('PARTITIONED BY, ROW FORMAT, STORED AS, LOCATION and TBLPROPERTIES in this order, then the end')
  const projection = projectionOf(properties, partitions, where)
  const definition = {
    name,
    ...(comment === undefined ? {} : { comment }),
    columns,
    partitions,
    format: form.format ?? 'text',
    delimiter: form.delimiter ?? '\u0001',
    ...(form.escape === undefined ? {} : { escape: form.escape }),
    ...(form.nullText === undefined ? {} : { nullText: form.nullText }),
    skipHeaderLines: skippedLines(cursor, properties),
    location,
    ...(projection === undefined ? {} : { projection }),
    properties,
  }
  const table: TableDefinition = { ...definition, text: printTable(definition) }
  return { kind: 'create-table', table, ifNotExists }
}

function column(cursor: Cursor): ColumnDefinition {
  const name = cursor.name('the name of a column')
  const type = columnType(cursor)
  return cursor.take('COMMENT') ? { name, ...type, comment: cursor.string('a comment') } : { name, ...type }
}

function distinct(cursor: Cursor, columns: readonly ColumnDefinition[]): void {
  const names = columns.map(({ name }) => name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw cursor.refused(`the column ${twice} stands twice`, 'columns and partitions of different names')
}

/** ROW FORMAT, STORED AS and WITH SERDEPROPERTIES, which must agree. */
function fileForm(cursor: Cursor): FileForm {
  const form: FileForm = {}
  const agree = (more: FileForm) => {
    if (form.format !== undefined && more.format !== undefined && form.format !== more.format) {
      throw cursor.refused('ROW FORMAT and STORED AS name different kinds of files', 'both for text or both for Parquet')
    }
    Object.assign(form, more)
  }
  if (cursor.take('ROW', 'FORMAT')) agree(rowFormat(cursor))
  if (cursor.take('WITH', 'SERDEPROPERTIES')) agree(serdeProperties(cursor))
  if (cursor.take('STORED', 'AS')) agree({ format: storedAs(cursor) })
  if (cursor.take('WITH', 'SERDEPROPERTIES')) agree(serdeProperties(cursor))
  if (form.format === 'parquet') return { format: 'parquet' }
  return form
}

function skippedLines(cursor: Cursor, properties: Readonly<Record<string, string>>): number {
  const lines = properties['skip.header.line.count'] ?? '0'
  if (!/^\d{1,9}$/.test(lines)) throw cursor.refused(`skip.header.line.count is ${lines}`, 'a whole number of lines')
  if (/[^0]/.test(properties['skip.footer.line.count'] ?? '0')) {
    throw cursor.refused(
      'skip.footer.line.count would leave out records at the end of each file',
      'a table without this property',
    )
  }
  return Number(lines)
}
