import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What was asked of AWS. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
}

/** What is done instead of passing a request on: an answer of one's own, or a body that is cut after some bytes. */
export type Trouble =
  | { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly cutAfter: number }

export interface Proxy {
  readonly endpoint: string
  /** Everything that was asked, in order; emptied by whoever likes. */
  readonly asked: Asked[]
  /** Asked of every request; what it says happens instead. */
  trouble: ((asked: Asked) => Trouble | undefined) | undefined
  /** Called when AWS has answered a request and before the answer is passed on. */
  after: ((asked: Asked, answer: Buffer) => Promise<void>) | undefined
  stop(): Promise<void>
}

/** S3's way of saying no. */
export const s3Error = (status: number, code: string, message: string, headers: Record<string, string> = {}): Trouble => ({
  status,
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  headers: { 'content-type': 'application/xml', ...headers },
})

/** Stands before an emulator, writes down what it is asked and makes trouble over real HTTP. */
export async function startProxy(emulator: string): Promise<Proxy> {
  const server = createServer((incoming, answer) => {
    const url = new URL(incoming.url ?? '/', emulator)
    const asked = {
      method: incoming.method ?? '',
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      headers: incoming.headers,
    }
    proxy.asked.push(asked)
    const trouble = proxy.trouble?.(asked)
    if (trouble && 'status' in trouble) {
      incoming.resume()
      answer.writeHead(trouble.status, trouble.headers).end(trouble.body)
    } else {
      passOn(incoming, answer, asked, trouble?.cutAfter)
    }
  })

  function passOn(incoming: IncomingMessage, answer: ServerResponse, asked: Asked, cutAfter: number | undefined): void {
    const options = { method: asked.method, headers: incoming.headers, path: incoming.url }
    const onward = request(emulator, options, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        void (async () => {
          const body = Buffer.concat(chunks)
          await proxy.after?.(asked, body)
          answer.writeHead(response.statusCode ?? 502, response.headers)
          if (cutAfter === undefined) answer.end(body)
          else answer.write(body.subarray(0, cutAfter), () => setTimeout(() => answer.destroy(), 50))
        })()
      })
    })
    onward.on('error', () => answer.destroy())
    incoming.pipe(onward)
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const proxy: Proxy = {
    endpoint: `http://127.0.0.1:${port}`,
    asked: [],
    trouble: undefined,
    after: undefined,
    stop: () => {
      server.closeAllConnections()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
  return proxy
}
