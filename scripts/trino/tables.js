/* The tables that the corpus asks: test/sql/corpus/tables.json, name → {columns: [{name, type}], rows}. */

const literal = value => (value === null ? 'NULL' : `'${String(value).replaceAll("'", "''")}'`)

/** The statement that makes one of the tables: every value a text literal, cast to its column's type. */
export function createTable(name, { columns, rows }) {
  const names = columns.map(column => `"${column.name}"`).join(', ')
  const casts = columns.map(column => `CAST("${column.name}" AS ${column.type}) AS "${column.name}"`).join(', ')
  const nulls = `(${columns.map(() => 'NULL').join(', ')})`
  const values = rows.length ? rows.map(row => `(${row.map(literal).join(', ')})`) : [nulls]
  return `CREATE TABLE ${name} AS SELECT ${casts} FROM (VALUES ${values.join(',\n')}) AS t(${names})${rows.length ? '' : ' WHERE false'}`
}
