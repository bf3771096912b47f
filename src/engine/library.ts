import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '../fault/index.js'
import { statementsOf } from './sql/statements.js'

/** A question that Weir brings with it. */
export interface SavedQuery {
  /** The file's name without `.sql`. */
  readonly name: string
  readonly title: string
  readonly description: string
  /** One query in Athena's SQL, without the lines at the head. */
  readonly sql: string
}

/**
 * The saved queries of a folder, by name: files `*.sql` that begin with `-- title:` and `-- description:` and hold one query.
 * Throws a Fault `saved-query` that names the file which is none.
 */
export function savedQueries(folder: string): SavedQuery[] {
  return readdirSync(folder)
    .filter(file => file.endsWith('.sql'))
    .sort()
    .map(file => savedQuery(file, readFileSync(join(folder, file), 'utf8')))
}

function savedQuery(file: string, text: string): SavedQuery {
  const head = new Map([...text.matchAll(/^-- (\w+): *(.*?)\s*$/gm)].map(([, key = '', value = '']) => [key, value]))
  const [title, description] = [head.get('title') ?? '', head.get('description') ?? '']
  const [statement, ...others] = statementsOf(text)
  if (title === '' || description === '' || statement?.kind !== 'query' || others.length > 0) {
    throw new Fault({
      code: 'saved-query',
      kind: 'usage',
      message: `${file} is no saved query`,
      where: file,
      expected: 'a line -- title:, a line -- description:, then one query',
    })
  }
  return { name: file.slice(0, -'.sql'.length), title, description, sql: statement.sql }
}
