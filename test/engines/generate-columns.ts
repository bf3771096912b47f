import ipaddr from 'ipaddr.js'
import { rowsOf, type Engine, type Value } from '../../src/engine/index.js'

/** What can be done with a column, and so what a query asks of it. */
export type Kind = 'number' | 'double' | 'time' | 'text' | 'address' | 'key' | 'boolean' | 'date'

export interface SampledColumn {
  readonly name: string
  readonly kind: Kind
  /** Some that stand in it, as SQL, apart from NULL; none where it is NULL throughout. */
  readonly values: readonly string[]
}

/** A relation that is asked, with values that stand in it: queries that name them find rows. */
export interface SampledRelation {
  readonly name: string
  readonly columns: readonly SampledColumn[]
}

const VALUES = 12

/** The object that a row came from is named differently by each engine. */
const NOT_ASKED = new Set(['$path'])

/** Looks at relations through an engine. */
export async function sample(engine: Engine, names: readonly string[]): Promise<SampledRelation[]> {
  const relations = []
  for (const name of names) {
    const relation = engine.relations().find(relation => relation.name === name)
    if (!relation) throw new Error(`${engine.name} has no ${name}`)
    const asked = [...relation.columns, ...relation.hidden].filter(({ name, type }) => !NOT_ASKED.has(name) && isAsked(type))
    const lists = asked.map(({ name, type }) => {
      const text = type === 'varchar' ? `"${name}"` : `CAST("${name}" AS varchar)`
      return `array_sort(array_agg(DISTINCT ${text}) FILTER (WHERE "${name}" IS NOT NULL)) AS "${name}"`
    })
    const [row = {}] = await rowsOf(await engine.query(`SELECT ${lists.join(',\n')} FROM ${name}`))
    const columns = asked.map(({ name, type }): SampledColumn => {
      const texts = spread(row[name] ?? null)
      const kind = kindOf(name, type, texts)
      return { name, kind, values: texts.map(text => literal(kind, text)) }
    })
    relations.push({ name, columns })
  }
  return relations
}

const isAsked = (type: string): boolean => /^(bigint|integer|double|varchar|boolean|date|ipaddress)$/.test(type)

/** A few of many, from one end of the list to the other. */
function spread(list: Value): string[] {
  if (!Array.isArray(list)) return []
  const step = Math.max(1, Math.ceil(list.length / VALUES))
  return list.filter((_, i) => i % step === 0).map(String)
}

function kindOf(name: string, type: string, values: readonly string[]): Kind {
  switch (type) {
    case 'bigint':
    case 'integer':
      return name === 'start' || name === 'end' ? 'time' : 'number'
    case 'double':
    case 'boolean':
    case 'date':
      return type
    case 'ipaddress':
      return 'key'
    default:
      return values.length > 0 && values.every(value => ipaddr.isValid(value)) ? 'address' : 'text'
  }
}

function literal(kind: Kind, text: string): string {
  switch (kind) {
    case 'number':
    case 'time':
    case 'boolean':
      return text
    case 'double':
      return text.includes('E') ? text : `${text}E0`
    case 'date':
      return `DATE '${text}'`
    case 'key':
      return `IPADDRESS '${text}'`
    case 'text':
    case 'address':
      return `'${text.replaceAll("'", "''")}'`
  }
}
