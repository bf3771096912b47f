import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { CreateFlowLogsCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { LogGroupOptions } from '../../src/source/index.js'
import { read } from '../reader/read.js'
import { describeAws } from './emulator.js'
import { messages, now, putEvents, record, records, start, take as takeFrom, type PutEvent } from './log-events.js'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-test-'))
  return () => rm(folder, { recursive: true })
})

describeAws('a log group', aws => {
  let logs: CloudWatchLogsClient
  let ec2: EC2Client
  beforeAll(() => {
    logs = new CloudWatchLogsClient({ endpoint: aws.endpoint })
    ec2 = new EC2Client({ endpoint: aws.endpoint })
  })
  afterAll(() => {
    logs.destroy()
    ec2.destroy()
  })

  const put = (group: string, streams: Readonly<Record<string, readonly PutEvent[]>>) => putEvents(logs, group, streams)
  const take = (url: string, options: Partial<LogGroupOptions> = {}) =>
    takeFrom(url, { endpointUrl: aws.endpoint, folder, ...options })

  /** A flow log of a new VPC that writes to a group from now on. */
  async function createFlowLog(LogGroupName: string, LogFormat: string): Promise<void> {
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))
    await ec2.send(
      new CreateFlowLogsCommand({
        ResourceIds: [Vpc?.VpcId ?? ''],
        ResourceType: 'VPC',
        TrafficType: 'ALL',
        DeliverLogsPermissionArn: 'arn:aws:iam::123456789012:role/flow-logs',
        LogGroupName,
        LogFormat,
      }),
    )
  }

  test('5,000 events over 20 streams are read as the same logs are from files', async () => {
    const streams = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`eni-${i}-all`, records(`eni-${i}`, 250)]))
    await put('/aws/vpc/many', streams)
    const { stretches, ids, unreadable } = await take('cloudwatch:///aws/vpc/many', { stretchEvents: 2_000 })
    expect(unreadable).toEqual([])
    expect(stretches.map(stretch => stretch.events.length)).toEqual([2_000, 2_000, 1_000])
    expect(new Set(ids).size).toBe(5_000)
    expect(new Set(stretches.map(stretch => stretch.name)).size).toBe(3)
    const asFile = join(folder, 'as-a-file.log')
    await writeFile(asFile, Object.values(streams).flatMap(messages).join('\n') + '\n')
    const [fromGroup, fromFile] = [await read(stretches.map(({ path }) => path)), await read([asFile])]
    const rows = ({ rows }: typeof fromFile) => rows.map(row => JSON.stringify({ ...row, source: undefined })).sort()
    expect(fromGroup.quarantined).toEqual([])
    expect(rows(fromGroup)).toEqual(rows(fromFile))
  })

  test('an overlapping run brings only what was not seen', async () => {
    await put('overlap', { 'eni-1-all': records('eni-1', 10) })
    const first = await take('cloudwatch://overlap')
    expect(first.ids).toHaveLength(10)
    const late = { ...record('eni-2', 5), message: 'late' }
    await put('overlap', { 'eni-2-all': [late] })
    const known = new Set(first.ids)
    const second = await take('cloudwatch://overlap', { seen: event => known.has(event.id) })
    expect(second.lines).toEqual(['late'])
    expect(second.stretches[0]?.events).toEqual([{ id: second.ids[0], time: late.time }])
    expect(second.stretches[0]?.bytes).toBe(4)
    const third = await take('cloudwatch://overlap', { seen: () => true })
    expect(third.stretches).toEqual([])
    expect((await take('cloudwatch://overlap')).stretches[0]?.name).not.toBe(first.stretches[0]?.name)
  })

  test('the time range includes its start and not its end', async () => {
    const events = records('eni-1', 5)
    await put('range', { 'eni-1-all': events })
    const { lines } = await take('cloudwatch://range', { from: start + 1000, to: start + 3000 })
    expect(lines).toEqual(messages(events.slice(1, 3)))
    expect((await take('cloudwatch://range', { from: undefined })).lines).toEqual(messages(events))
    expect((await take('cloudwatch://range', { from: now, to: now })).stretches).toEqual([])
  })

  test('streams are chosen by how their names begin, and none is read twice', async () => {
    const streams = { 'eni-1-all': records('eni-1', 2), 'eni-1-accept': records('eni-1', 1), 'eni-2-all': records('eni-2', 2) }
    await put('streams', streams)
    const one = await take('cloudwatch://streams', { streams: ['eni-2'] })
    expect(one.lines).toEqual(messages(streams['eni-2-all']))
    const three = await take('cloudwatch://streams', { streams: ['eni-1', 'eni-1-all', 'eni-3'] })
    expect(three.lines.toSorted()).toEqual(messages([...streams['eni-1-all'], ...streams['eni-1-accept']]).toSorted())
    expect(three.unreadable).toEqual([
      { source: 'cloudwatch://streams (streams eni-3…)', reason: 'no log stream has a name that begins so' },
    ])
  })

  test('an event is one line', async () => {
    await put('lines', { 'eni-1-all': [{ time: start, message: ' 2 1 eni-1\r\n10.0.0.1\n' }] })
    expect((await take('cloudwatch://lines')).lines).toEqual(['2 1 eni-1 10.0.0.1'])
  })

  describe('the format', () => {
    const format = '${interface-id} ${srcaddr} ${dstaddr} ${tcp-flags} ${start}'
    const header = 'interface-id srcaddr dstaddr tcp-flags start'

    test('is learnt from the flow log, for what it wrote', async () => {
      await put('learnt', {})
      await createFlowLog('learnt', format)
      const before = record('eni-1', 0)
      const after = { time: Date.now() + 1000, message: `eni-1 10.0.0.1 10.0.0.2 18 ${Math.floor(now / 1000)}` }
      await put('learnt', { 'eni-1-all': [before, after] })
      const { group, stretches } = await take('cloudwatch://learnt')
      expect(group.format?.fields.join(' ')).toBe(header)
      expect(stretches.map(stretch => stretch.lines)).toEqual([[before.message], [header, after.message]])
      const { rows, quarantined } = await read(stretches.map(({ path }) => path))
      expect(quarantined).toEqual([])
      expect(rows).toContainEqual(expect.objectContaining({ interface_id: 'eni-1', srcaddr: '10.0.0.1', tcp_flags: 18 }))
    })

    test('is unknown where flow logs of a group differ', async () => {
      await put('two', { 'eni-1-all': records('eni-1', 1) })
      await createFlowLog('two', format)
      expect((await take('cloudwatch://two')).group.format?.fields).toHaveLength(5)
      await createFlowLog('two', '${version} ${account-id}')
      const { group, lines } = await take('cloudwatch://two')
      expect(group.format).toBeUndefined()
      expect(lines).toEqual(messages(records('eni-1', 1)))
    })

    test('may be given', async () => {
      await put('given', { 'eni-1-all': [{ time: start, message: 'eni-1 10.0.0.1 10.0.0.2 18 1' }] })
      expect((await take('cloudwatch://given', { fields: header })).lines).toEqual([header, 'eni-1 10.0.0.1 10.0.0.2 18 1'])
      await expect(take('cloudwatch://given', { fields: 'srcaddr srcaddr' })).rejects.toMatchObject({ code: 'fields-invalid' })
    })
  })

  test('a group that is not there is said by name', async () => {
    const { stretches, unreadable } = await take('cloudwatch://nope')
    expect(stretches).toEqual([])
    expect(unreadable).toEqual([{ source: 'cloudwatch://nope', reason: 'there is no such log group in this account and region' }])
  })

  test('whoever stops early leaves no file behind', async () => {
    await put('stopped', { 'eni-1-all': records('eni-1', 5) })
    const abort = new AbortController()
    const seen = () => {
      abort.abort(new Error('enough'))
      return false
    }
    await expect(take('cloudwatch://stopped', { seen, signal: abort.signal })).rejects.toThrow('enough')
    expect(await readdir(folder)).toEqual([])
  })
})
