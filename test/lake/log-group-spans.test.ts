import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ingestLogGroup } from '../../src/lake/index.js'
import { describeAws } from '../aws/emulator.js'
import { now, putEvents, record } from '../aws/log-events.js'
import { ownFolders, type Sandbox } from './small-lake.js'

const folders = ownFolders()
const HOUR = 3_600_000
const MINUTE = 60_000

describeAws('a log group, taken in by several runs', aws => {
  let logs: CloudWatchLogsClient
  beforeAll(() => {
    logs = new CloudWatchLogsClient({ endpoint: aws.endpoint })
  })
  afterAll(() => logs.destroy())

  const url = (group: string): string => `cloudwatch://${group}`

  /** Events at these ages, in hours. */
  const put = (group: string, ...ages: readonly number[]) =>
    putEvents(logs, group, { 'eni-1-all': ages.map((age, i) => ({ ...record('eni-1', i), time: now - age * HOUR })) })

  const run = (
    { lake, options }: Sandbox,
    group: string,
    span: { since?: number; until?: number; lookBack?: number },
  ): Promise<unknown> =>
    ingestLogGroup(lake, url(group), {
      ...options,
      endpointUrl: aws.endpoint,
      streams: [],
      fields: undefined,
      since: span.since === undefined ? undefined : now - span.since * HOUR,
      until: now - (span.until ?? 0) * HOUR,
      lookBack: (span.lookBack ?? 1) * HOUR,
    })

  const rows = async (own: Sandbox): Promise<number> => Number((await own.query('SELECT count(*) AS n FROM records'))[0]?.['n'])

  test('an earlier beginning brings what was before the first, once', async () => {
    const own = await folders()
    await put('/earlier', 10, 5, 2, 0.5)
    await run(own, '/earlier', { since: 1 })
    expect(await rows(own)).toBe(1)
    await run(own, '/earlier', { lookBack: 24 })
    expect(await rows(own)).toBe(1) // no look back goes beyond what was asked for first
    await run(own, '/earlier', { since: 6 })
    await run(own, '/earlier', { since: 24 })
    expect(await rows(own)).toBe(4)
  })

  test('a longer look back than that of the run before doubles nothing', async () => {
    const own = await folders()
    await put('/longer', 10, 5, 2, 0.5)
    await run(own, '/longer', { lookBack: 1 })
    await run(own, '/longer', { lookBack: 48 })
    expect(await rows(own)).toBe(4)
  })

  test('an event that comes late, while the run before was reading, is found by the next', async () => {
    const own = await folders()
    await put('/late', 2, 0.5)
    await run(own, '/late', {})
    await putEvents(logs, '/late', { 'eni-2-all': [{ ...record('eni-2', 1), time: now - 30 * MINUTE }] })
    await run(own, '/late', {})
    await run(own, '/late', {})
    expect(await rows(own)).toBe(3)
  })
})
