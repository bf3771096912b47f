import { commonType, coercible, isFloating, isInteger, isNumeric, type Type, typeOf } from '../types.js'

/**
 * What an argument or a result may be: a type by name, a type variable (one capital letter), `array(T)`, `map(K, V)`,
 * `row(T, U)`, a lambda `(T, U) => R`, or one of the wide kinds below that hold for any length or precision.
 */
export type Pattern =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'wide'; readonly name: string; readonly length?: string }
  | { readonly kind: 'exact'; readonly type: Type }
  | { readonly kind: 'array'; readonly element: Pattern }
  | { readonly kind: 'map'; readonly key: Pattern; readonly value: Pattern }
  | { readonly kind: 'row'; readonly fields: readonly Pattern[] }
  /** A packed lambda, `[K, V] => R`, has its parameters in one element of DuckDB's. */
  | { readonly kind: 'lambda'; readonly packed: boolean; readonly parameters: readonly Pattern[]; readonly result: Pattern }
  /** A type that follows from another, by one of the rules below: `sum(D)`. */
  | { readonly kind: 'derived'; readonly rule: (type: Type) => Type; readonly base: Pattern }

export interface Signature {
  readonly parameters: readonly Pattern[]
  /** Whether the last parameter may be repeated. */
  readonly variadic: boolean
  readonly result: Pattern
}

/** Types that variables stand for, and lengths, as one call settles them. */
export interface Bindings {
  readonly types: Map<string, Type>
  readonly lengths: Map<string, number | undefined>
}

const wide = ['varchar', 'decimal', 'timestamp', 'timestamptz', 'time', 'row']

/** What the variables of some letters may be; other letters stand for any type. */
const classes: Readonly<Record<string, (type: Type) => boolean>> = {
  N: isNumeric,
  I: isInteger,
  F: isFloating,
  D: type => type.kind === 'decimal',
  M: type => type.kind === 'date' || type.kind === 'timestamp' || type.kind === 'timestamp with time zone',
  Z: type => type.kind === 'timestamp' || type.kind === 'timestamp with time zone',
}

const derivations: Readonly<Record<string, (type: Type) => Type>> = {
  encoded: type => (type.kind === 'varchar' && type.length !== undefined ? { kind: 'varchar', length: type.length * 12 } : type),
  sum: type => (type.kind === 'decimal' ? { kind: 'decimal', precision: 38, scale: type.scale } : type),
}

const parsed = new Map<string, Signature>()

/** Reads `(array(T), bigint) -> T`; three dots after the last parameter repeat it. */
export function signature(text: string): Signature {
  const known = parsed.get(text)
  if (known) return known
  const split = text.lastIndexOf('->')
  const inside = text.slice(0, split).trim().slice(1, -1).trim()
  const variadic = inside.endsWith('...')
  const parameters = listed(variadic ? inside.slice(0, -3) : inside).map(pattern)
  const result = { parameters, variadic, result: pattern(text.slice(split + 2).trim()) }
  parsed.set(text, result)
  return result
}

