import { dateFormat, escapeExpression, type DateUnit } from '../sql/ddl/date-format.js'
import type { ColumnProjection, DateBound, Projection } from '../sql/ddl/projection.js'
import type { TableDefinition } from '../sql/statements.js'

/** Reads the partition that a file of a projected table stands in; undefined for one that no projected partition holds. */
export function projectedReader(
  table: TableDefinition,
  projection: Projection,
  now: Date,
): (address: string) => Readonly<Record<string, string>> | undefined {
  const columns = table.partitions.map(({ name, type }) => {
    const rule = projection.columns[name] ?? { type: 'injected' }
    return { name, expression: expressionOf(rule), value: valueReader(rule, type, now) }
  })
  const seen = new Set<string>()
  const expression = templateOf(table, projection)
    .replace(/\/+$/, '')
    .split(/(\$\{[^}]*\})/)
    .map(part => {
      const name = /^\$\{(.*)\}$/.exec(part)?.[1]?.toLowerCase()
      if (name === undefined) return escapeExpression(part)
      const index = columns.findIndex(column => column.name === name)
      if (index === -1) return '[^/]+'
      const again = seen.has(name)
      seen.add(name)
      return again ? `\\k<p${index}>` : `(?<p${index}>${columns[index]?.expression ?? ''})`
    })
    .join('')
  const whole = new RegExp(`^${expression}/`)
  return address => {
    const groups = whole.exec(address)?.groups
    if (groups === undefined) return undefined
    const values: Record<string, string> = {}
    for (const [i, { name, value }] of columns.entries()) {
      const read = value(groups[`p${i}`] ?? '')
      if (read === undefined) return undefined
      values[name] = read
    }
    return values
  }
}

/** The template, or Hive's folders under LOCATION where none is given. */
function templateOf(table: TableDefinition, projection: Projection): string {
  if (projection.template !== undefined) return projection.template
  return [table.location.replace(/\/+$/, ''), ...table.partitions.map(({ name }) => `${name}=\${${name}}`)].join('/')
}

/**
 * Where the files of a projected table are looked for: the folder before the template's first variable.
 * A variable that is no partition is a placeholder that somebody left in; then LOCATION says it.
 */
export function projectedLocation(table: TableDefinition, projection: Projection): string {
  const template = templateOf(table, projection)
  const variables = [...template.matchAll(/\$\{([^}]*)\}/g)]
  if (variables.some(([, name]) => !table.partitions.some(column => column.name === name?.toLowerCase()))) return table.location
  return template.slice(0, template.slice(0, variables[0]?.index).lastIndexOf('/') + 1)
}

function expressionOf(rule: ColumnProjection): string {
  switch (rule.type) {
    case 'enum':
      return rule.values.map(escapeExpression).join('|')
    case 'integer':
      return rule.digits === undefined ? '-?\\d+' : `-?\\d{${rule.digits},}`
    case 'date':
      return dateFormat(rule.format)?.expression ?? '[^/]+'
    case 'injected':
      return '[^/]+'
  }
}

/** What a column's text in a path means; undefined where the projection does not have it. */
function valueReader(rule: ColumnProjection, type: string, now: Date): (text: string) => string | undefined {
  if (rule.type === 'integer') {
    const { from, to, interval } = rule
    return text => (Number(text) >= from && Number(text) <= to && (Number(text) - from) % interval === 0 ? text : undefined)
  }
  if (rule.type !== 'date') return text => text
  const format = dateFormat(rule.format)
  if (format === undefined) return () => undefined
  const from = boundOf(rule.from, format, now)
  const to = boundOf(rule.to, format, now)
  return text => {
    const moment = format.parse(text)
    if (moment === undefined || moment < from || moment > to) return undefined
    const iso = new Date(moment).toISOString()
    if (type === 'date') return iso.slice(0, 10)
    return type.startsWith('timestamp') ? iso.slice(0, 19).replace('T', ' ') : text
  }
}

function boundOf(bound: DateBound, format: { unit: DateUnit; parse(text: string): number | undefined }, now: Date): number {
  if (bound.kind === 'date') return format.parse(bound.text) ?? Number.NaN
  const { distance, unit } = bound
  const moment = new Date(now)
  if (unit === 'years') moment.setUTCFullYear(moment.getUTCFullYear() + distance)
  else if (unit === 'months') moment.setUTCMonth(moment.getUTCMonth() + distance)
  else moment.setTime(moment.getTime() + distance * seconds[unit] * 1000)
  const parts = [moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate(), moment.getUTCHours(), moment.getUTCMinutes()]
  const [year = 1970, month = 0, day = 1, hour = 0, minute = 0] = parts.slice(0, kept[format.unit])
  return Date.UTC(year, month, day, hour, minute, format.unit === 'seconds' ? moment.getUTCSeconds() : 0)
}

const seconds = { weeks: 604_800, days: 86_400, hours: 3600, minutes: 60, seconds: 1 }

/** How many parts of a moment, from the year on, a format of this unit tells. */
const kept: Readonly<Record<DateUnit, number>> = { years: 1, months: 2, days: 3, hours: 4, minutes: 5, seconds: 5 }
