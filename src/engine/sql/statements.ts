import { Fault } from '../../fault/index.js'
import { alterTable } from './ddl/alter-table.js'
import { describe, drop, repair, show } from './ddl/catalog-statements.js'
import { createTable } from './ddl/create-table.js'
import { Cursor, isWord } from './ddl/cursor.js'
import { beginsQuery, createView, explain, queryText } from './ddl/query.js'
import type { Statement, StatementForm } from './ddl/statement.js'
import { placeOf, placeText, tokensOf, type Grammar, type Token } from './lexer.js'

export type { ColumnDefinition, TableDefinition } from './ddl/definition.js'
export type { PartitionDefinition, Statement, StatementForm } from './ddl/statement.js'

/** What a statement may be, as errors tell it. */
export const allowedStatements =
  'SELECT, WITH, VALUES, EXPLAIN, CREATE EXTERNAL TABLE, CREATE [OR REPLACE] VIEW, DROP TABLE, DROP VIEW, ' +
  'ALTER TABLE … ADD PARTITION, MSCK REPAIR TABLE, SHOW TABLES, SHOW PARTITIONS, SHOW COLUMNS, DESCRIBE'

/**
 * The statements of a script, parted by semicolons, in order. Queries are only recognised here; the translator reads them.
 * Throws a Fault of kind `usage`: `sql-syntax` for what is no statement, `sql-refused` for one that Weir does not carry out.
 */
export function statementsOf(text: string): Statement[] {
  return pieces(text).map(tokens => {
    const first = tokens[0]
    const last = tokens.at(-1)
    const start = first?.start ?? 0
    return { ...statement(new Cursor(text, tokens)), text: text.slice(start, last?.end), ...placeOf(text, start) }
  })
}

function statement(cursor: Cursor): StatementForm {
  if (beginsQuery(cursor)) return { kind: 'query', sql: queryText(cursor) }
  if (cursor.take('EXPLAIN')) return explain(cursor)
  if (cursor.take('CREATE')) {
    if (cursor.at('VIEW') || cursor.at('OR')) return createView(cursor)
    if (cursor.at('TABLE') || cursor.at('EXTERNAL')) return createTable(cursor)
    throw cursor.refused('of CREATE Weir carries out CREATE EXTERNAL TABLE and CREATE VIEW', allowedStatements)
  }
  if (cursor.take('DROP')) return drop(cursor)
  if (cursor.take('ALTER')) return alterTable(cursor)
  if (cursor.take('MSCK')) return repair(cursor)
  if (cursor.take('SHOW')) return show(cursor)
  if (cursor.take('DESCRIBE') || cursor.take('DESC')) return describe(cursor)
  throw cursor.refused(`${cursor.token?.raw ?? ''} begins no statement that Weir carries out`, allowedStatements)
}

/** The tokens of each statement. Which grammar reads one, and so where it ends, its first words tell. */
function pieces(text: string): Token[][] {
  const found: Token[][] = []
  let stream = tokensOf(text, 0, 'query')
  let next = 0
  for (;;) {
    while (isWord(stream.tokens[next], ';')) next += 1
    const first = stream.tokens[next]
    if (first === undefined) {
      if (stream.broken === undefined) return found
      throw broken(text, stream.broken)
    }
    const grammar = grammarOf(stream.tokens, next)
    if (grammar !== stream.grammar) {
      stream = tokensOf(text, first.start, grammar)
      next = 0
    }
    const end = stream.tokens.findIndex((token, i) => i >= next && isWord(token, ';'))
    if (end === -1 && stream.broken !== undefined) throw broken(text, stream.broken)
    const past = end === -1 ? stream.tokens.length : end
    found.push(stream.tokens.slice(next, past))
    next = past
  }
}

const hiveWords = ['ALTER', 'MSCK', 'SHOW', 'DESCRIBE', 'DESC', 'DROP']

function grammarOf(tokens: readonly Token[], at: number): Grammar {
  const [first, second] = tokens.slice(at, at + 2)
  if (isWord(first, 'CREATE')) return isWord(second, 'EXTERNAL') || isWord(second, 'TABLE') ? 'ddl' : 'query'
  return hiveWords.some(word => isWord(first, word)) ? 'ddl' : 'query'
}

function broken(text: string, { at, message }: { at: number; message: string }): Fault {
  return new Fault({
    code: 'sql-syntax',
    kind: 'usage',
    message,
    where: placeText(placeOf(text, at)),
    expected: 'quotes and comments that end',
  })
}
