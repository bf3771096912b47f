import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { LogGroupOptions } from '../../src/source/index.js'
import { describeAws } from './emulator.js'
import { messages, putEvents, records, start, take } from './log-events.js'
import { startProxy, type Asked, type Proxy, type Trouble } from './proxy.js'

const FILTER = 'Logs_20140328.FilterLogEvents'

const isFilter = (asked: Asked) => asked.headers['x-amz-target'] === FILTER
const isEc2 = (asked: Asked) => asked.headers['x-amz-target'] === undefined

/** An answer of CloudWatch Logs, or its way of saying no. */
const answer = (status: number, body: object): Trouble => ({
  status,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/x-amz-json-1.1' },
})
const THROTTLED = answer(400, { __type: 'ThrottlingException', message: 'Rate exceeded' })
const DENIED = answer(400, {
  __type: 'AccessDeniedException',
  message: 'User: u is not authorized to perform: logs:FilterLogEvents',
})

describeAws('trouble with a log group', aws => {
  const streams = {
    'eni-1-all': records('eni-1', 4000),
    'eni-2-all': records('eni-2', 4000),
    'eni-3-all': records('eni-3', 4000),
  }
  const all = messages(Object.values(streams).flat()).sort()
  let proxy: Proxy
  let folder = ''
  beforeAll(async () => {
    proxy = await startProxy(aws.endpoint)
    const client = new CloudWatchLogsClient({ endpoint: aws.endpoint })
    await putEvents(client, 'flow', streams)
    client.destroy()
  })
  afterAll(() => proxy.stop())
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'weir-test-'))
    proxy.asked.length = 0
  })
  afterEach(() => {
    proxy.trouble = undefined
    return rm(folder, { recursive: true })
  })

  const from = (options: Partial<LogGroupOptions> = {}) =>
    take('cloudwatch://flow', { endpointUrl: proxy.endpoint, folder, from: undefined, ...options })

  /** Makes trouble of the requests for events, by their number from 0. */
  function trouble(of: (n: number) => Trouble | undefined): void {
    let requests = 0
    proxy.trouble = asked => (isFilter(asked) ? of(requests++) : undefined)
  }

  test('throttling is waited out', async () => {
    trouble(n => (n < 2 ? THROTTLED : undefined))
    const { lines, unreadable } = await from()
    expect(unreadable).toEqual([])
    expect(lines.sort()).toEqual(all)
  })

  test('a page that is cut in the middle is asked for again, and nothing is doubled', async () => {
    trouble(n => (n === 0 || n === 2 ? { cutAfter: 100_000 } : undefined))
    const { lines, ids, unreadable } = await from()
    expect(unreadable).toEqual([])
    expect(new Set(ids).size).toBe(12_000)
    expect(lines.sort()).toEqual(all)
    expect(proxy.asked.filter(isFilter)).toHaveLength(4)
  })

  test('where reading ends early, what was got stands, and the next run brings the rest', async () => {
    trouble(n => (n === 1 ? DENIED : undefined))
    const first = await from()
    expect(first.ids).toHaveLength(10_000)
    expect(first.unreadable).toEqual([
      { source: 'cloudwatch://flow', reason: expect.stringContaining('access denied') as string },
    ])
    const known = new Set(first.ids)
    const second = await from({ seen: ({ id }) => known.has(id) })
    expect(second.unreadable).toEqual([])
    expect([...first.lines, ...second.lines].sort()).toEqual(all)
  })

  test('an empty page is not the end, and an event that comes again is written once', async () => {
    const event = (eventId: string) => ({ eventId, timestamp: start, message: `line ${eventId}`, logStreamName: 'eni-1-all' })
    const pages = [
      { events: [], nextToken: 'a' },
      { events: [event('1'), event('2')], nextToken: 'b' },
      { events: [event('2'), event('3')] },
    ]
    trouble(n => answer(200, pages[n] ?? {}))
    expect((await from()).lines).toEqual(['line 1', 'line 2', 'line 3'])
    trouble(() => answer(200, { events: [], nextToken: 'again' }))
    expect((await from()).unreadable[0]?.reason).toBe('the service gives the same page again and again')
  })

  test('who may not describe flow logs reads known layouts all the same', async () => {
    proxy.trouble = asked =>
      isEc2(asked)
        ? {
            status: 403,
            body: '<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not authorized to perform this operation.</Message></Error></Errors></Response>',
          }
        : undefined
    const { group, lines, unreadable } = await from()
    expect(group.format).toBeUndefined()
    expect(group.unlearnt).toContain('access denied')
    expect(unreadable).toEqual([])
    expect(lines).toHaveLength(12_000)
  })

  test('credentials that are missing are said by name', async () => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, undefined)
    const { unreadable, stretches } = await from()
    vi.unstubAllEnvs()
    expect(stretches).toEqual([])
    expect(unreadable[0]?.reason).toContain('no AWS credentials were found')
    expect(await readdir(folder)).toEqual([])
  })
})
