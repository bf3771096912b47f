import { DuckDBListType, DuckDBMapType, DuckDBStructType, DuckDBTypeId, type DuckDBType } from '@duckdb/node-api'
import { OCSF_CLASS, OCSF_FIELDS, SPOILT, type OcsfField } from '../../source/index.js'
import { identifier, quoted } from './literal.js'

/** Something in a row of Parquet, as SQL. */
interface Found {
  readonly sql: string
  readonly type: DuckDBType
}

/** What a file of network activity has: others are of a source that holds no flows at all. */
const NEEDED = ['class_uid', 'src_endpoint.ip', 'dst_endpoint.ip']

const TEXTS: ReadonlySet<DuckDBTypeId> = new Set([DuckDBTypeId.VARCHAR, DuckDBTypeId.BLOB])

const INTEGERS: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
])

/** Whole numbers too, where a writer knew no other numbers that may be missing. */
const FRACTIONS: ReadonlySet<DuckDBTypeId> = new Set([DuckDBTypeId.FLOAT, DuckDBTypeId.DOUBLE, DuckDBTypeId.DECIMAL])

const TIMESTAMPS: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.TIMESTAMP,
  DuckDBTypeId.TIMESTAMP_S,
  DuckDBTypeId.TIMESTAMP_MS,
  DuckDBTypeId.TIMESTAMP_NS,
  DuckDBTypeId.TIMESTAMP_TZ,
])

/**
 * The fields of OCSF_LAYOUT as SQL over the columns of a Parquet file of OCSF events, each as text and as the same event in JSON gives
 * it; undefined where the columns are those of something else. Versions of OCSF, and of Security Lake's sources, differ in the structs
 * that they have: what a file lacks is NULL. In a row of another class the last field ends with a mark that quarantines it.
 */
export function ocsfCells(names: readonly string[], types: readonly DuckDBType[]): readonly string[] | undefined {
  const columns = new DuckDBStructType(names, types)
  if (NEEDED.some(path => !find(columns, path))) return undefined
  const cells = OCSF_FIELDS.map(field => valueOf(columns, field))
  const classUid = `try_cast(${identifier('class_uid')} AS BIGINT)`
  const mark = `'- ${SPOILT}an-OCSF-event-of-class-' || coalesce(${classUid}::VARCHAR, 'unknown') || ',-not-${OCSF_CLASS}>'`
  return cells.map((cell, i) =>
    i < cells.length - 1 ? cell : `CASE WHEN ${classUid} IS DISTINCT FROM ${OCSF_CLASS} THEN ${mark} ELSE ${cell} END`,
  )
}

function valueOf(columns: DuckDBStructType, field: OcsfField): string {
  const values = field.paths.flatMap(path => {
    const found = find(columns, path)
    return (found && printed(field, found)) ?? []
  })
  return values.length === 0 ? 'NULL::VARCHAR' : `coalesce(${values.join(', ')})`
}

/** What stands at a path, where the file has such a place. */
function find(columns: DuckDBStructType, path: string): Found | undefined {
  const [column = '', ...keys] = path.split('.')
  const type = entryOf(columns, column)
  return keys.reduce<Found | undefined>((found, key) => found && within(found, key), type && { sql: identifier(column), type })
}

function within({ sql, type }: Found, key: string): Found | undefined {
  if (type instanceof DuckDBListType)
    return /^\d+$/.test(key) ? { sql: `${sql}[${Number(key) + 1}]`, type: type.valueType } : undefined
  const entry =
    type instanceof DuckDBStructType ? entryOf(type, key) : type instanceof DuckDBMapType ? valueOfMap(type) : undefined
  return entry && { sql: `${sql}[${quoted(key)}]`, type: entry }
}

const valueOfMap = ({ keyType, valueType }: DuckDBMapType): DuckDBType | undefined =>
  keyType.typeId === DuckDBTypeId.VARCHAR ? valueType : undefined

const entryOf = (type: DuckDBStructType, name: string): DuckDBType | undefined => type.entryTypes[type.entryNames.indexOf(name)]

/** The value as a token, NULL where it says nothing; undefined where the field cannot be of such a type. */
function printed({ field, value, words }: OcsfField, { sql, type: { typeId } }: Found): string | undefined {
  if (value === 'time') {
    if (INTEGERS.has(typeId)) return `(${sql} // 1000)::VARCHAR`
    if (FRACTIONS.has(typeId)) return wholePart(`${sql} / 1000`)
    if (TIMESTAMPS.has(typeId)) return wholePart(`epoch(${sql})`)
    return TEXTS.has(typeId) ? wholePart(`epoch(try_cast(${sql} AS TIMESTAMPTZ))`) : undefined
  }
  if (value === 'boundary') {
    const isNumber = INTEGERS.has(typeId) || FRACTIONS.has(typeId)
    return isNumber ? `CASE WHEN ${sql} > 3 AND ${sql} < 99 THEN (${sql}::INTEGER - 3)::VARCHAR END` : undefined
  }
  if (INTEGERS.has(typeId)) return `${sql}::VARCHAR`
  if (FRACTIONS.has(typeId)) return `regexp_replace(${sql}::VARCHAR, '[.]0+$', '')`
  if (!TEXTS.has(typeId)) return undefined
  const text = `nullif(nullif(${worded(`${sql}::VARCHAR`, words)}, ''), '-')`
  return field.kind === 'text' ? `regexp_replace(${text}, '\\s+', '_', 'g')` : text
}

const wholePart = (number: string): string => `try_cast(floor(${number}) AS BIGINT)::VARCHAR`

function worded(text: string, words: OcsfField['words']): string {
  const cases = Object.entries(words).map(([from, to]) => `WHEN ${quoted(from)} THEN ${quoted(to)}`)
  return cases.length === 0 ? text : `CASE ${text} ${cases.join(' ')} ELSE ${text} END`
}
