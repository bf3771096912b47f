import type { CloudWatchLogsClient, FilteredLogEvent, FilterLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs'
import type { GroupName } from './group.js'

export interface LogEvent {
  readonly id: string
  /** In ms. */
  readonly time: number
  readonly message: string
}

export interface PageOptions {
  /** In ms, inclusive. */
  readonly from: number | undefined
  /** In ms, exclusive. */
  readonly to: number
  /** How names of log streams begin; all when undefined. */
  readonly prefix: string | undefined
  readonly signal: AbortSignal | undefined
}

/** How the calls of CloudWatch Logs name a group: one of another account is known by its ARN only. */
const groupInput = ({ name, arn }: GroupName) => (arn === undefined ? { logGroupName: name } : { logGroupIdentifier: arn })

/**
 * Pages of a group's events by FilterLogEvents, the one call that gives event ids, in the order of time. Only a page without a
 * token is the last: an empty one means that the service is still looking.
 */
export async function* pagesOf(
  group: GroupName,
  client: CloudWatchLogsClient,
  { from, to, prefix, signal }: PageOptions,
): AsyncGenerator<readonly LogEvent[]> {
  const { FilterLogEventsCommand } = await import('@aws-sdk/client-cloudwatch-logs')
  let token: string | undefined
  do {
    const page: FilterLogEventsCommandOutput = await client.send(
      new FilterLogEventsCommand({
        ...groupInput(group),
        logStreamNamePrefix: prefix,
        startTime: from,
        endTime: to - 1,
        // AWS orders all streams by time whatever is asked; emulators have to be asked.
        interleaved: true,
        nextToken: token,
      }),
      signal ? { abortSignal: signal } : {},
    )
    if (page.nextToken !== undefined && page.nextToken === token)
      throw new Error('the service gives the same page again and again')
    token = page.nextToken
    yield (page.events ?? []).filter(event => event.logStreamName?.startsWith(prefix ?? '') ?? true).map(eventOf)
  } while (token)
}

function eventOf({ eventId, timestamp, message }: FilteredLogEvent): LogEvent {
  if (eventId === undefined || timestamp === undefined) throw new Error('the service gave an event without an id or a time')
  return { id: eventId, time: timestamp, message: message ?? '' }
}

/** Whether a group has a log stream whose name begins so, by DescribeLogStreams. */
export async function hasStream(group: GroupName, client: CloudWatchLogsClient, prefix: string): Promise<boolean> {
  const { DescribeLogStreamsCommand } = await import('@aws-sdk/client-cloudwatch-logs')
  const page = await client.send(new DescribeLogStreamsCommand({ ...groupInput(group), logStreamNamePrefix: prefix, limit: 1 }))
  return (page.logStreams ?? []).length > 0
}

/** The prefixes that no other one covers, so that no stream is read twice; `[undefined]`, for all streams, where there are none. */
export const prefixesOf = (streams: readonly string[]): readonly (string | undefined)[] => {
  const distinct = [...new Set(streams)]
  const widest = distinct.filter(name => !distinct.some(other => other !== name && name.startsWith(other)))
  return widest.length > 0 ? widest : [undefined]
}
