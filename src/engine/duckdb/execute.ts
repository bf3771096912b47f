import { Fault } from '../../fault/index.js'
import type { Column, QueryOptions, Result, Value } from '../engine.js'
import { matchesPattern } from '../sql/ddl/catalog-statements.js'
import type { Statement } from '../sql/statements.js'
import { catalogAfter, partitionName, type Catalog } from '../tables/index.js'
import type { DuckdbEngine } from './engine.js'
import { settled } from './result.js'

const TEXT = 'varchar'

/**
 * Checks a script without reading anything or changing what is kept: each statement sees what those before it define. Throws a
 * Fault of kind `usage` for the first that is refused.
 */
export function checkScript(engine: DuckdbEngine, statements: readonly Statement[], options: QueryOptions = {}): void {
  let catalog: Catalog = engine.catalog
  for (const statement of statements) {
    try {
      if (statement.kind === 'query' || statement.kind === 'explain') engine.check(statement.sql, options, catalog)
      if (statement.kind === 'create-view') engine.check(statement.sql, options, catalog)
      catalog = catalogAfter(catalog, statement)
    } catch (error) {
      throw statements.length > 1 ? placed(error, statement) : error
    }
  }
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
      return rows(
        ['Query Plan'],
        (await engine.explain(statement.sql, options)).split('\n').map(line => [line]),
      )
    case 'show-tables':
      return rows(
        ['tab_name'],
        namesOf(engine, statement.pattern).map(name => [name]),
      )
    case 'show-partitions': {
      const table = await engine.table(statement.name)
      if (!table) throw missing(engine, statement.name, 'a table that a person made')
      return rows(
        ['partition'],
        table.shownPartitions
          .map(partitionName)
          .sort()
          .map(name => [name]),
      )
    }
    case 'show-columns':
      return rows(
        ['field'],
        columnsOf(engine, statement.name).map(({ name }) => [name]),
      )
    case 'describe':
      return rows(
        ['col_name', 'data_type'],
        columnsOf(engine, statement.name).map(({ name, type }) => [name, type]),
      )
    default:
      await engine.keep(catalogAfter(engine.catalog, statement))
      return settled([], [])
  }
}

const rows = (names: readonly string[], values: Value[][]): Result =>
  settled(
    names.map(name => ({ name, type: TEXT })),
    values,
  )

const namesOf = (engine: DuckdbEngine, pattern: string | undefined): string[] =>
  engine
    .relations()
    .map(({ name }) => name)
    .filter(name => pattern === undefined || matchesPattern(name, pattern))

function columnsOf(engine: DuckdbEngine, name: string): readonly Column[] {
  const relation = engine.relations().find(relation => relation.name === name)
  if (!relation) throw missing(engine, name, 'a table or a view')
  return relation.columns
}

const missing = (engine: DuckdbEngine, name: string, expected: string): Fault =>
  new Fault({
    code: 'sql-relation',
    kind: 'usage',
    message: `there is no ${name}`,
    expected: `${expected}: ${namesOf(engine, undefined).join(', ')}`,
  })
