import type { Cursor } from './cursor.js'

/** How a table's files are written, as far as ROW FORMAT and STORED AS tell it. */
export interface FileForm {
  format?: 'text' | 'parquet'
  delimiter?: string
  escape?: string
  nullText?: string
}

const serdes: Readonly<Record<string, 'text' | 'parquet'>> = {
  'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe': 'text',
  'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe': 'parquet',
}

const classes: Readonly<Record<string, 'text' | 'parquet'>> = {
  'org.apache.hadoop.mapred.TextInputFormat': 'text',
  'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat': 'text',
  'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat': 'parquet',
  'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat': 'parquet',
}

const readable = 'STORED AS PARQUET, or lines of text with ROW FORMAT DELIMITED FIELDS TERMINATED BY'

/** `ROW FORMAT DELIMITED …` or `ROW FORMAT SERDE '…'`, after the words ROW FORMAT. */
export function rowFormat(cursor: Cursor): FileForm {
  if (cursor.take('DELIMITED')) return delimited(cursor)
  cursor.expect('SERDE')
  const refused = cursor.refused('Weir does not read files of this SerDe', Object.keys(serdes).join(' or '), readable)
  const format = serdes[cursor.string('the class of a SerDe')]
  if (format === undefined) throw refused
  return { format }
}

function delimited(cursor: Cursor): FileForm {
  const form: FileForm = { format: 'text' }
  if (cursor.take('FIELDS', 'TERMINATED', 'BY')) {
    form.delimiter = cursor.string('a delimiter')
    if (cursor.take('ESCAPED', 'BY')) form.escape = cursor.string('a character')
  }
  if (cursor.take('LINES', 'TERMINATED', 'BY')) lineEnd(cursor)
  if (cursor.take('NULL', 'DEFINED', 'AS')) form.nullText = cursor.string('the text that means NULL')
  return form
}

function lineEnd(cursor: Cursor): void {
  const refused = cursor.refused('lines end with a line feed, as in Athena', "'\\n'")
  if (cursor.string('the end of a line') !== '\n') throw refused
}

/** What SERDEPROPERTIES say, after the words WITH SERDEPROPERTIES. */
export function serdeProperties(cursor: Cursor): FileForm {
  const form: FileForm = {}
  const refused = (key: string) =>
    cursor.refused(`the SerDe property ${key} is not one that Weir knows`, Object.keys(serdeKeys).join(', '))
  for (const [key, value] of propertyList(cursor)) {
    const set = serdeKeys[key]
    if (set === undefined || !set(form, value)) throw refused(key)
  }
  return form
}

/** Each returns whether the value can be honoured. */
const serdeKeys: Readonly<Record<string, (form: FileForm, value: string) => boolean>> = {
  'field.delim': (form, value) => {
    form.delimiter = value
    return true
  },
  'serialization.format': (form, value) => {
    if (value !== '1') form.delimiter ??= value
    return true
  },
  'escape.delim': (form, value) => {
    form.escape = value
    return true
  },
  'serialization.null.format': (form, value) => {
    form.nullText = value
    return true
  },
  'line.delim': (_, value) => value === '\n',
}

/** `PARQUET`, `TEXTFILE` or the classes of Hadoop, after the words STORED AS. */
export function storedAs(cursor: Cursor): 'text' | 'parquet' {
  if (cursor.take('PARQUET')) return 'parquet'
  if (cursor.take('TEXTFILE')) return 'text'
  if (!cursor.at('INPUTFORMAT')) throw cursor.refused('Weir does not read files of this kind', 'PARQUET or TEXTFILE', readable)
  const refused = cursor.refused('Weir does not read files of these classes', 'the classes of Parquet or of text', readable)
  cursor.expect('INPUTFORMAT')
  const input = classes[cursor.string('a class')]
  cursor.expect('OUTPUTFORMAT')
  const output = classes[cursor.string('a class')]
  if (input === undefined || input !== output) throw refused
  return input
}

/** `('key' = 'value', …)`; of a key that stands twice the last counts, as in Hive. */
export function propertyList(cursor: Cursor): Map<string, string> {
  const pairs = cursor.list((): [string, string] => {
    const key = cursor.string('the name of a property')
    cursor.expect('=')
    return [key, cursor.string('the value of a property')]
  })
  return new Map(pairs)
}
