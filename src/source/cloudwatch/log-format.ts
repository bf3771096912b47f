import type { DescribeFlowLogsCommandOutput, EC2Client, FlowLog } from '@aws-sdk/client-ec2'
import { Fault } from '../../fault/index.js'
import { layoutOfFields } from '../../format/index.js'
import type { GroupName } from './group.js'

/** The format in which a group's events are written. */
export interface LogFormat {
  /** Names in AWS's spelling, from left to right. */
  readonly fields: readonly string[]
  /** Events before this time, in ms, were written by flow logs that are gone: their format is not known. */
  readonly since: number
}

/** Field names of a flow log's `LogFormat`, such as `${version} ${account-id}`; undefined where the text is none. */
export function fieldsOfLogFormat(text: string): readonly string[] | undefined {
  try {
    const names = layoutOfFields(text).map(field => field.name)
    return names.length > 0 ? names : undefined
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

/**
 * The format of a group, from the flow logs that write to it. A flow log's format cannot be changed, only a new one be created:
 * what is older than all of them has a format that nobody remembers. Where flow logs of different formats share a group, a line's
 * format depends on its log stream and no header is right for all: then it is undefined, as it is where nothing writes here.
 */
export function formatOfGroup(flowLogs: readonly FlowLog[]): LogFormat | undefined {
  const formats = flowLogs.map(flowLog => fieldsOfLogFormat(flowLog.LogFormat ?? ''))
  const [fields] = formats
  if (fields === undefined || formats.some(other => other?.join(' ') !== fields.join(' '))) return undefined
  return { fields, since: Math.min(...flowLogs.map(flowLog => flowLog.CreationTime?.getTime() ?? -Infinity)) }
}

/** The flow logs that write to a group, by DescribeFlowLogs. */
export async function flowLogsOf(group: GroupName, client: EC2Client, signal?: AbortSignal): Promise<readonly FlowLog[]> {
  const { DescribeFlowLogsCommand } = await import('@aws-sdk/client-ec2')
  const flowLogs: FlowLog[] = []
  let token: string | undefined
  do {
    const page: DescribeFlowLogsCommandOutput = await client.send(
      new DescribeFlowLogsCommand({ Filter: [{ Name: 'log-group-name', Values: [group.name] }], NextToken: token }),
      signal ? { abortSignal: signal } : {},
    )
    flowLogs.push(...(page.FlowLogs ?? []))
    token = page.NextToken
  } while (token)
  return flowLogs.filter(flowLog => !isElsewhere(flowLog.LogDestination, group))
}

/** Groups of one name stand in many accounts. */
function isElsewhere(destination: string | undefined, { account }: GroupName): boolean {
  const named = destination?.split(':')[4]
  return account !== undefined && named !== undefined && named !== account
}
