import type { TypeSyntax } from '../syntax.js'
import type { Cursor } from './cursor.js'

/** Reads a data type, in Trino's own form or in the older `array<bigint>`. */
export function parseType(cursor: Cursor): TypeSyntax {
  const at = cursor.at
  const name = typeName(cursor)
  const open = cursor.symbol('(') ? ')' : name === 'array' || name === 'map' ? (cursor.symbol('<') ? '>' : undefined) : undefined
  const numbers: number[] = []
  const parameters: { name?: string; type: TypeSyntax }[] = []
  if (open !== undefined) {
    cursor.list(() => {
      if (cursor.peek().kind === 'number') numbers.push(cursor.integer())
      else parameters.push(name === 'row' ? rowField(cursor) : { type: parseType(cursor) })
    })
    cursor.expectSymbol(open)
  }
  const withTimeZone = cursor.words('WITH', 'TIME', 'ZONE')
  if (!withTimeZone && (name === 'timestamp' || name === 'time')) cursor.words('WITHOUT', 'TIME', 'ZONE')
  return { at, name, numbers, parameters, withTimeZone }
}

function typeName(cursor: Cursor): string {
  if (cursor.words('DOUBLE', 'PRECISION')) return 'double'
  if (cursor.words('INTERVAL', 'DAY', 'TO', 'SECOND')) return 'interval day to second'
  if (cursor.words('INTERVAL', 'YEAR', 'TO', 'MONTH')) return 'interval year to month'
  return cursor.name().text.toLowerCase()
}

/** `x bigint`, or a type alone: a name is one only when a type follows it. */
function rowField(cursor: Cursor): { name?: string; type: TypeSyntax } {
  const named = cursor.isName() && cursor.isName(1) && !cursor.isWord('PRECISION', 1)
  if (!named) return { type: parseType(cursor) }
  const name = cursor.name()
  return { name: name.text, type: parseType(cursor) }
}
