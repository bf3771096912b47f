import type { Cursor } from './cursor.js'
import type { StatementForm } from './statement.js'

/** `DROP TABLE|VIEW [IF EXISTS] name`, after the word DROP. */
export function drop(cursor: Cursor): StatementForm {
  const kind = cursor.take('TABLE') ? 'drop-table' : cursor.take('VIEW') ? 'drop-view' : undefined
  if (kind === undefined) throw cursor.refused('of DROP Weir carries out DROP TABLE and DROP VIEW', 'TABLE or VIEW')
  const ifExists = cursor.take('IF', 'EXISTS')
  const name = cursor.relation('a name')
  cursor.end()
  return { kind, name, ifExists }
}

/** `MSCK REPAIR TABLE name`, after the word MSCK. */
export function repair(cursor: Cursor): StatementForm {
  cursor.expect('REPAIR', 'TABLE')
  const name = cursor.relation('the name of the table')
  cursor.end()
  return { kind: 'repair-table', name }
}

/** `SHOW TABLES|PARTITIONS|COLUMNS …`, after the word SHOW. */
export function show(cursor: Cursor): StatementForm {
  if (cursor.take('TABLES')) {
    if (cursor.take('IN') || cursor.take('FROM')) cursor.name('the name of a database')
    cursor.take('LIKE')
    const pattern = cursor.token === undefined ? undefined : cursor.string('a pattern')
    cursor.end()
    return pattern === undefined ? { kind: 'show-tables' } : { kind: 'show-tables', pattern }
  }
  if (cursor.take('PARTITIONS')) {
    const name = cursor.relation('the name of the table')
    cursor.end()
    return { kind: 'show-partitions', name }
  }
  if (cursor.take('COLUMNS')) {
    if (!cursor.take('IN')) cursor.expect('FROM')
    const name = cursor.relation('the name of the table')
    if (cursor.take('IN') || cursor.take('FROM')) cursor.name('the name of a database')
    cursor.end()
    return { kind: 'show-columns', name }
  }
  throw cursor.refused('of SHOW Weir carries out SHOW TABLES, SHOW PARTITIONS and SHOW COLUMNS', 'TABLES, PARTITIONS or COLUMNS')
}

/** `DESCRIBE name`, after the word DESCRIBE or DESC. */
export function describe(cursor: Cursor): StatementForm {
  const where = cursor.refused('DESCRIBE takes no options', 'DESCRIBE and the name of a table or view')
  const name = cursor.relation('the name of a table or view')
  if (cursor.token !== undefined && ['extended', 'formatted', 'history'].includes(name)) throw where
  cursor.end()
  return { kind: 'describe', name }
}

/** Whether SHOW TABLES with this pattern lists the name: `*` (or `%`) stands for any characters, `|` for either. */
export function matchesPattern(name: string, pattern: string): boolean {
  return pattern.split('|').some(part => {
    const pieces = part
      .toLowerCase()
      .split(/[*%]/)
      .map(piece => piece.replace(/[.+?^${}()[\]\\]/g, '\\$&'))
    return new RegExp(`^${pieces.join('.*')}$`, 's').test(name.toLowerCase())
  })
}
