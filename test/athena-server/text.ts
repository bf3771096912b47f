import { typeOf, type Type } from '../../src/engine/sql/types.js'

/** A cell as Athena's GetQueryResults has it: text, or nothing for NULL. */
export const datum = (type: string, value: unknown): { VarCharValue?: string } =>
  value === null || value === undefined ? {} : { VarCharValue: textOf(typeIn(type), value) }

const typeIn = (name: string): Type | undefined => (/^(array|map|row|varbinary)\b/.test(name) ? typeOf(name) : undefined)

/** Arrays as `[a, b]`, maps and rows as `{k=v}`: what is within is not quoted. */
function textOf(type: Type | undefined, value: unknown): string {
  if (value === null) return 'null'
  if (type?.kind === 'varbinary') return spaced(Buffer.from(plain(value), 'base64'))
  if (type?.kind === 'array' && Array.isArray(value)) return `[${value.map(item => textOf(type.element, item)).join(', ')}]`
  if (type?.kind === 'map' && typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, item]) => `${key}=${textOf(type.value, item)}`)
      .join(', ')}}`
  if (type?.kind === 'row' && Array.isArray(value)) {
    const fields = type.fields.map(({ name, type }, i) => `${name ?? `field${i}`}=${textOf(type, value[i] ?? null)}`)
    return `{${fields.join(', ')}}`
  }
  return plain(value)
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const spaced = (bytes: Buffer): string => [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join(' ')

const NAMES: Readonly<Record<string, string>> = { real: 'float' }

/** What Athena tells of a column: no more of an array than that it is one. */
export function columnInfo({ name, type }: { readonly name: string; readonly type: string }) {
  const [, plain = type, precision, scale] = /^(\w+(?: \w+)*)(?:\((\d+)?(?:, ?(\d+))?.*\))?(?: with time zone)?$/.exec(type) ?? []
  const zoned = type.endsWith(' with time zone') ? `${plain} with time zone` : plain
  const structured = /^(array|map|row)\b/.exec(type)?.[1]
  return {
    CatalogName: 'hive',
    SchemaName: '',
    TableName: '',
    Name: name,
    Label: name,
    Type: structured ?? NAMES[zoned] ?? zoned,
    Precision: plain === 'decimal' ? Number(precision) : 0,
    Scale: plain === 'decimal' ? Number(scale) : 0,
    Nullable: 'UNKNOWN',
    CaseSensitive: type.startsWith('varchar'),
  }
}
