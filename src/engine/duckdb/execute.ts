import { Fault } from '../../fault/index.js'
import type { Column, QueryOptions, Result } from '../engine.js'
import { matchesPattern } from '../sql/ddl/catalog-statements.js'
import type { Statement } from '../sql/statements.js'
import { catalogAfter, partitionName, type Catalog } from '../tables/index.js'
import type { DuckdbEngine } from './engine.js'
import type { KnownRelations } from './known.js'
import { settled, settledTexts } from '../settled.js'

/**
 * Checks a script without reading anything or changing what is kept: each statement sees what those before it define. Throws a
 * Fault of kind `usage` for the first that is refused.
 */
export function checkScript(engine: DuckdbEngine, statements: readonly Statement[], options: QueryOptions = {}): void {
  let catalog: Catalog = engine.catalog
  for (const statement of statements) {
    try {
      catalog = checked(engine, statement, catalog, options)
    } catch (error) {
      throw statements.length > 1 ? placed(error, statement) : error
    }
  }
}

/** What people will have defined after a statement, which is refused where it could not be carried out. */
function checked(engine: DuckdbEngine, statement: Statement, catalog: Catalog, options: QueryOptions = {}): Catalog {
  const { kind } = statement
  if (kind === 'query' || kind === 'explain' || kind === 'create-view') engine.check(statement.sql, options, catalog)
  if (kind === 'show-columns' || kind === 'describe') columnsOf(engine.known(catalog), statement.name)
  if (kind === 'show-partitions') checkPartitioned(engine.known(catalog), statement.name)
  const after = catalogAfter(catalog, statement)
  for (const [name, entry] of after) {
    if (entry.kind === 'table' && entry !== catalog.get(name))
      engine.checkTable({ definition: entry.table, partitions: entry.partitions })
  }
  return after
}

/** Names the statement of a script that an error is about. */
function placed(error: unknown, { line }: Statement): unknown {
  if (!(error instanceof Fault)) return error
  const { code, kind, message, where, expected, action, cause } = error
  const place = `the statement that begins on line ${line}`
  return new Fault({
    code,
    kind,
    message,
    cause,
    where: where === undefined ? place : `${place}: ${where}`,
    ...(expected === undefined ? {} : { expected }),
    ...(action === undefined ? {} : { action }),
  })
}

/** Carries out a statement: a query by DuckDB, anything else by Weir itself. */
export async function execute(engine: DuckdbEngine, statement: Statement, options: QueryOptions = {}): Promise<Result> {
  switch (statement.kind) {
    case 'query':
      return engine.query(statement.sql, options)
    case 'explain':
      return settledTexts(
        ['Query Plan'],
        (await engine.explain(statement.sql, options)).split('\n').map(line => [line]),
      )
    case 'show-tables':
      return settledTexts(
        ['tab_name'],
        engine
          .known()
          .names()
          .filter(name => statement.pattern === undefined || matchesPattern(name, statement.pattern))
          .map(name => [name]),
      )
    case 'show-partitions': {
      checkPartitioned(engine.known(), statement.name)
      const partitions = (await engine.table(statement.name))?.shownPartitions ?? []
      return settledTexts(
        ['partition'],
        partitions
          .map(partitionName)
          .sort()
          .map(name => [name]),
      )
    }
    case 'show-columns':
      return settledTexts(
        ['field'],
        columnsOf(engine.known(), statement.name).map(({ name }) => [name]),
      )
    case 'describe':
      return settledTexts(
        ['col_name', 'data_type'],
        columnsOf(engine.known(), statement.name).map(({ name, type }) => [name, type]),
      )
    default:
      await engine.keep(checked(engine, statement, engine.catalog))
      return settled([], [])
  }
}

function columnsOf(known: KnownRelations, name: string): readonly Column[] {
  const relation = known.get(name)?.relation
  if (!relation) throw missing(known, name, 'a table or a view')
  return relation.columns
}

function checkPartitioned(known: KnownRelations, name: string): void {
  const table = known.get(name)
  if (table?.kind !== 'table') throw missing(known, name, 'a table that a person made')
  if (table.definition.partitions.length === 0) {
    throw new Fault({
      code: 'table-partition',
      kind: 'usage',
      message: `${name} has no partitions`,
      expected: 'a table with PARTITIONED BY',
    })
  }
}

const missing = (known: KnownRelations, name: string, expected: string): Fault =>
  new Fault({
    code: 'sql-relation',
    kind: 'usage',
    message: known.get(name) === undefined ? `there is no ${name}` : `${name} is none`,
    expected: `${expected}: ${known.names().join(', ')}`,
  })
