import { keyColumns, LATEST, type Field, type Layout } from '../../format/index.js'
import type { Compression, LineForm, Place } from '../../source/index.js'
import { TEXTS } from './bulk/rows.js'
import { CLASS, exactClass, plainRecord, reason, tokenOf, typedOf } from './classify.js'
import { columnType, isNumber, NARROW_TYPES } from './columns.js'
import { identifier, quoted } from './literal.js'

/** How the rows of a file stand: as lines of a form, or as rows of Parquet. */
export type GroupForm = LineForm | 'parquet'

/** Files that are read in one way. */
export interface ReadGroup {
  readonly form: GroupForm
  /** Parquet: the SQL of each field as text, in the order of the layout. */
  readonly cells: readonly string[]
  readonly compression: Compression
  /** Its files were written by us: what is odd in them now is no reason to write them again. */
  readonly rewritten: boolean
  readonly layout: Layout | undefined
  readonly milliseconds: boolean
  readonly lineEnd: 1 | 2
  /** Read by `bulk/`, as long as nothing in them is odd. */
  readonly bulk: boolean
  /** What their paths say of their records, where the layout does not. */
  readonly place: Place
}

/** A byte that no log line holds: the whole line is one column. */
const NO_DELIMITER = '\u0001'

/** The lines of files, one row each, with the file they stand in. */
export function linesOf(paths: readonly string[], compression: Compression): string {
  return `read_csv([${paths.map(quoted).join(', ')}], auto_detect=false, header=false, delim='${NO_DELIMITER}', quote='', escape='', comment='',
    columns={'line': 'VARCHAR'}, strict_mode=false, compression=${quoted(compression)}, filename='weir_path', hive_partitioning=false)`
}

/** The record in a line of each form. */
const MESSAGES: Readonly<Record<LineForm, string>> = {
  plain: 'line',
  export: `CASE WHEN substr(line, 11, 1) = 'T' AND substr(line, 5, 1) = '-' THEN ltrim(substr(line, instr(line, ' ') + 1)) ELSE line END`,
  json: `CASE WHEN json_valid(line) THEN json_extract_string(line, '$.message') END`,
  csv: `replace(line, '"', '')`,
  'csv-messages': `trim(substr(line, instr(line, ',') + 1), '"')`,
}

const separatorOf = (group: ReadGroup): string => (group.form === 'csv' ? ',' : ' ')

/** The fields of a message; an empty cell of a CSV is a NULL, as Athena writes it. */
function tokensOf(group: ReadGroup): string {
  const tokens = `string_split(message, ${quoted(separatorOf(group))})`
  return group.form === 'csv' ? `list_transform(${tokens}, lambda cell: coalesce(nullif(cell, ''), '-'))` : tokens
}

/** One row a line, or a row of Parquet: the line, its message and its tokens; with its number in the file where that is wanted. */
function tokens(group: ReadGroup, paths: readonly string[], numbered: boolean): string {
  const number = numbered ? ', row_number() OVER () AS number' : ''
  if (group.form === 'parquet') {
    const cells = group.cells.map(cell => `coalesce(nullif(${cell}, ''), '-')`)
    return `SELECT *, array_to_string(tokens, ' ') AS line, array_to_string(tokens, ' ') AS message
    FROM (SELECT [${cells.join(', ')}] AS tokens, weir_path${number} FROM read_parquet([${paths.map(quoted).join(', ')}], filename='weir_path', hive_partitioning=false))`
  }
  return `SELECT *, ${tokensOf(group)} AS tokens
    FROM (SELECT *, ${MESSAGES[group.form]} AS message FROM (SELECT *${number} FROM ${linesOf(paths, group.compression)}))`
}

function typedValue(field: Field, index: number, group: ReadGroup): string {
  const value = `try_cast(${tokenOf(index)} AS ${NARROW_TYPES[field.kind]})`
  const mayBeMilliseconds = field.kind === 'time' && (group.milliseconds || group.form === 'parquet')
  return mayBeMilliseconds ? `CASE WHEN ${value} > ${LATEST} THEN ${value} // 1000 ELSE ${value} END` : value
}

function typed(group: ReadGroup, paths: readonly string[], numbered = false): string {
  const numbers = (group.layout ?? []).flatMap((field, i) =>
    isNumber(field) ? [`${typedValue(field, i, group)} AS ${typedOf(i)}`] : [],
  )
  return `SELECT ${['*', ...numbers].join(', ')} FROM (${tokens(group, paths, numbered)})`
}

const valueOf = (field: Field, index: number): string =>
  isNumber(field) ? `${typedOf(index)}::${columnType(field)}` : `CASE WHEN ${tokenOf(index)} <> '-' THEN ${tokenOf(index)} END`

/** What a field is that the layout of a group lacks: NULL, but for what the paths of its files tell. */
function lackingOf({ place }: ReadGroup, field: Field): string {
  const told = { account_id: place.account, region: place.region }[field.column]
  return told === undefined ? `NULL::${columnType(field)}` : quoted(told)
}

