import type { Field, Layout } from '../../format/index.js'
import { ADDRESS, CLASS, LATEST } from './classify.js'
import { columnType, isNumber, NARROW_TYPES } from './columns.js'
import { identifier, quoted } from './literal.js'
import { hashOf, type ReadGroup } from './reading.js'

/** How the numbers of a row come to the tally: each value that is fetched costs as much as the counting. */
export interface QuickCount {
  /** Small numbers, up to three to a BIGINT in slots of 16 bits: how many are in each. The first slot is text length * 2 + plainness. */
  readonly slots: readonly number[]
  /** Larger numbers, up to two to a BIGINT in 32 bits: how many are in each. */
  readonly counts: readonly number[]
  readonly addresses: number
  /** Bytes of a plain row that are always the same: separators, action, status and times. */
  readonly fixedBytes: number
}

const SMALL = new Set(['port', 'protocol', 'integer'])
const SLOT = 65_536
const SLOTS_PER_VALUE = 3
const COUNTS_PER_VALUE = 2

/** What a larger number is cut at: a row with more than that is left to `settle`. */
export const MOST_COUNTED = 2 ** 31 - 1

const ofKind = (layout: Layout, ...kinds: Field['kind'][]): Field[] => layout.filter(field => kinds.includes(field.kind))
const smallOf = (layout: Layout): Field[] => layout.filter(field => SMALL.has(field.kind))

/** Whether rows of a layout can be told apart by their columns alone. */
export const canBeQuick = (layout: Layout): boolean =>
  ['log-status', 'action', 'start', 'end'].every(name => layout.some(field => field.name === name))

const at = (field: Field): string => identifier(field.column)

/** A number that is often absent counts as 0, which is as long as `-`. */
const small = (field: Field): string => (field.kind === 'integer' ? `coalesce(${at(field)}, 0)` : at(field))

/** A small number for its slot; of one that is too large, and so not plain, what fits. */
const slotted = (field: Field): string =>
  field.kind === 'integer' ? `(${small(field)} & ${SLOT - 1})::BIGINT` : `${small(field)}::BIGINT`

function chunked<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))
}

export function quickCountOf(layout: Layout): QuickCount {
  const times = ofKind(layout, 'time').length
  return {
    slots: chunked(['texts', ...smallOf(layout)], SLOTS_PER_VALUE).map(slots => slots.length),
    counts: chunked(ofKind(layout, 'count', 'bigint'), COUNTS_PER_VALUE).map(fields => fields.length),
    addresses: ofKind(layout, 'address').length,
    fixedBytes: layout.length - 1 + 'ACCEPT'.length * ofKind(layout, 'action').length + 'OK'.length + 10 * times,
  }
}

const textLength = (field: Field): string => `coalesce(strlen(${at(field)}), 1)`

function tallyArguments(layout: Layout): string[] {
  const texts = ofKind(layout, 'text')
  const plain = [
    `log_status = 'OK' AND (action = 'ACCEPT' OR action = 'REJECT')`,
    `start BETWEEN 1000000000 AND 9999999999 AND "end" BETWEEN start AND 9999999999`,
    ...texts.map(field => `${textLength(field)} > 0`),
    ...ofKind(layout, 'integer').map(field => `${small(field)} BETWEEN 0 AND ${SLOT - 1}`),
  ]
  const lengths = [...texts.map(textLength), ...ofKind(layout, 'address').map(field => `strlen(${at(field)})`)]
  const length = lengths.join(' + ') || '0'
  const texts16 = `coalesce(least((${length}), ${SLOT / 2 - 1}) * 2 + (${plain.join(' AND ')})::BIGINT, 0)`
  const slots = [texts16, ...smallOf(layout).map(slotted)]
  const counts = ofKind(layout, 'count', 'bigint').map(field => `greatest(least(${at(field)}, ${MOST_COUNTED}), -1)`)
  return [
    ...chunked(slots, SLOTS_PER_VALUE).map(values => packed(values, SLOT)),
    ...chunked(counts, COUNTS_PER_VALUE).map(values => packed(values, 2 ** 32)),
    ...ofKind(layout, 'address').map(field => hashOf(at(field))),
  ]
}

/** Numbers side by side in one BIGINT, the first lowest; -1 where one is NULL. */
const packed = (values: readonly string[], width: number): string =>
  `coalesce(${values.map((value, i) => (i === 0 ? value : `${value} * ${width ** i}`)).join(' + ')}, -1)`

function settleArguments(layout: Layout): string[] {
  const odd = layout.flatMap(field => {
    if (field.kind === 'text') return [`${at(field)} = ''`]
    if (field.kind === 'address') return [`NOT regexp_matches(${at(field)}, ${quoted(ADDRESS)})`]
    if (field.kind === 'action') return [`${at(field)} NOT IN ('ACCEPT', 'REJECT')`]
    return isNumber(field) && NARROW_TYPES[field.kind].startsWith('U') ? [] : isNumber(field) ? [`${at(field)} < 0`] : []
  })
  const lineClass = `CASE
      WHEN "end" < start OR greatest("end", start) > ${LATEST} THEN ${CLASS.misread}
      WHEN log_status = 'NODATA' THEN ${CLASS.nodata}
      WHEN log_status = 'SKIPDATA' THEN ${CLASS.skipdata}
      WHEN log_status = 'OK' AND NOT coalesce(${odd.map(test => `coalesce(${test}, false)`).join(' OR ')}, false) THEN ${CLASS.record}
      ELSE ${CLASS.misread} END`
  const lengths = layout.map(field => `coalesce(strlen(${at(field)}::VARCHAR), 1)`).join(' + ')
  return [
    lineClass,
    `${lengths} + ${layout.length - 1}`,
    hashOf('weir_path'),
    ...ofKind(layout, 'address').map(field => hashOf(at(field))),
  ].map(value => `(${value})::BIGINT`)
}

/**
 * The rows of `records` in files that look clean: DuckDB parts and casts the columns by itself, at twice the speed of `recordsOf`.
 * It takes `12.5` for a number and passes over what it cannot cast, so it holds only if the bytes of the rows as they would be
 * printed anew are, to the byte, those of the files; `quick_tally` adds them up. Where they differ, or a row is odd, the files are
 * read again by `recordsOf`, line by line.
 */
export function quickRecordsOf(
  group: ReadGroup & { layout: Layout },
  paths: readonly string[],
  columns: readonly Field[],
  counter: string,
): string {
  const { layout } = group
  const types = layout.map(field => `${quoted(field.column)}: ${quoted(NARROW_TYPES[field.kind])}`)
  const present = new Set(layout.map(field => field.column))
  const selected = columns.map(field =>
    present.has(field.column)
      ? `${at(field)}::${columnType(field)} AS ${at(field)}`
      : `NULL::${columnType(field)} AS ${at(field)}`,
  )
  return `SELECT
  ${selected.join(',\n  ')},
  weir_path AS "$path"
FROM (
  SELECT * FROM (
    SELECT *, ${counter}_tally(${tallyArguments(layout).join(', ')}) AS unsettled
    FROM read_csv([${paths.map(quoted).join(', ')}], auto_detect=false, header=false, skip=${group.headerBytes > 0 ? 1 : 0}, delim=' ', quote='',
      escape='', comment='', nullstr='-', ignore_errors=true, columns={${types.join(', ')}}, compression=${quoted(group.compression)}, filename='weir_path', hive_partitioning=false)
  )
  WHERE CASE WHEN unsettled = 0 THEN true ELSE ${counter}_settle(${settleArguments(layout).join(', ')}) <= 2 END
  LIMIT 9223372036854775807
)`
}
