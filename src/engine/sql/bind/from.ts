import { refuse } from '../fail.js'
import type { Alias, Expression, Name, Source } from '../syntax.js'
import { bigint, boolean, fieldName, type Type, typeName, typeOf } from '../types.js'
import { coerce, identifier } from './bound.js'
import { comparable, comparison } from './operators.js'
import { knownNames, type Scope, type ScopeColumn } from './scope.js'

/** Something in FROM, in DuckDB's SQL, with the columns that it gives. */
export interface BoundSource {
  readonly sql: string
  readonly columns: readonly ScopeColumn[]
  /** Whether a query in it has conditions. */
  readonly filtered: boolean
  /** A relation alone whose rows are found by equality without reading all, and its name in the statement. */
  readonly seekable?: { readonly target: string }
}

/** Binds the items of a FROM from left to right: what stands further right may use the columns before it when it is lateral. */
export function bindFrom(sources: readonly Source[], scope: Scope): BoundSource {
  const [first, ...rest] = sources
  if (!first) return { sql: '', columns: [], filtered: false }
  let from = bindSource(first, scope, [])
  for (const source of rest) {
    if (source.kind === 'unnest') {
      from = unnest(source, from, scope, false)
      continue
    }
    const right = bindSource(source, scope, from.columns)
    scope.statement.stopsEarly()
    from = { sql: `${from.sql} CROSS JOIN ${right.sql}`, ...both(from, right) }
  }
  return from
}

function bindSource(source: Source, scope: Scope, before: readonly ScopeColumn[]): BoundSource {
  switch (source.kind) {
    case 'table':
      return table(source, scope)
    case 'derived': {
      const inner = source.lateral ? scope.withColumns(before).inside([]).forQuery() : scope.forQuery()
      const query = inner.query(source.query)
      scope.count(query.reads)
      const target = identifier(scope.statement.unique(source.alias?.name.text.toLowerCase() ?? 'query'))
      const columns = named(source.alias, query.columns, target)
      return { sql: `${source.lateral ? 'LATERAL ' : ''}(${query.sql}) AS ${target}`, columns, filtered: query.filtered }
    }
    case 'unnest':
      return unnest(source, { sql: '', columns: [], filtered: false }, scope, false)
    case 'join':
      return join(source, scope, before)
  }
}

function table({ parts, alias, at }: Extract<Source, { kind: 'table' }>, scope: Scope): BoundSource {
  const name = parts.at(-1)
  if (!name || parts.length > 3)
    throw refuse('sql-relation', 'A relation has at most a catalog and a database before its name.', at)
  const target = identifier(scope.statement.unique((alias?.name ?? name).text.toLowerCase()))
  const common = parts.length === 1 ? scope.commonTable(name.text) : undefined
  if (common) {
    scope.count(common.query.reads)
    return {
      sql: `${common.target} AS ${target}`,
      columns: named(alias, common.query.columns, target, name),
      filtered: common.query.filtered,
    }
  }
  const relation = scope.statement.relation(name.text.toLowerCase())
  if (!relation) {
    const known = [...scope.commonTableNames(), ...scope.statement.relationNames()]
    throw refuse(
      'sql-relation',
      `No relation is named ${parts.map(({ text }) => text).join('.')}.`,
      at,
      knownNames(name.text, known),
    )
  }
  scope.count(new Map([[relation.name, 1]]))
  scope.statement.edit({
    kind: 'relation',
    at: parts[0]?.at ?? at,
    relation: relation.name,
    parts: parts.length,
    name: name.text,
    hasAlias: alias !== undefined,
  })
  const column = ({ name, type }: { name: string; type: string }) => ({ name, sql: identifier(name), type: typeOf(type) })
  const columns = named(alias, relation.columns.map(column), target, name)
  const qualifier = alias?.name.text ?? name.text
  const hidden = relation.hidden
    .map(column)
    .map(({ name, sql, type }) => ({ name, type, qualifier, sql: `${target}.${sql}`, hidden: true, relation: relation.name }))
  const seekable = relation.isSeekable ? { seekable: { target } } : {}
  return { sql: `${relation.target} AS ${target}`, columns: [...columns, ...hidden], filtered: false, ...seekable }
}

type Unnest = Extract<Source, { kind: 'unnest' }>
type Output = { readonly name: string; readonly sql: string; readonly type: Type }

/** The columns of a source under its alias, whose own list of names renames them. */
function named(alias: Alias | undefined, outputs: readonly Output[], target: string, name?: Name): ScopeColumn[] {
  const renamed = alias?.columns ?? []
  if (alias && renamed.length > 0 && renamed.length !== outputs.length) {
    throw refuse(
      'sql-column',
      `${alias.name.text} has ${outputs.length} columns, and ${renamed.length} names are given.`,
      alias.name.at,
    )
  }
  const qualifier = (alias?.name ?? name)?.text
  return outputs.map((output, i) => ({
    name: renamed[i]?.text ?? output.name,
    ...(qualifier === undefined ? {} : { qualifier }),
    sql: `${target}.${output.sql}`,
    type: output.type,
    hidden: false,
  }))
}

/**
 * Arrays side by side as columns; maps give key and value, arrays of rows a column for each field. DuckDB unnests in SELECT:
 * the source before it is wrapped, which costs less than a lateral join and lets lambdas name its columns. `outer` keeps
 * rows whose arrays are empty.
 */
