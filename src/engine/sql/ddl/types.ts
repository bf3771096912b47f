import type { Cursor } from './cursor.js'

/** A column's type, as Hive declares it and as Athena's queries see it. */
export interface ColumnType {
  /** In Hive's words, in one form: `int`, `decimal(10,2)`, `array<string>`, `struct<a:int>`. */
  readonly declared: string
  /** In Trino's words, as `typeof` tells it: `integer`, `varchar`, `timestamp(3)`, `row(a integer)`. */
  readonly type: string
}

const plain: Readonly<Record<string, ColumnType>> = {
  boolean: { declared: 'boolean', type: 'boolean' },
  tinyint: { declared: 'tinyint', type: 'tinyint' },
  smallint: { declared: 'smallint', type: 'smallint' },
  int: { declared: 'int', type: 'integer' },
  integer: { declared: 'int', type: 'integer' },
  bigint: { declared: 'bigint', type: 'bigint' },
  float: { declared: 'float', type: 'real' },
  double: { declared: 'double', type: 'double' },
  string: { declared: 'string', type: 'varchar' },
  binary: { declared: 'binary', type: 'varbinary' },
  date: { declared: 'date', type: 'date' },
  timestamp: { declared: 'timestamp', type: 'timestamp(3)' },
}

const names = [...Object.keys(plain), 'varchar(n)', 'char(n)', 'decimal(p,s)', 'array<…>', 'map<…,…>', 'struct<name:type,…>']
const expectedType = `a type (${names.join(', ')})`

/** Reads one type of Hive's, nested ones included. */
export function columnType(cursor: Cursor): ColumnType {
  const word = cursor.token?.raw.toLowerCase() ?? ''
  const simple = Object.hasOwn(plain, word) ? plain[word] : undefined
  if (simple !== undefined) {
    cursor.expect(word.toUpperCase())
    return simple
  }
  if (cursor.take('VARCHAR')) return sized(cursor, 'varchar', 65_535)
  if (cursor.take('CHAR')) return sized(cursor, 'char', 255)
  if (cursor.take('DECIMAL')) return decimal(cursor)
  if (cursor.take('ARRAY')) {
    cursor.expect('<')
    const item = columnType(cursor)
    cursor.expect('>')
    return { declared: `array<${item.declared}>`, type: `array(${item.type})` }
  }
  if (cursor.take('MAP')) {
    cursor.expect('<')
    const key = columnType(cursor)
    cursor.expect(',')
    const value = columnType(cursor)
    cursor.expect('>')
    return { declared: `map<${key.declared},${value.declared}>`, type: `map(${key.type}, ${value.type})` }
  }
  if (cursor.take('STRUCT')) return struct(cursor)
  throw cursor.syntax(expectedType)
}

function sized(cursor: Cursor, name: string, most: number): ColumnType {
  cursor.expect('(')
  const length = Number(bounded(cursor, 'a length', 1, most))
  cursor.expect(')')
  return { declared: `${name}(${length})`, type: `${name}(${length})` }
}

function decimal(cursor: Cursor): ColumnType {
  let precision = 10
  let scale = 0
  if (cursor.take('(')) {
    precision = bounded(cursor, 'a precision', 1, 38)
    if (cursor.take(',')) scale = bounded(cursor, 'a scale', 0, precision)
    cursor.expect(')')
  }
  return { declared: `decimal(${precision},${scale})`, type: `decimal(${precision},${scale})` }
}

function bounded(cursor: Cursor, what: string, least: number, most: number): number {
  const expected = `${what} from ${least} to ${most}`
  const wrong = cursor.syntax(expected)
  const value = Number(cursor.digits(expected))
  if (value < least || value > most) throw wrong
  return value
}

function struct(cursor: Cursor): ColumnType {
  const fields: { name: string; type: ColumnType }[] = []
  cursor.expect('<')
  do {
    const name = cursor.name('the name of a field')
    cursor.expect(':')
    fields.push({ name, type: columnType(cursor) })
  } while (cursor.take(','))
  cursor.expect('>')
  return {
    declared: `struct<${fields.map(({ name, type }) => `${fieldName(name, '`')}:${type.declared}`).join(',')}>`,
    type: `row(${fields.map(({ name, type }) => `${fieldName(name, '"')} ${type.type}`).join(', ')})`,
  }
}

function fieldName(name: string, quote: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : quote + name.replaceAll(quote, quote + quote) + quote
}
