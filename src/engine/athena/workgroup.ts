import type { AthenaClient } from '@aws-sdk/client-athena'
import { Fault } from '../../fault/index.js'
import { reasonOfAws, troubleOfAws } from '../../source/index.js'
import { faultOfRequest } from './faults.js'

/** What a workgroup says of the statements that run in it. */
export interface Workgroup {
  readonly name: string
  /** Bytes above which Athena itself ends a statement: `BytesScannedCutoffPerQuery`. Nothing bounds them where undefined. */
  readonly cutoff: number | undefined
  /** Its own place of results is taken whatever a client says, and a table cannot be put elsewhere. */
  readonly isEnforced: boolean
  /** Why the settings could not be read: commonly for want of `athena:GetWorkGroup`; the cut-off is unknown then. */
  readonly unread: string | undefined
}

/** Reads a workgroup's settings. Throws a Fault where there is no such workgroup, or nowhere to put results. */
export async function readWorkgroup(client: AthenaClient, name: string, output: string | undefined): Promise<Workgroup> {
  const { GetWorkGroupCommand } = await import('@aws-sdk/client-athena')
  try {
    const { WorkGroup } = await client.send(new GetWorkGroupCommand({ WorkGroup: name }))
    if (WorkGroup?.State === 'DISABLED') throw disabled(name)
    const { BytesScannedCutoffPerQuery, EnforceWorkGroupConfiguration, ResultConfiguration, ManagedQueryResultsConfiguration } =
      WorkGroup?.Configuration ?? {}
    const hasOutput = ResultConfiguration?.OutputLocation !== undefined || ManagedQueryResultsConfiguration?.Enabled === true
    if (output === undefined && !hasOutput) throw noOutput(name)
    return { name, cutoff: BytesScannedCutoffPerQuery, isEnforced: EnforceWorkGroupConfiguration === true, unread: undefined }
  } catch (error) {
    if (troubleOfAws(error) === 'denied') return { name, cutoff: undefined, isEnforced: false, unread: reasonOfAws(error) }
    throw faultOfRequest(error, name)
  }
}

const disabled = (name: string): Fault =>
  new Fault({
    code: 'athena-workgroup',
    kind: 'engine',
    message: `the workgroup ${name} is turned off`,
    where: 'athena',
    action: 'turn it on in Athena, or name another in weir.yaml: athena.workgroup',
  })

const noOutput = (name: string): Fault =>
  new Fault({
    code: 'athena-output',
    kind: 'usage',
    message: `nothing says where Athena is to put results: neither the workgroup ${name} nor weir.yaml`,
    where: 'athena',
    expected: 'athena.output: "s3://bucket/results/"',
    action: 'give athena.output in weir.yaml, or give the workgroup a location for results',
  })
