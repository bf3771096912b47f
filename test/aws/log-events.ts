import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  ResourceAlreadyExistsException,
  type CloudWatchLogsClient,
} from '@aws-sdk/client-cloudwatch-logs'
import { readFile } from 'node:fs/promises'
import { openLogGroup, type LogGroupOptions } from '../../src/source/index.js'

export interface PutEvent {
  /** In ms. */
  readonly time: number
  readonly message: string
}

const HOUR = 3_600_000
export const now = Date.now()

/** When the first record begins: CloudWatch takes no events that are older than two weeks. */
export const start = now - HOUR

/** A record of version 2, `i` seconds after the start. */
export function record(eni: string, i: number): PutEvent {
  const seconds = Math.floor(start / 1000) + i
  const message = `2 123456789012 ${eni} 10.0.0.${i % 250} 10.1.0.1 ${1024 + i} 443 6 10 ${100 + i} ${seconds} ${seconds + 60} ACCEPT OK`
  return { time: start + i * 1000, message }
}

export const records = (eni: string, count: number): PutEvent[] => Array.from({ length: count }, (_, i) => record(eni, i))

export const messages = (events: readonly PutEvent[]): string[] => events.map(event => event.message)

/** Puts events into streams of a group, which is made where there is none. */
export async function putEvents(
  client: CloudWatchLogsClient,
  logGroupName: string,
  streams: Readonly<Record<string, readonly PutEvent[]>>,
): Promise<void> {
  await client.send(new CreateLogGroupCommand({ logGroupName })).catch(unlessThere)
  for (const [logStreamName, events] of Object.entries(streams)) {
    await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName })).catch(unlessThere)
    const logEvents = events.map(({ time, message }) => ({ timestamp: time, message }))
    await client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }))
  }
}

function unlessThere(error: unknown): void {
  if (!(error instanceof ResourceAlreadyExistsException)) throw error
}

/** All that reading a group brings, with the lines of its stretches. */
export async function take(url: string, options: Pick<LogGroupOptions, 'folder' | 'endpointUrl'> & Partial<LogGroupOptions>) {
  const asked = { from: start, to: now + HOUR, streams: [], fields: undefined, seen: () => false }
  const group = await openLogGroup(url, { ...asked, ...options })
  const stretches = []
  for await (const stretch of group.stretches()) {
    const lines = (await readFile(stretch.path, 'utf8')).split('\n').slice(0, -1)
    stretches.push({ ...stretch, lines })
  }
  group.close()
  const lines = stretches.flatMap(stretch => stretch.lines)
  const ids = stretches.flatMap(stretch => stretch.events.map(event => event.id))
  return { group, stretches, lines, ids, unreadable: group.unreadable }
}
