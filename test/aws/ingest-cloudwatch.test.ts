import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { weir } from '../cli/logs.js'
import { expectWhole, ingest as ingestInto, recordsOf, startIngest } from './command.js'
import { describeAws } from './emulator.js'
import { messages, putEvents, record, records, start, type PutEvent } from './log-events.js'
import { startProxy, type Asked, type Proxy, type Trouble } from './proxy.js'

const isFilter = (asked: Asked) => asked.headers['x-amz-target'] === 'Logs_20140328.FilterLogEvents'

const refusal = (type: string, message: string): Trouble => ({
  status: 400,
  body: JSON.stringify({ __type: type, message }),
  headers: { 'content-type': 'application/x-amz-json-1.1' },
})

const at = (time: number) => new Date(time).toISOString()

describeAws('weir ingest cloudwatch://…', aws => {
  let proxy: Proxy
  let client: CloudWatchLogsClient
  beforeAll(async () => {
    proxy = await startProxy(aws.endpoint)
    client = new CloudWatchLogsClient({ endpoint: aws.endpoint })
  })
  afterAll(() => {
    client.destroy()
    return proxy.stop()
  })

  let temporary: string
  let lake: string
  beforeEach(() => {
    temporary = mkdtempSync(join(tmpdir(), 'weir-ingest-cloudwatch-'))
    lake = join(temporary, 'lake')
    proxy.trouble = undefined
    proxy.after = undefined
    return () => rmSync(temporary, { recursive: true, force: true })
  })

  const reach = () => ['--endpoint-url', proxy.endpoint]
  const ingest = (group: string, options: readonly string[] = []) => {
    proxy.asked.length = 0
    return ingestInto(lake, [`cloudwatch://${group}`], [...reach(), ...options])
  }
  const put = (group: string, streams: Readonly<Record<string, readonly PutEvent[]>>) => putEvents(client, group, streams)

  /** The lake holds the records of these events as files would give them; a log group is where the client is, so region is known. */
  async function expectRecordsOf(events: readonly PutEvent[]): Promise<void> {
    const file = join(temporary, 'as-a-file.log')
    writeFileSync(file, `${messages(events).join('\n')}\n`)
    const region = JSON.stringify(process.env['AWS_REGION'])
    const expected = (await recordsOf(file)).map(text => text.replace('"region":null', `"region":${region}`))
    expect(await recordsOf(lake)).toEqual(expected.sort())
    await expectWhole(lake)
  }

  test('50,000 events over 20 streams, by overlapping runs, equal the same logs read from files', async () => {
    const streams = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`eni-${i}-all`, records(`eni-${i}`, 2500)]))
    await put('/aws/vpc/flow', streams)
    const all = Object.values(streams).flat()
    const before = (seconds: number) => all.filter(({ time }) => time < start + seconds * 1000).length

    const first = await ingest('/aws/vpc/flow', ['--until', at(start + 1_000_000)])
    expect(first).toMatchObject({ code: 0, stderr: '', report: { records: before(1000), quarantined: 0 } })
    const second = await ingest('/aws/vpc/flow', ['--until', at(start + 2_000_000), '--look-back', '10m'])
    expect(second).toMatchObject({ code: 0, stderr: '', report: { records: before(2000) - before(1000) } })
    const late = { ...record('eni-late', 1990), time: start + 1_990_000 }
    await put('/aws/vpc/flow', { 'eni-late-all': [late] })
    const third = await ingest('/aws/vpc/flow', ['--look-back', '10m'])
    expect(third).toMatchObject({ code: 0, stderr: '', report: { records: 50_000 - before(2000) + 1 } })
    expect((await ingest('/aws/vpc/flow')).report.records).toBe(0)
    await expectRecordsOf([...all, late])
  }, 300_000)

  test('an earlier --since on a later run brings what lies before, and nothing twice', async () => {
    const events = records('eni-1', 100)
    await put('earlier', { 'eni-1-all': events })
    expect((await ingest('earlier', ['--since', at(start + 60_000)])).report.records).toBe(40)
    expect((await ingest('earlier', ['--since', at(start + 20_000)])).report.records).toBe(40)
    expect((await ingest('earlier', ['--since', at(start + 50_000)])).report.records).toBe(0)
    await expectRecordsOf(events.slice(20))
    expect((await ingest('earlier', ['--since', at(start)])).report.records).toBe(20)
    await expectRecordsOf(events)
  })

  test('streams are chosen by how their names begin', async () => {
    const streams = { 'eni-1-all': records('eni-1', 10), 'eni-2-all': records('eni-2', 20), 'eni-3-all': records('eni-3', 40) }
    await put('streams', streams)
    expect((await ingest('streams', ['--stream', 'eni-1,eni-3'])).report.records).toBe(50)
    expect((await ingest('streams', ['--stream', 'eni-1,eni-3'])).report.records).toBe(0)
    await expectRecordsOf([...streams['eni-1-all'], ...streams['eni-3-all']])

    // Whoever asks for them together with others, or for all, is told; others beside them are taken in.
    for (const choice of [[], ['--stream', 'eni-1-all,eni-2']]) {
      const refused = await weir(['ingest', 'cloudwatch://streams', '--lake', lake, '--quiet', ...reach(), ...choice])
      expect(refused).toMatchObject({ code: 2, stdout: '' })
      expect(refused.stderr).toContain('error[log-group-streams]')
    }
    expect((await ingest('streams', ['--stream', 'eni-2'])).report.records).toBe(20)
    await expectRecordsOf(Object.values(streams).flat())
  })

  test('groups of one name in two regions are two', async () => {
    const west = new CloudWatchLogsClient({ endpoint: aws.endpoint, region: 'us-west-2' })
    const [here, there] = [records('eni-1', 10), records('eni-2', 20)]
    await put('twin', { 'eni-1-all': here })
    await putEvents(west, 'twin', { 'eni-2-all': there })
    west.destroy()
    expect((await ingest('twin')).report.records).toBe(10)
    vi.stubEnv('AWS_REGION', 'us-west-2')
    const second = await ingest('twin')
    vi.unstubAllEnvs()
    expect(second.report.records).toBe(20)
    expect((await ingest('twin', ['--region', 'us-west-2'])).report.records).toBe(0)
    const regions = (await recordsOf(lake)).map(text => z.object({ region: z.string() }).parse(JSON.parse(text)).region)
    expect(regions.filter(region => region === 'us-west-2')).toHaveLength(20)
    expect(regions.filter(region => region === 'us-east-1')).toHaveLength(10)
  })

  test('read under a custom format that is given', async () => {
    const lines = [1, 2, 3].map(i => ({
      time: start,
      message: `eni-${i} 10.0.0.${i} 198.51.100.7 ${i} ${Math.floor(start / 1000)}`,
    }))
    await put('custom', { 'eni-1-all': lines })
    const fields = 'interface-id srcaddr dstaddr tcp-flags start'
    expect(await ingest('custom', ['--fields', fields])).toMatchObject({ code: 0, report: { records: 3, quarantined: 0 } })
    const file = join(temporary, 'custom.log')
    writeFileSync(file, `${fields}\n${messages(lines).join('\n')}\n`)
    expect(await recordsOf(lake)).toEqual(
      (await recordsOf(file)).map(text => text.replace('"region":null', '"region":"us-east-1"')),
    )
  })

  const many = Object.fromEntries([1, 2, 3, 4].map(n => [`eni-${n}-all`, records(`eni-${n}`, 3000)]))

  test('where reading fails in the middle what was got stands, and the next run brings the rest', async () => {
    await put('failing', many)
    let pages = 0
    proxy.trouble = asked =>
      isFilter(asked) && ++pages === 2
        ? refusal('AccessDeniedException', 'not authorized to perform: logs:FilterLogEvents')
        : undefined
    const { code, stderr, report } = await ingest('failing')
    expect({ code, records: report.records }).toEqual({ code: 4, records: 10_000 })
    expect(stderr).toMatch(/^error\[source-unreadable\]: access denied: .*logs:FilterLogEvents/)
    await expectWhole(lake)
    proxy.trouble = undefined
    expect((await ingest('failing')).report.records).toBe(2000)
    await expectRecordsOf(Object.values(many).flat())
  })

  test('killed in the middle, the next run brings all, once', async () => {
    await put('killed', many)
    const running = startIngest(lake, ['cloudwatch://killed'], reach())
    let pages = 0
    proxy.trouble = asked => {
      if (!isFilter(asked) || ++pages < 2) return undefined
      running.kill()
      return { cutAfter: 100 }
    }
    expect(await running.ended).toBe('SIGKILL')
    proxy.trouble = undefined
    expect(await ingest('killed')).toMatchObject({ code: 0, stderr: '' })
    await expectRecordsOf(Object.values(many).flat())
  })

  test('throttling and connections that are cut are waited out', async () => {
    const events = records('eni-1', 2000)
    await put('patient', { 'eni-1-all': events })
    const troubles: Trouble[] = [refusal('ThrottlingException', 'Rate exceeded'), { cutAfter: 1000 }]
    proxy.trouble = asked => (isFilter(asked) ? troubles.shift() : undefined)
    expect(await ingest('patient')).toMatchObject({ code: 0, stderr: '', report: { records: 2000 } })
    await expectRecordsOf(events)
  })

  test('no such group, no credentials: 4, by name', async () => {
    const missing = await ingest('/nobody/has/this')
    expect(missing.code).toBe(4)
    expect(missing.stderr).toContain('there is no such log group in this account and region')
    expect(missing.stderr).toContain('where: cloudwatch:///nobody/has/this')
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, undefined)
    const unsigned = await ingest('patient')
    vi.unstubAllEnvs()
    expect(unsigned.code).toBe(4)
    expect(unsigned.stderr).toContain('no AWS credentials were found')
  })
})
