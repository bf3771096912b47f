import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { join } from 'node:path'
import { layoutOfFields, layoutOfHeader } from '../../format/index.js'
import { clientConfig, type AwsOptions } from '../aws/options.js'
import { reasonOfAws } from '../aws/reason.js'
import type { UnreadableSource } from '../find.js'
import { groupOf, type GroupName } from './group.js'
import { flowLogsOf, formatOfGroup, type LogFormat } from './log-format.js'
import { hasStream, pagesOf, prefixesOf, type LogEvent } from './pages.js'
import { StretchWriter, type EventKey, type EventStretch } from './stretch.js'

export interface LogGroupOptions extends AwsOptions {
  /** In ms, inclusive; all that the group still has where undefined. */
  readonly from: number | undefined
  /** In ms, exclusive. */
  readonly to: number
  /** Names of log streams, or how they begin; all when empty. */
  readonly streams: readonly string[]
  /** The fields of a line; where undefined they are learnt from the flow logs that write to the group, when that is permitted. */
  readonly fields: string | undefined
  /** Where stretches are written. Whoever takes a stretch removes its file. */
  readonly folder: string
  /** Events that stand in the lake already are left out. */
  readonly seen: (event: EventKey) => boolean
  /** 500,000 where undefined. */
  readonly stretchEvents?: number
}

/** A log group of CloudWatch Logs that flow logs are delivered to. */
export interface LogGroup {
  readonly group: string
  /** The format of its lines, where it is given or could be learnt. */
  readonly format: LogFormat | undefined
  /** Why the format could not be learnt: commonly for want of `ec2:DescribeFlowLogs`. Lines of a known layout are read all the same. */
  readonly unlearnt: string | undefined
  /**
   * The events of the time range that were not seen, in the order of time within each of `streams`, each id once. Where reading
   * ends early, what was got stands in the last stretch and the reason in `unreadable`; events that were not got come with the
   * next run. Throws only where a file cannot be written, or `signal` was given.
   */
  stretches(): AsyncGenerator<EventStretch>
  /** Filled as stretches are read. */
  readonly unreadable: readonly UnreadableSource[]
  close(): void
}

const STRETCH_EVENTS = 500_000

/** A quota of five requests per second is shared by all who read an account's logs: patience is the answer to throttling. */
const ATTEMPTS = 10

/** The region that a group stands in: its ARN tells, else it is where the client is; undefined where nothing says where that is. */
export async function regionOfGroup(url: string, options: AwsOptions): Promise<string | undefined> {
  const group = groupOf(url)
  if (group.region !== undefined) return group.region
  const { CloudWatchLogsClient } = await import('@aws-sdk/client-cloudwatch-logs')
  const client = new CloudWatchLogsClient(await clientConfig(options))
  try {
    return await client.config.region().catch(() => undefined)
  } finally {
    client.destroy()
  }
}

/** Opens `cloudwatch://group`, or a group by its ARN. Nothing is read yet but the format; a name that is none is a Fault. */
export async function openLogGroup(url: string, options: LogGroupOptions): Promise<LogGroup> {
  const group = groupOf(url)
  const given = options.fields === undefined ? undefined : layoutOfFields(options.fields).map(field => field.name)
  const aws = await clientConfig({ ...options, region: group.region ?? options.region }, group.account)
  const { CloudWatchLogsClient } = await import('@aws-sdk/client-cloudwatch-logs')
  const client = new CloudWatchLogsClient({ ...aws, maxAttempts: ATTEMPTS })
  if (given) return new OpenLogGroup(group, client, options, { fields: given, since: -Infinity }, undefined)
  const { EC2Client } = await import('@aws-sdk/client-ec2')
  const ec2 = new EC2Client(aws)
  try {
    const format = formatOfGroup(await flowLogsOf(group, ec2, options.signal))
    return new OpenLogGroup(group, client, options, format, undefined)
  } catch (error) {
    options.signal?.throwIfAborted()
    return new OpenLogGroup(group, client, options, undefined, reasonOfAws(error))
  } finally {
    ec2.destroy()
  }
}

class OpenLogGroup implements LogGroup {
  readonly group: string
  readonly unreadable: UnreadableSource[] = []
  #files = 0

  constructor(
    private readonly name: GroupName,
    private readonly client: CloudWatchLogsClient,
    private readonly options: LogGroupOptions,
    readonly format: LogFormat | undefined,
    readonly unlearnt: string | undefined,
  ) {
    this.group = name.name
  }

  async *stretches(): AsyncGenerator<EventStretch> {
    const { stretchEvents = STRETCH_EVENTS, seen, signal } = this.options
    let before = new Set<string>()
    let ids = new Set<string>()
    let writer: StretchWriter | undefined
    let header: string | undefined
    try {
      for await (const page of this.#pages()) {
        for (const event of page) {
          if (ids.has(event.id) || before.has(event.id) || seen(event)) continue
          const due = this.#headerAt(event.time)
          if (writer && (writer.size >= stretchEvents || due !== header)) {
            const stretch: EventStretch = await writer.end(this.group)
            writer = undefined
            before = ids
            ids = new Set()
            yield stretch
          }
          writer ??= await StretchWriter.open(this.#nextPath(), due)
          header = due
          ids.add(event.id)
          writer.add({ id: event.id, time: event.time }, event.message)
        }
        await writer?.flush()
        signal?.throwIfAborted()
      }
      const last = await writer?.end(this.group)
      writer = undefined
      if (last) yield last
    } finally {
      await writer?.discard()
    }
  }

  /** Pages of all streams asked for, as far as they can be read. */
  async *#pages(): AsyncGenerator<readonly LogEvent[]> {
    const { from, to, streams, signal } = this.options
    if (from !== undefined && from >= to) return
    for (const prefix of prefixesOf(streams)) {
      const source = `cloudwatch://${this.group}${prefix === undefined ? '' : ` (streams ${prefix}…)`}`
      let isEmpty = true
      try {
        for await (const page of pagesOf(this.name, this.client, { from, to, prefix, signal })) {
          if (page.length === 0) continue
          isEmpty = false
          yield page
        }
      } catch (error) {
        signal?.throwIfAborted()
        this.unreadable.push({ source, reason: reasonOfAws(error) })
        continue
      }
      if (isEmpty && prefix !== undefined && !(await this.#hasStream(prefix)))
        this.unreadable.push({ source, reason: 'no log stream has a name that begins so' })
    }
  }

  /** Where listing streams is not permitted, nobody can say that there is none. */
  async #hasStream(prefix: string): Promise<boolean> {
    return hasStream(this.name, this.client, prefix).catch(() => true)
  }

  #headerAt(time: number): string | undefined {
    if (!this.format || time < this.format.since) return undefined
    const header = this.format.fields.join(' ')
    return layoutOfHeader(header) ? header : undefined
  }

  #nextPath(): string {
    return join(this.options.folder, `events-${String(++this.#files).padStart(6, '0')}.log`)
  }

  close(): void {
    this.client.destroy()
  }
}