/** The select list of a group for the columns of `records`. */
function columnsOf(group: ReadGroup, columns: readonly Field[]): string {
  const at = new Map((group.layout ?? []).map((field, i) => [field.column, i]))
  return columns
    .map(field => {
      const index = at.get(field.column)
      return `${index === undefined ? lackingOf(group, field) : valueOf(field, index)} AS ${identifier(field.column)}`
    })
    .join(',\n  ')
}

/** 63 bits of DuckDB's hash of a text. */
export const hashOf = (text: string): string => `(hash(${text}) >> 1)::BIGINT`

const exactOf = (group: ReadGroup): string =>
  exactClass(group.layout, {
    separator: separatorOf(group),
    messages: group.form === 'csv-messages',
    json: group.form === 'json',
    rewritten: group.rewritten,
  })

/**
 * The rows of `records` in a group's files. Every line passes two counters on its way, whatever the query wants of it: `tally` counts
 * plain records and lets them by with 0; every other line gets its exact class, which `settle` counts
 * and gives back. The LIMIT lets nothing slip past them: no filter of a query moves below it.
 */
export function recordsOf(
  group: ReadGroup,
  paths: readonly string[],
  columns: readonly Field[],
  counter: string,
  keyed = false,
): string {
  const exact = exactOf(group)
  const plain = group.layout ? `coalesce(${plainRecord(group.layout, separatorOf(group))}, false)` : 'false'
  const length = 'coalesce(strlen(line), 0)::INTEGER'
  return `SELECT
  ${[columnsOf(group, columns), ...(keyed ? keysOf(group) : [])].join(',\n  ')},
  weir_path AS "$path"
FROM (
  SELECT * FROM (SELECT *, ${counter}_tally(${length} * 2 + ${plain}::INTEGER, ${hashOf('weir_path')}) AS unsettled FROM (${typed(group, paths)}))
  WHERE CASE WHEN unsettled = 0 THEN true ELSE ${counter}_settle((${exact})::INTEGER, ${length}, ${hashOf('weir_path')}) <= 2 END
  LIMIT 9223372036854775807
)`
}

/** The keys of a group's addresses, as `KeyColumn` says. */
function keysOf({ layout = [] }: ReadGroup): readonly string[] {
  const keys = new Map(keyColumns(layout).map(({ column, of }) => [column, of]))
  return KEYS.map(column => {
    const [first, other] = keys.get(column) ?? []
    if (first === undefined || other === undefined) return `NULL::BLOB AS ${column}`
    const [token, rest] = [first, other].map(index => `CASE WHEN ${tokenOf(index)} <> '-' THEN ${tokenOf(index)} END`)
    return `address_key(coalesce(${token}, ${rest}))::BIT::BLOB AS ${column}`
  })
}

const KEYS = ['src_key', 'dst_key'] as const

/** The same where the table function of that name reads the files and counts them; `numbered`: with the number of texts in their place. */
export function bulkRecordsOf(
  group: ReadGroup,
  columns: readonly Field[],
  name: string,
  { keyed = false, numbered = false }: { readonly keyed?: boolean; readonly numbered?: boolean } = {},
): string {
  const present = new Set(group.layout?.map(field => field.column))
  const selected = columns
    .filter(field => !numbered || isNumber(field))
    .map(field =>
      present.has(field.column) ? identifier(field.column) : `${lackingOf(group, field)} AS ${identifier(field.column)}`,
    )
  if (keyed) {
    const keys = new Set(keyColumns(group.layout ?? []).map(({ column }) => column))
    selected.push(...KEYS.map(column => (keys.has(column) ? column : `NULL::BLOB AS ${column}`)))
  }
  if (numbered) selected.push(identifier(TEXTS))
  return `SELECT ${selected.join(', ')}, "$path" FROM ${name}()`
}

/** The texts of a group's records by their number, of columns of text: what the lines in these files tell. */
export function toldTexts(group: ReadGroup, paths: readonly string[], columns: readonly Field[]): string {
  const { layout = [] } = group
  const at = new Map(layout.map((field, i) => [field.column, `token${i}`]))
  const texts = columns.map(field => `${at.get(field.column) ?? lackingOf(group, field)} AS ${identifier(field.column)}`)
  const tokens = layout.map((_, i) => `'token${i}': 'VARCHAR'`)
  return `SELECT number AS ${[identifier(TEXTS), ...texts].join(', ')}
  FROM read_csv([${paths.map(quoted).join(', ')}], auto_detect=false, header=false, delim=' ', quote='', escape='', comment='', nullstr='-',
    columns={'number': 'INTEGER', ${tokens.join(', ')}})`
}

/** The lines of a file that are no records, with their numbers from 1 and what is wrong with each. */
export function quarantinedOf(group: ReadGroup, path: string): string {
  const exact = exactOf(group)
  return `SELECT number, coalesce(${reason(group.layout)}, 'not a record') AS reason, left(line, 2000) AS line
FROM (${typed(group, [path], true)})
WHERE (${exact}) = ${CLASS.quarantined}
ORDER BY number`
}
