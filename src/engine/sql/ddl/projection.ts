import { z } from 'zod'
import { Fault } from '../../../fault/index.js'
import { dateFormat, type DateUnit } from './date-format.js'

/** One end of a range of dates: a date in the column's format, or the clock's moment with a distance to it. */
export type DateBound =
  | { readonly kind: 'date'; readonly text: string }
  | { readonly kind: 'now'; readonly distance: number; readonly unit: DateUnit | 'weeks' }

/** What values a partition column has, as partition projection tells it. */
export type ColumnProjection =
  | { readonly type: 'enum'; readonly values: readonly string[] }
  | { readonly type: 'integer'; readonly from: number; readonly to: number; readonly interval: number; readonly digits?: number }
  | { readonly type: 'date'; readonly format: string; readonly from: DateBound; readonly to: DateBound }
  | { readonly type: 'injected' }

/** Partition projection: which partitions a table has and where they stand, told by rule instead of one by one. */
export interface Projection {
  /** By partition column, for each of them. */
  readonly columns: Readonly<Record<string, ColumnProjection>>
  /** `storage.location.template`, with `${column}` in it; absent, the partitions stand in Hive's folders under LOCATION. */
  readonly template?: string
}

const range = (end: RegExp) => z.string().regex(new RegExp(`^\\s*(${end.source})\\s*,\\s*(${end.source})\\s*$`))
const count = z.string().regex(/^\s*\d+\s*$/)

const schema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('enum'), values: z.string().min(1) }),
  z.strictObject({ type: z.literal('integer'), range: range(/-?\d+/), interval: count.optional(), digits: count.optional() }),
  z.strictObject({
    type: z.literal('date'),
    range: range(/[^,]+/),
    format: z.string(),
    interval: count.optional(),
    'interval.unit': z.string().optional(),
  }),
  z.strictObject({ type: z.literal('injected') }),
])

const forms: Readonly<Record<ColumnProjection['type'], string>> = {
  enum: '.values (a,b,c)',
  integer: '.range (FROM,TO), and .interval and .digits where wanted',
  date: '.range (FROM,TO) and .format (yyyy/MM/dd), and .interval 1 with the smallest unit of the format',
  injected: 'nothing more',
}

/**
 * The projection in a table's properties; undefined where `projection.enabled` is not true.
 * Throws a Fault `table-projection` where a partition column lacks a rule or a rule cannot be read.
 */
export function projectionOf(
  properties: Readonly<Record<string, string>>,
  partitions: readonly { readonly name: string }[],
  where: string,
): Projection | undefined {
  const lower = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key.toLowerCase(), value]))
  if (lower['projection.enabled']?.trim().toLowerCase() !== 'true') return undefined
  const columns: Record<string, ColumnProjection> = {}
  for (const { name } of partitions) {
    const prefix = `projection.${name}.`
    const rule = Object.entries(lower).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : [],
    )
    columns[name] = columnProjection(name, Object.fromEntries(rule), where)
  }
  const template = lower['storage.location.template']
  if (template === undefined) return { columns }
  const missing = partitions.find(({ name }) => !template.toLowerCase().includes(`\${${name}}`))
  if (missing !== undefined) {
    throw fault(
      `storage.location.template does not tell where ${missing.name} stands`,
      where,
      `\${${missing.name}} in the template`,
    )
  }
  return { columns, template }
}

function columnProjection(name: string, properties: Readonly<Record<string, string>>, where: string): ColumnProjection {
  const type = properties.type?.trim().toLowerCase()
  const parsed = schema.safeParse({ ...properties, type })
  const key = `projection.${name}`
  if (!parsed.success) {
    const known = z.enum(['enum', 'integer', 'date', 'injected']).safeParse(type)
    const expected = known.success
      ? `${key}.type=${known.data} with ${forms[known.data]}`
      : `${key}.type of enum, integer, date or injected`
    const first = parsed.error.issues[0]
    const at = first?.code === 'unrecognized_keys' ? first.keys[0] : first?.path.join('.')
    throw fault(`the projection of ${name} cannot be read: ${key}.${at ?? 'type'}`, where, expected)
  }
  const rule = parsed.data
  switch (rule.type) {
    case 'injected':
      return { type: 'injected' }
    case 'enum':
      return { type: 'enum', values: rule.values.split(',').map(value => value.trim()) }
    case 'integer': {
      const [from = 0, to = 0] = rule.range.split(',').map(Number)
      const interval = Number(rule.interval ?? 1)
      if (from > to || interval === 0)
        throw fault(`${key} has no values`, where, `${key}.range from small to large, ${key}.interval of 1 or more`)
      return { type: 'integer', from, to, interval, ...(rule.digits === undefined ? {} : { digits: Number(rule.digits) }) }
    }
    case 'date':
      return dateProjection(key, rule, where)
  }
}

interface DateRule {
  readonly range: string
  readonly format: string
  readonly interval?: string | undefined
  readonly 'interval.unit'?: string | undefined
}

function dateProjection(key: string, rule: DateRule, where: string): ColumnProjection {
  const format = dateFormat(rule.format)
  if (format === undefined) {
    throw fault(`${key}.format is ${rule.format}`, where, 'a format of yyyy, MM, dd, HH, mm and ss, as in yyyy/MM/dd')
  }
  const unit = rule['interval.unit']?.trim().toLowerCase()
  if (Number(rule.interval ?? 1) !== 1 || (unit !== undefined && unitNamed(unit) !== format.unit)) {
    throw fault(
      `${key} leaves out dates between its steps`,
      where,
      `${key}.interval 1 and ${key}.interval.unit ${format.unit.toUpperCase()}`,
    )
  }
  const [from, to] = rule.range.split(',').map(text => dateBound(text.trim()))
  for (const bound of [from, to]) {
    if (bound === undefined || (bound.kind === 'date' && format.parse(bound.text) === undefined)) {
      throw fault(`${key}.range is ${rule.range}`, where, `two dates as ${rule.format}, or NOW, or a distance such as NOW-3YEARS`)
    }
  }
  return { type: 'date', format: rule.format, from: from ?? now, to: to ?? now }
}

const now: DateBound = { kind: 'now', distance: 0, unit: 'seconds' }

function dateBound(text: string): DateBound | undefined {
  const match = /^NOW(?:\s*([+-])\s*(\d+)\s*(YEAR|MONTH|WEEK|DAY|HOUR|MINUTE|SECOND)S?)?$/i.exec(text)
  if (match === null) return { kind: 'date', text }
  const [, sign, distance, word] = match
  if (distance === undefined || word === undefined) return now
  const unit = unitNamed(word.toLowerCase())
  return unit === undefined ? undefined : { kind: 'now', distance: Number(`${sign ?? ''}${distance}`), unit }
}

function unitNamed(word: string): DateUnit | 'weeks' | undefined {
  return (['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'] as const).find(
    unit => unit === word || unit === `${word}s`,
  )
}

function fault(message: string, where: string, expected: string): Fault {
  return new Fault({ code: 'table-projection', kind: 'usage', message, where, expected })
}
