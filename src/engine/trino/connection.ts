import { Fault } from '../../fault/index.js'
import type { RemoteConnection, RemoteRun } from '../remote/connection.js'
import { openHttp } from './http.js'
import { Statement } from './statement.js'

export interface TrinoOptions {
  /** `https://host:port`; `http://` where no password or token is given, or on this machine. */
  readonly url: string
  readonly user: string
  readonly password?: string | undefined
  /** A JWT or OAuth 2.0 token, in place of a password. */
  readonly token?: string | undefined
  readonly catalog: string
  readonly schema: string
}

/**
 * A Trino, reached over its own HTTP protocol. The npm package `trino-client` (0.2.9) reads pages with JSON.parse, which makes
 * 9007199254740992 of the bigint 9007199254740993, so the protocol is spoken here. Nothing is sent before the first statement.
 */
export async function connectTrino(options: TrinoOptions): Promise<RemoteConnection> {
  const http = openHttp(addressOf(options), headersOf(options))
  const running = new Set<Statement>()
  return {
    name: 'trino',
    run(sql: string, { signal }: RemoteRun = {}) {
      const statement = new Statement(http, signal, () => running.delete(statement))
      running.add(statement)
      return statement.begin(sql)
    },
    async close() {
      await Promise.all([...running].map(statement => statement.end()))
    },
  }
}

function addressOf({ url, password, token }: TrinoOptions): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined
  if (!address || !['http:', 'https:'].includes(address.protocol) || hasUser(address))
    throw new Fault({
      code: 'trino-url',
      kind: 'usage',
      message:
        address && hasUser(address) ? 'the address of Trino holds a user or a password' : `${url} is no address of a Trino`,
      expected: 'https://host:port',
      action: 'give the user and the password by themselves',
    })
  if (address.protocol === 'http:' && (password ?? token) !== undefined && !isLoopback(address.hostname))
    throw new Fault({
      code: 'trino-url',
      kind: 'usage',
      message: 'a password or token would go over the network as plain text',
      where: url,
      expected: 'https://',
    })
  return address
}

const hasUser = ({ username, password }: URL): boolean => username !== '' || password !== ''

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host)

function headersOf({ user, password, token, catalog, schema }: TrinoOptions): Readonly<Record<string, string>> {
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
    throw new Fault({
      code: 'trino-token',
      kind: 'usage',
      message: 'the token of Trino holds a space, a line break or another sign that no token has',
      where: 'WEIR_TRINO_TOKEN, trino.token in weir.yaml',
      expected: 'one line, as it was given out',
    })
  const basic = (): string => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  return {
    ...(token !== undefined ? { Authorization: `Bearer ${token}` } : password !== undefined ? { Authorization: basic() } : {}),
    'X-Trino-User': user,
    'X-Trino-Source': 'weir',
    'X-Trino-Catalog': catalog,
    'X-Trino-Schema': schema,
    'X-Trino-Time-Zone': 'UTC',
    'X-Trino-Client-Capabilities': 'PARAMETRIC_DATETIME',
  }
}
