import { Fault } from '../../fault/index.js'
import type { Failure, Reply } from './protocol.js'

/** What a statement that Trino refuses is called where Weir refuses it itself. */
const REFUSALS: Readonly<Record<string, string>> = {
  SYNTAX_ERROR: 'sql-syntax',
  COLUMN_NOT_FOUND: 'sql-column',
  FUNCTION_NOT_FOUND: 'sql-function',
  TYPE_MISMATCH: 'sql-type',
}

const ABSENT: Readonly<Record<string, string>> = {
  CATALOG_NOT_FOUND: 'name another catalog: SHOW CATALOGS lists them',
  SCHEMA_NOT_FOUND: 'weir ddl trino --apply makes it',
  TABLE_NOT_FOUND: 'weir ddl trino --apply makes the tables and views',
}

/** What Trino says of a statement that failed. */
export function faultOfFailure(failure: Failure, id: string): Fault {
  const { errorName: name, errorType: type, errorLocation: place } = failure
  const message = failure.message.replace(/^line \d+:\d+: /, '')
  const detail = { message, where: `trino, query ${id}${place ? `, ${placeOf(place)}` : ''}` }
  const absent = ABSENT[name]
  if (absent !== undefined) return new Fault({ ...detail, code: 'remote-table', kind: 'engine', action: absent })
  if (name === 'PERMISSION_DENIED')
    return new Fault({ ...detail, code: 'remote-denied', kind: 'engine', action: 'grant it to the user, or name another one' })
  if (type === 'INSUFFICIENT_RESOURCES')
    return new Fault({
      ...detail,
      code: 'remote-limit',
      kind: 'engine',
      message: `Trino ended the query at a limit: ${message} (${name})`,
      action: 'ask for less (--since, --until), or raise the limit',
    })
  if (name === 'USER_CANCELED' || name === 'ADMINISTRATIVELY_KILLED')
    return new Fault({ ...detail, code: 'remote-killed', kind: 'engine', message: `somebody ended the query: ${message}` })
  if (name === 'ABANDONED_QUERY')
    return new Fault({
      ...detail,
      code: 'remote-killed',
      kind: 'engine',
      action: 'take the rows faster, or write them to a file first',
    })
  if (type !== 'USER_ERROR')
    return new Fault({ ...detail, code: 'remote-failed', kind: 'engine', message: `Trino failed: ${message} (${name})` })
  if (place) return new Fault({ ...detail, code: REFUSALS[name] ?? 'sql-refused', kind: 'usage', where: placeOf(place) })
  return new Fault({
    ...detail,
    code: 'query-failed',
    kind: 'engine',
    action: 'guard the expression with TRY(…), TRY_CAST or NULLIF',
  })
}

const placeOf = ({ lineNumber, columnNumber }: NonNullable<Failure['errorLocation']>): string =>
  `line ${lineNumber}, column ${columnNumber}`

interface Request {
  readonly asked: 'statement' | 'page'
  readonly server: URL
}

/** Why no document came. */
export function faultOfReply(reply: Exclude<Reply, { readonly kind: 'document' }>, { asked, server }: Request): Fault {
  const where = server.origin
  if (reply.kind === 'nothing')
    return asked === 'statement' ? unreached(reply.error, where) : gone(reasonOf(reply.error), where, reply.error)
  const { status } = reply
  const said = reply.text.trim().split('\n')[0]?.slice(0, 200) ?? ''
  if (status === 401)
    return new Fault({
      code: 'remote-credentials',
      kind: 'engine',
      message: `Trino does not accept the user, the password or the token${asClause(said)}`,
      where,
      action: 'check what the configuration says of them',
    })
  if (status === 403)
    return new Fault({ code: 'remote-denied', kind: 'engine', message: `Trino denies access${asClause(said)}`, where })
  if (asked === 'statement')
    return new Fault({
      code: 'remote-answer',
      kind: 'engine',
      message: `what answers is no Trino that is ready: HTTP ${status}${asClause(said)}`,
      where,
      expected: 'HTTP 200',
      action: 'check the address, or run again; the statement was not begun',
    })
  if ([502, 503, 504].includes(status)) return gone(`HTTP ${status}`, where)
  return new Fault({
    code: 'remote-page',
    kind: 'engine',
    message: `a page of the result is lost: HTTP ${status}${asClause(said)}`,
    where,
    action: 'run again: Trino has ended the query, or another one stands in its place',
  })
}

const gone = (reason: string, where: string, cause?: unknown): Fault =>
  new Fault({
    code: 'remote-gone',
    kind: 'engine',
    message: `Trino went away in the middle of the query: ${reason}`,
    where,
    action: 'run again once it is back; nothing was sent twice',
    cause,
  })

function unreached(error: unknown, where: string): Fault {
  const reason = reasonOf(error)
  const isTls = /CERT|SIGNATURE|TLS|SSL/.test(codeOf(error) ?? '')
  return new Fault({
    code: 'remote-unreachable',
    kind: 'engine',
    message: `Trino cannot be reached: ${reason}`,
    where,
    action: isTls ? 'name the file of its authority in NODE_EXTRA_CA_CERTS' : 'check the address and that it runs',
    cause: error,
  })
}

const asClause = (said: string): string => (said === '' ? '' : `: ${said}`)

/** `fetch` says only that it failed; why is its cause. */
function codeOf(error: unknown): string | undefined {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
}

function reasonOf(error: unknown): string {
  const code = codeOf(error)
  if (code === 'ECONNREFUSED') return 'the connection is refused'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'there is no such host'
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET') return 'the connection was cut'
  const cause = error instanceof Error ? (error.cause ?? error) : error
  return cause instanceof Error ? cause.message : String(cause)
}
