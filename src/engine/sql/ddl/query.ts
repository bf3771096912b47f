import { quotedName } from '../quote.js'
import type { Cursor } from './cursor.js'
import { tokensOf } from '../lexer.js'
import type { StatementForm } from './statement.js'

const openers = ['SELECT', 'WITH', 'VALUES', 'TABLE', '(']

export function beginsQuery(cursor: Cursor): boolean {
  return openers.some(word => cursor.at(word))
}

/** A query, from its first word to its end, for the translator to read. */
export function queryText(cursor: Cursor): string {
  if (!beginsQuery(cursor)) throw cursor.syntax('a query (SELECT, WITH, VALUES)')
  return cursor.rest('a query')
}

/** `EXPLAIN query`, after the word EXPLAIN. */
export function explain(cursor: Cursor): StatementForm {
  if (cursor.at('ANALYZE') || cursor.at('VERBOSE') || cursor.at('(', 'TYPE') || cursor.at('(', 'FORMAT')) {
    throw cursor.refused('EXPLAIN takes no options', 'EXPLAIN and a query')
  }
  return { kind: 'explain', sql: queryText(cursor) }
}

/** `CREATE [OR REPLACE] VIEW name AS query`, after the word CREATE. */
export function createView(cursor: Cursor): StatementForm {
  const orReplace = cursor.take('OR', 'REPLACE')
  cursor.expect('VIEW')
  const name = cursor.relation('the name of the view')
  cursor.expect('AS')
  return { kind: 'create-view', name, orReplace, sql: queryText(cursor) }
}

/** A view as text: reading it gives the same view. */
export function printView(name: string, sql: string): string {
  const end = tokensOf(sql, 0, 'query').tokens.at(-1)?.end
  return `CREATE OR REPLACE VIEW ${quotedName(name)} AS\n${sql.slice(0, end)}`
}
