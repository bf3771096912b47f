import { describe, expect, test } from 'vitest'
import { coverageOf, factsOf, loadRules, type Coverage } from '../../src/detect/index.js'
import { eni, flowLog, line, ownLakes, subnet, vpc, type Lake } from './world.js'

const newLake = ownLakes()
const rules = loadRules()

/** What is said of the flow logs that are set up, by code. */
async function said(lake: Lake): Promise<Coverage[]> {
  const engine = await lake.open([line('eni-1 10.0.0.5 198.51.100.9')])
  try {
    const coverage = coverageOf(await engine.input(), await factsOf(engine, {}), rules)
    return coverage.filter(({ code }) => code.includes('flow-log'))
  } finally {
    await engine.close()
  }
}

const full = {
  LogFormat: [
    'srcaddr',
    'dstaddr',
    'srcport',
    'dstport',
    'protocol',
    'packets',
    'bytes',
    'start',
    'end',
    'action',
    'log-status',
    'tcp-flags',
    'flow-direction',
    'interface-id',
  ]
    .map(field => `\${${field}}`)
    .join(' '),
}

describe('flow logs that are set up', () => {
  test('nothing is said of those that log everything, nor without an inventory', async () => {
    const lake = newLake()
    expect(await said(lake)).toEqual([])
    await lake.enrich('flow-logs', { FlowLogs: [flowLog('fl-1', 'vpc-1', full)] })
    await lake.enrich('vpcs', { Vpcs: [vpc('vpc-1', '10.0.0.0/16')] })
    await lake.enrich('network-interfaces', { NetworkInterfaces: [eni('eni-1', 'vpc-1', ['10.0.0.5'])] })
    expect(await said(lake)).toEqual([])
  })

  test('delivery that fails', async () => {
    const lake = newLake()
    const failing = { ...full, DeliverLogsStatus: 'FAILED', DeliverLogsErrorMessage: 'Access error' }
    await lake.enrich('flow-logs', { FlowLogs: [flowLog('fl-1', 'vpc-1', failing)] })
    expect(await said(lake)).toEqual([
      { code: 'flow-log-delivery', message: 'The flow log fl-1 of vpc-1 is not delivered: Access error', blinds: [] },
    ])
  })

  test('VPCs and ENIs without one; a VPC may be logged subnet by subnet', async () => {
    const lake = newLake()
    await lake.enrich('flow-logs', {
      FlowLogs: [flowLog('fl-1', 'subnet-1', full), flowLog('fl-2', 'eni-3', full), flowLog('fl-3', 'vpc-4', full)],
    })
    await lake.enrich('vpcs', { Vpcs: ['vpc-1', 'vpc-2', 'vpc-3', 'vpc-4'].map(id => vpc(id, '10.0.0.0/16')) })
    await lake.enrich('subnets', {
      Subnets: [subnet('subnet-1', 'vpc-1', '10.0.0.0/24'), subnet('subnet-3', 'vpc-3', '10.0.0.0/24')],
    })
    await lake.enrich('network-interfaces', {
      NetworkInterfaces: [
        eni('eni-1', 'vpc-1', ['10.0.0.5'], { SubnetId: 'subnet-1' }),
        eni('eni-2', 'vpc-2', ['10.0.0.5']),
        eni('eni-3', 'vpc-3', ['10.0.0.5']),
        eni('eni-4', 'vpc-4', ['10.0.0.5']),
        eni('eni-5', 'vpc-5', ['10.0.0.5']),
      ],
    })
    expect((await said(lake)).map(({ code, message }) => [code, message])).toEqual([
      ['no-flow-log', 'No flow log is set up for 1 VPC (vpc-2): their traffic is not seen'],
      ['no-flow-log', 'No flow log is set up for 1 ENI (eni-5): their traffic is not seen'],
    ])
  })

  test('one action only, unless two flow logs share them; who is blind for the other', async () => {
    const lake = newLake()
    await lake.enrich('flow-logs', {
      FlowLogs: [
        flowLog('fl-1', 'vpc-1', { ...full, TrafficType: 'REJECT' }),
        flowLog('fl-2', 'vpc-2', { ...full, TrafficType: 'REJECT' }),
        flowLog('fl-3', 'vpc-2', { ...full, TrafficType: 'ACCEPT' }),
      ],
    })
    const [only, ...others] = await said(lake)
    expect(only).toMatchObject({
      code: 'flow-log-traffic-type',
      message: 'Only REJECT is logged of vpc-1: what got through is not seen',
    })
    expect(only?.blinds).toContain('exposed-service')
    expect(others).toEqual([])
  })

  test('formats that leave out what rules need, and long intervals', async () => {
    const lake = newLake()
    const lacking = { LogFormat: full.LogFormat.replace('${action} ', ''), MaxAggregationInterval: 600 }
    await lake.enrich('flow-logs', { FlowLogs: [flowLog('fl-1', 'vpc-1', lacking)] })
    const [format, interval] = await said(lake)
    expect(format).toMatchObject({ code: 'flow-log-format', message: 'The format of fl-1 leaves out action' })
    expect(format?.blinds).toContain('reject-spike')
    expect(interval).toMatchObject({ code: 'flow-log-interval' })
  })
})