function unnest({ items, ordinality, alias, at }: Unnest, left: BoundSource, scope: Scope, outer: boolean): BoundSource {
  if (items.length === 0) throw refuse('sql-syntax', 'UNNEST needs an array or a map.', at)
  const target = identifier(scope.statement.unique(alias?.name.text.toLowerCase() ?? 'unnest'))
  const parts = items.flatMap(item => unnestParts(item, scope.withColumns(left.columns)))
  const kept = left.columns.map(({ sql }, i) => ({ sql, name: `"kept${i}"` }))
  const lists = parts.map(({ list }, i) => ({ sql: list, name: `"list${i}"` }))
  const longest = `greatest(0, ${lists.map(({ name }) => `coalesce(len(${name}), 0)`).join(', ')})`
  const filled = (list: string) => (outer ? `CASE WHEN ${longest} = 0 THEN [NULL] ELSE ${list} END` : list)
  const unnested = [
    ...kept.map(({ name }) => name),
    ...lists.map(({ name }, i) => `unnest(${filled(name)}) AS "item${i}"`),
    ...(ordinality ? [`unnest(${filled(`range(1, ${longest} + 1)`)}) AS "ordinality"`] : []),
  ]
  const inner = [...kept, ...lists].map(({ sql, name }) => `${sql} AS ${name}`).join(', ')
  const outputs: Output[] = [
    ...parts.flatMap(({ columns }, i) => columns.map(({ path, type }) => ({ name: '', sql: `"item${i}"${path}`, type }))),
    ...(ordinality ? [{ name: '', sql: '"ordinality"', type: bigint }] : []),
  ]
  const before = left.columns.map((column, i) => ({ ...column, sql: `${target}.${kept[i]?.name ?? ''}` }))
  const sql = `(SELECT ${unnested.join(', ')} FROM (SELECT ${inner}${left.sql ? ` FROM ${left.sql}` : ''})) AS ${target}`
  return { sql, columns: [...before, ...named(alias, outputs, target)], filtered: left.filtered }
}

function unnestParts(item: Expression, scope: Scope): { list: string; columns: { path: string; type: Type }[] }[] {
  const { sql, type } = scope.expression(item)
  if (type.kind === 'map') {
    return [
      { list: `map_keys(${sql})`, columns: [{ path: '', type: type.key }] },
      { list: `map_values(${sql})`, columns: [{ path: '', type: type.value }] },
    ]
  }
  if (type.kind !== 'array') throw refuse('sql-type', `UNNEST takes an array or a map, not ${typeName(type)}.`, item.at)
  if (type.element.kind !== 'row') return [{ list: sql, columns: [{ path: '', type: type.element }] }]
  return [{ list: sql, columns: type.element.fields.map((field, i) => ({ path: `.${fieldName(field, i)}`, type: field.type })) }]
}

function join(source: Extract<Source, { kind: 'join' }>, scope: Scope, before: readonly ScopeColumn[]): BoundSource {
  const left = bindSource(source.left, scope, before)
  if (source.right.kind === 'unnest') {
    const plain = source.on === undefined || (source.on.kind === 'boolean' && source.on.value)
    if (plain && !source.using && ['CROSS', 'INNER', 'LEFT'].includes(source.type))
      return unnest(source.right, left, scope, source.type === 'LEFT')
    throw refuse('sql-refused', 'UNNEST is joined by CROSS JOIN, or by LEFT JOIN … ON TRUE.', source.at)
  }
  const right = bindSource(source.right, scope, [...before, ...left.columns])
  scope.statement.stopsEarly()
  if (source.type === 'CROSS') return { sql: `${left.sql} CROSS JOIN ${right.sql}`, ...both(left, right) }
  const type = source.type === 'INNER' ? 'JOIN' : `${source.type} JOIN`
  const nested = source.right.kind === 'join' ? `(${right.sql})` : right.sql
  if (source.using) return joinUsing(source.using, type, left, { ...right, sql: nested }, scope)
  const columns = [...left.columns, ...right.columns]
  const condition = source.on ? coerce(scope.withColumns([...before, ...columns]).expression(source.on), boolean).sql : 'TRUE'
  return { sql: `${left.sql} ${type} ${nested} ON ${condition}`, ...both(left, right) }
}

function both(left: BoundSource, right: BoundSource): Omit<BoundSource, 'sql'> {
  return { columns: [...left.columns, ...right.columns], filtered: left.filtered || right.filtered }
}

/** The columns of USING come first and once; they have no relation before them. */
function joinUsing(names: readonly Name[], type: string, left: BoundSource, right: BoundSource, scope: Scope): BoundSource {
  const shared = names.map(name => {
    const side = ({ columns }: BoundSource) => {
      const { sql, type } = scope.withColumns(columns).column(name)
      return { sql, type, at: name.at }
    }
    const [a, b] = comparable(side(left), side(right), 'joined', name.at)
    const equal = comparison('=', a, b, name.at).sql
    const value = type === 'RIGHT JOIN' ? b.sql : type === 'FULL JOIN' ? `coalesce(${a.sql}, ${b.sql})` : a.sql
    return { equal, column: { name: name.text, sql: value, type: a.type, hidden: false } satisfies ScopeColumn }
  })
  const isShared = (column: ScopeColumn) => names.some(name => name.text.toLowerCase() === column.name.toLowerCase())
  const columns = [
    ...shared.map(({ column }) => column),
    ...[...left.columns, ...right.columns].filter(column => !isShared(column)),
  ]
  return {
    sql: `${left.sql} ${type} ${right.sql} ON ${shared.map(({ equal }) => equal).join(' AND ')}`,
    columns,
    filtered: left.filtered || right.filtered,
  }
}
