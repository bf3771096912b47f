import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { z } from 'zod'
import { savedQueries, type SavedQuery } from '../../engine/index.js'
import { Fault } from '../../fault/index.js'
import type { Effects } from '../effects.js'
import { withLake } from './lake.js'

/** What is asked, and of whom. */
export interface Script {
  readonly sql: string
  readonly sources: readonly string[]
}

const shape = z.object({
  file: z.string().optional(),
  saved: z.string().optional(),
  list: z.boolean().default(false),
})

export function withScript(command: Command): Command {
  return withLake(command)
    .argument('[sql]', 'SQL in the dialect of Athena, or - for standard input; left out with -f and --saved')
    .argument('[source...]', 'files, folders, globs, -, a lake, s3://bucket/prefix or cloudwatch://log-group (default: the lake)')
    .option('-f, --file <file>', 'a file of statements')
    .option('--saved <name>', 'a question that comes with Weir')
    .option('--list', 'list the questions that come with Weir')
}

/** The questions that come with Weir, seen from src/cli/options and from dist/cli/options alike. */
export const library = (): SavedQuery[] => savedQueries(fileURLToPath(new URL('../../../queries/', import.meta.url)))

/** The script that the command line gives, or `list`. Throws a Fault of kind `usage` where it gives none, or two. */
export async function scriptOf(command: Command, effects: Effects): Promise<Script | 'list'> {
  const { file, saved, list } = shape.parse(command.opts())
  if ([file !== undefined, saved !== undefined, list].filter(Boolean).length > 1) {
    throw wrong('-f, --saved and --list exclude each other', 'one of them')
  }
  if (list) return 'list'
  if (saved !== undefined) return { sql: savedQuery(saved).sql, sources: command.args }
  if (file !== undefined && file !== '-') return { sql: textOf(file), sources: command.args }
  const [first, ...others] = command.args
  const [sql, sources] = file === '-' ? ['-', command.args] : [first, others]
  if (sql === undefined)
    throw wrong('there is no SQL', 'SQL as the first argument, - for standard input, -f FILE or --saved NAME')
  if (sql !== '-' && existsSync(sql)) throw noSqlFault(sql)
  if (sql !== '-') return { sql, sources }
  if (sources.includes('-')) throw wrong('standard input cannot be both the SQL and a SOURCE', 'the SQL in a file: -f FILE')
  return { sql: await allOf(effects.stdin), sources }
}

/** A file or folder stands where the SQL should. */
function noSqlFault(path: string): Fault {
  const action = path.endsWith('.sql') ? `weir query -f ${path} SOURCE` : `weir query "SELECT …" ${path}`
  return new Fault({
    code: 'query-usage',
    kind: 'usage',
    message: `${path} stands where the SQL should`,
    where: 'weir query',
    expected: 'SQL as the first argument',
    action,
  })
}

function savedQuery(name: string): SavedQuery {
  const known = library()
  const found = known.find(query => query.name === name)
  if (found) return found
  throw new Fault({
    code: 'query-unknown',
    kind: 'usage',
    message: `no question that comes with Weir is named ${name}`,
    expected: known.map(query => query.name).join(', '),
    action: 'weir query --list',
  })
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new Fault({ code: 'query-file', kind: 'usage', message, where: file, expected: 'a readable file of statements', cause })
  }
}

async function allOf(stdin: Effects['stdin']): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks).toString('utf8')
}

const wrong = (message: string, expected: string): Fault =>
  new Fault({ code: 'query-usage', kind: 'usage', message, where: 'weir query', expected, action: 'weir query --help' })