function pattern(text: string): Pattern {
  const arrow = text.indexOf('=>')
  if (/^[([]/.test(text) && arrow > 0) {
    const packed = text.startsWith('[')
    const parameters = listed(text.slice(1, text.lastIndexOf(packed ? ']' : ')', arrow))).map(pattern)
    return { kind: 'lambda', packed, parameters, result: pattern(text.slice(arrow + 2).trim()) }
  }
  if (/^[A-Z]$/.test(text)) return { kind: 'variable', name: text }
  const [, name = '', inside] = /^([a-z ]+)(?:\((.*)\))?$/.exec(text) ?? []
  const parts = inside === undefined ? [] : listed(inside)
  const [first, second] = parts.map(part => (name === 'array' || name === 'map' ? pattern(part) : undefined))
  if (name === 'array' && first) return { kind: 'array', element: first }
  if (name === 'map' && first && second) return { kind: 'map', key: first, value: second }
  const [rule, base] = [derivations[name], parts[0]]
  if (rule && base !== undefined) return { kind: 'derived', rule, base: pattern(base) }
  if (name === 'row' && inside !== undefined) return { kind: 'row', fields: parts.map(pattern) }
  if (name === 'varchar' && inside !== undefined && /^[a-z]$/.test(inside)) return { kind: 'wide', name, length: inside }
  if (wide.includes(name) && inside === undefined) return { kind: 'wide', name }
  return { kind: 'exact', type: typeOf(text.replace(/^timestamptz(\(\d\))$/, 'timestamp$1 with time zone')) }
}

/** Splits at the commas that stand outside of parentheses. */
function listed(text: string): string[] {
  const items: string[] = []
  let depth = 0
  let item = ''
  for (const letter of text) {
    if (letter === '(' || letter === '[') depth++
    if (letter === ')' || letter === ']') depth--
    if (letter === ',' && depth === 0) {
      items.push(item.trim())
      item = ''
    } else item += letter
  }
  return item.trim() === '' ? items : [...items, item.trim()]
}

const ladder = ['tinyint', 'smallint', 'integer', 'bigint', 'decimal', 'real', 'double']

/** How far a type is from a pattern: 0 when it is one, more the more it must be turned into; undefined when it cannot. */
export function distance(pattern: Pattern, type: Type, bindings: Bindings): number | undefined {
  if (pattern.kind === 'variable') {
    const fits = classes[pattern.name]
    if (fits && !fits(type) && type.kind !== 'unknown') return undefined
    const bound = bindings.types.get(pattern.name)
    const common = bound ? commonType(bound, type) : type
    if (!common) return undefined
    bindings.types.set(pattern.name, common)
    return 0
  }
  if (type.kind === 'unknown') return pattern.kind === 'lambda' ? undefined : 1
  switch (pattern.kind) {
    case 'wide':
      if (pattern.length !== undefined && type.kind === 'varchar') bindings.lengths.set(pattern.length, type.length)
      if (pattern.name === 'timestamptz')
        return type.kind === 'timestamp with time zone' ? 0 : type.kind === 'timestamp' || type.kind === 'date' ? 2 : undefined
      if (pattern.name === 'timestamp' && type.kind === 'date') return 1
      if (pattern.name === 'decimal' && isInteger(type)) return 10
      return type.kind === pattern.name ? 0 : undefined
    case 'exact':
      if (type.kind === pattern.type.kind && coercible(type, pattern.type)) return 0
      return coercible(type, pattern.type)
        ? Math.max(1, ladder.indexOf(pattern.type.kind) - ladder.indexOf(type.kind))
        : undefined
    case 'array':
      return type.kind === 'array' ? distance(pattern.element, type.element, bindings) : undefined
    case 'map': {
      if (type.kind !== 'map') return undefined
      const [key, value] = [distance(pattern.key, type.key, bindings), distance(pattern.value, type.value, bindings)]
      return key === undefined || value === undefined ? undefined : key + value
    }
    case 'row': {
      if (type.kind !== 'row' || type.fields.length !== pattern.fields.length) return undefined
      const distances = pattern.fields.map((field, i) => distance(field, type.fields[i]?.type ?? { kind: 'unknown' }, bindings))
      return distances.reduce((sum, next) => (sum === undefined || next === undefined ? undefined : sum + next), 0)
    }
    case 'lambda':
    case 'derived':
      return undefined
  }
}

/** The type that a pattern is once its variables are settled; `given` is the argument's type, which wide patterns keep. */
export function settled(pattern: Pattern, bindings: Bindings, given?: Type): Type {
  switch (pattern.kind) {
    case 'variable':
      return bindings.types.get(pattern.name) ?? { kind: 'unknown' }
    case 'exact':
      return pattern.type
    case 'array':
      return { kind: 'array', element: settled(pattern.element, bindings, given?.kind === 'array' ? given.element : undefined) }
    case 'map':
      return { kind: 'map', key: settled(pattern.key, bindings), value: settled(pattern.value, bindings) }
    case 'row':
      return { kind: 'row', fields: pattern.fields.map(field => ({ type: settled(field, bindings) })) }
    case 'wide':
      return widest(pattern.name, pattern.length === undefined ? undefined : bindings.lengths.get(pattern.length), given)
    case 'derived':
      return pattern.rule(settled(pattern.base, bindings))
    case 'lambda':
      return { kind: 'unknown' }
  }
}

function widest(name: string, length: number | undefined, given: Type | undefined): Type {
  if (name === 'varchar')
    return given?.kind === 'varchar' ? given : { kind: 'varchar', ...(length === undefined ? {} : { length }) }
  if (name === 'timestamptz') {
    if (given?.kind === 'timestamp with time zone') return given
    return { kind: 'timestamp with time zone', precision: given?.kind === 'timestamp' ? given.precision : 3, zone: 'UTC' }
  }
  if (name === 'timestamp') return given?.kind === 'timestamp' ? given : { kind: 'timestamp', precision: 3 }
  if (name === 'time') return given?.kind === 'time' ? given : { kind: 'time', precision: 3 }
  if (name === 'decimal') return given?.kind === 'decimal' ? given : { kind: 'decimal', precision: 38, scale: 0 }
  return given ?? { kind: 'unknown' }
}
