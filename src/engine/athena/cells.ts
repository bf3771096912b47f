import { Fault } from '../../fault/index.js'
import type { Value } from '../engine.js'
import { typeName, typeOf, type Type } from '../sql/types.js'

/** The type of a column; undefined where Weir has no more than its name. */
export function typeNamed(name: string): Type | undefined {
  return /^(array|map|row)\b/.test(name) ? typeOf(name) : undefined
}

/** A cell from Athena's text: what Trino's JSON has for it. */
export function cellOf(type: string, text: string): Value {
  switch (type.replace(/\(.*\)/, '')) {
    case 'boolean':
      return text === 'true'
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint': {
      const number = Number(text)
      return Number.isSafeInteger(number) ? number : text
    }
    case 'real':
    case 'double': {
      const number = Number(text)
      return Number.isFinite(number) ? number : text
    }
    case 'varbinary':
      return Buffer.from(text.replaceAll(' ', ''), 'hex').toString('base64')
    case 'unknown':
      return null
    default:
      return text
  }
}

/** A cell from the JSON that `asJson` has Athena write. */
export function structuredCellOf(type: Type, json: string): Value {
  const value: unknown = JSON.parse(json)
  return valueOf(type, value)
}

function valueOf(type: Type, value: unknown): Value {
  if (value === null) return null
  switch (type.kind) {
    case 'array':
      return Array.isArray(value) ? value.map(item => valueOf(type.element, item)) : unexpected(type, value)
    case 'map':
      return isObject(value)
        ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, valueOf(type.value, item)]))
        : unexpected(type, value)
    case 'row':
      return isObject(value)
        ? type.fields.map((field, i) => valueOf(field.type, value[`f${i}`] ?? null))
        : unexpected(type, value)
    default:
      return typeof value === 'string' ? cellOf(typeName(type), value) : unexpected(type, value)
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function unexpected(type: Type, value: unknown): never {
  throw new Fault({
    code: 'athena-result',
    kind: 'engine',
    message: `Athena gave ${JSON.stringify(value).slice(0, 80)} where a value of ${typeName(type)} was asked for`,
    where: 'athena',
  })
}

/** The type whose values, cast to JSON, hold every value of a type exactly: texts in place of numbers, fields named by their place. */
export function textType(type: Type): string {
  switch (type.kind) {
    case 'array':
      return `array(${textType(type.element)})`
    case 'map':
      return `map(varchar, ${textType(type.value)})`
    case 'row':
      return `row(${type.fields.map((field, i) => `f${i} ${textType(field.type)}`).join(', ')})`
    case 'varbinary':
    case 'json':
      throw new Fault({
        code: 'remote-type',
        kind: 'usage',
        message: `Athena cannot give ${type.kind} within an array, map or row`,
        where: 'athena',
        action: type.kind === 'json' ? 'write json_format(…) there' : 'write to_hex(…) there',
      })
    default:
      return 'varchar'
  }
}
