import { Fault } from '../../fault/index.js'
import { settledTexts } from '../settled.js'
import type { QueryOptions, Result } from '../engine.js'
import { matchesPattern } from '../sql/ddl/catalog-statements.js'
import type { Statement } from '../sql/statements.js'
import type { RemoteEngine } from './engine.js'

/** Checks a script without running anything: throws a Fault of kind `usage` for the first statement that is refused. */
export function checkRemotely(engine: RemoteEngine, statements: readonly Statement[]): void {
  for (const statement of statements) {
    if (statement.kind === 'query' || statement.kind === 'explain') engine.check(statement.sql)
    else if (!['show-tables', 'show-columns', 'describe'].includes(statement.kind)) throw notHere(engine.name, statement)
  }
}

/** Carries out a statement that asks; what defines tables is `weir ddl`'s, or the server's own console's. */
export async function executeRemotely(engine: RemoteEngine, statement: Statement, options: QueryOptions = {}): Promise<Result> {
  const relations = engine.relations()
  switch (statement.kind) {
    case 'query':
      return engine.query(statement.sql, options)
    case 'explain':
      return settledTexts(
        ['Query Plan'],
        (await engine.explain(statement.sql, options)).split('\n').map(line => [line]),
      )
    case 'show-tables': {
      const names = relations.map(({ name }) => name).filter(name => matchesPattern(name, statement.pattern ?? '*'))
      return settledTexts(
        ['tab_name'],
        names.sort().map(name => [name]),
      )
    }
    case 'show-columns':
    case 'describe': {
      const relation = relations.find(({ name }) => name === statement.name)
      if (!relation) throw noSuch(statement.name, relations)
      const { columns } = relation
      return statement.kind === 'describe'
        ? settledTexts(
            ['col_name', 'data_type'],
            columns.map(({ name, type }) => [name, type]),
          )
        : settledTexts(
            ['field'],
            columns.map(({ name }) => [name]),
          )
    }
    default:
      throw notHere(engine.name, statement)
  }
}

const notHere = (engine: string, { line }: Statement): Fault =>
  new Fault({
    code: 'remote-statement',
    kind: 'usage',
    message: `Weir does not define tables on ${engine} by a query`,
    where: `the statement that begins on line ${line}`,
    expected: 'SELECT, EXPLAIN, SHOW TABLES, SHOW COLUMNS or DESCRIBE',
    action: `weir ddl ${engine} makes the tables and views that Weir reads`,
  })

const noSuch = (name: string, relations: readonly { readonly name: string }[]): Fault =>
  new Fault({
    code: 'sql-relation',
    kind: 'usage',
    message: `there is no ${name}`,
    expected: relations.map(({ name }) => name).join(', '),
  })
