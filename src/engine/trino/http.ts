import { setTimeout as sleep } from 'node:timers/promises'
import { faultOfReply } from './errors.js'
import type { Reply } from './protocol.js'

/** Requests to one Trino. Each gives the text of a JSON document, or throws a Fault or the signal's reason. */
export interface Http {
  /** Sends a statement with headers of its own; never a second time, whatever becomes of it. */
  begin(sql: string, own: Headers, signal?: AbortSignal): Promise<string>
  /** Asks for a page; again where nobody answers in its place, since Trino gives the same page under the same address. */
  page(uri: string, signal?: AbortSignal): Promise<string>
  /** Has Trino end a statement. What goes wrong with that is nobody's concern: one that nobody asks for is ended by Trino itself. */
  end(uri: string): Promise<void>
}

/** Pauses before a page is asked for again, in milliseconds; about ten seconds in all. */
const PAUSES = [100, 200, 400, 800, 1600, 3200, 3200]

/** Trino answers within a second or so, with a page or without. */
const SILENCE_MS = 60_000
const END_MS = 5_000

export type Headers = Readonly<Record<string, string>>

export function openHttp(server: URL, headers: Headers): Http {
  return {
    async begin(sql, own, signal) {
      const request = { method: 'POST', body: sql, headers: { ...headers, ...own } }
      const reply = await ask(new URL('v1/statement', directory(server)), request, signal)
      if (reply.kind === 'document') return reply.text
      throw faultOfReply(reply, { asked: 'statement', server })
    },

    async page(uri, signal) {
      let reply = await ask(at(server, uri), { headers }, signal)
      for (const pause of PAUSES) {
        if (!isPassing(reply)) break
        await sleep(pause, undefined, signal && { signal }).catch(() => signal?.throwIfAborted())
        reply = await ask(at(server, uri), { headers }, signal)
      }
      if (reply.kind === 'document') return reply.text
      throw faultOfReply(reply, { asked: 'page', server })
    },

    async end(uri) {
      await ask(at(server, uri), { method: 'DELETE', headers }, undefined, END_MS)
    },
  }
}

/** What gateways say while they reach no Trino, and who has more requests than it answers. */
const isPassing = (reply: Reply): boolean =>
  reply.kind === 'nothing' || (reply.kind === 'status' && [429, 502, 503, 504].includes(reply.status))

const directory = ({ href }: URL): string => (href.endsWith('/') ? href : `${href}/`)

/** A page's address at the server that was named: behind a gateway or a tunnel Trino calls itself by another name. */
function at(server: URL, uri: string): URL {
  const { pathname, search } = new URL(uri)
  return new URL(`${pathname}${search}`, server)
}

async function ask(url: URL, request: RequestInit, signal?: AbortSignal, silence = SILENCE_MS): Promise<Reply> {
  signal?.throwIfAborted()
  const ending = new AbortController()
  const end = (): void => ending.abort()
  const timer = setTimeout(() => ending.abort(new Error(`no answer within ${silence / 1000} s`)), silence)
  signal?.addEventListener('abort', end)
  try {
    const response = await fetch(url, { ...request, redirect: 'manual', signal: ending.signal })
    const text = await response.text()
    return response.status === 200 ? { kind: 'document', text } : { kind: 'status', status: response.status, text }
  } catch (error) {
    signal?.throwIfAborted()
    return { kind: 'nothing', error }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', end)
  }
}
