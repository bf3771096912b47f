import { type Place, refuse } from '../fail.js'
import { bigint, fieldName, isInteger, typeName } from '../types.js'
import { type Bound, coerce, failing } from './bound.js'

/** `array[1]`, `map['key']`, `row[1]`: what is not there is an error in Trino, not NULL. */
export function subscript(base: Bound, index: Bound, at: Place): Bound {
  const { type } = base
  if (type.kind === 'array') {
    if (!isInteger(index.type))
      throw refuse('sql-type', `An array is subscripted by a whole number, not by ${typeName(index.type)}.`, index.at)
    const place = coerce(index, bigint).sql
    const outside = `${place} < 1 OR ${place} > len(${base.sql})`
    const fails = failing('Array subscript is out of bounds', type.element)
    return { sql: `CASE WHEN ${outside} THEN ${fails} ELSE list_extract(${base.sql}, ${place}) END`, type: type.element, at }
  }
  if (type.kind === 'map') {
    const key = coerce(index, type.key).sql
    const fails = failing('Key not present in map', type.value)
    const missing = `${base.sql} IS NOT NULL AND NOT map_contains(${base.sql}, ${key})`
    return { sql: `CASE WHEN ${missing} THEN ${fails} ELSE map_extract_value(${base.sql}, ${key}) END`, type: type.value, at }
  }
  if (type.kind === 'row' && index.number !== undefined) {
    const place = Number(index.number) - 1
    const found = type.fields[place]
    if (found) return { sql: `(${base.sql}).${fieldName(found, place)}`, type: found.type, at }
  }
  throw refuse('sql-type', `${typeName(type)} has no such subscript.`, at)
}
