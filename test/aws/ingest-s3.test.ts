import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { logOf, weir } from '../cli/logs.js'
import { expectWhole, ingest as ingestInto, recordsOf } from './command.js'
import { delivery, LAYOUTS, REGION, type Delivery } from './deliveries.js'
import { describeAws } from './emulator.js'
import { startProxy, type Proxy } from './proxy.js'

const row = z.record(z.string(), z.unknown())

describeAws('weir ingest s3://…', aws => {
  let temporary: string
  let lake: string
  beforeEach(() => {
    temporary = mkdtempSync(join(tmpdir(), 'weir-ingest-s3-'))
    lake = join(temporary, 'lake')
    return () => rmSync(temporary, { recursive: true, force: true })
  })

  let proxy: Proxy
  let client: S3Client
  beforeAll(async () => {
    proxy = await startProxy(aws.endpoint)
    client = new S3Client({ endpoint: aws.endpoint, forcePathStyle: true })
  })
  afterAll(() => {
    client.destroy()
    return proxy.stop()
  })
  afterEach(() => {
    proxy.trouble = undefined
    proxy.after = undefined
  })

  const ingest = (source: string | readonly string[], options: readonly string[] = []) => {
    proxy.asked.length = 0
    return ingestInto(lake, [source].flat(), ['--endpoint-url', proxy.endpoint, ...options])
  }
  const create = (Bucket: string) => client.send(new CreateBucketCommand({ Bucket }))
  const put = (Bucket: string, Key: string, Body: string | Buffer) =>
    client.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength: Buffer.byteLength(Body) }))
  const deliver = (bucket: string, some: readonly Delivery[]) => Promise.all(some.map(({ key, body }) => put(bucket, key, body)))

  /**
   * The records of the same objects read from files. Of raw logs `records` says what stands in the lines; in a lake the path
   * says where a record is from if its line does not, and so it is done here.
   */
  async function asFiles(deliveries: readonly Delivery[], isPlaceKnown = true): Promise<string[]> {
    const rows: string[] = []
    for (const of of new Set(deliveries.map(({ account }) => account))) {
      const folder = mkdtempSync(join(temporary, 'files-'))
      const some = deliveries.filter(({ account }) => account === of)
      some.forEach(({ key, body }, i) => writeFileSync(join(folder, `${i}-${key.slice(key.lastIndexOf('/') + 1)}`), body))
      for (const line of await recordsOf(folder)) {
        const record = row.parse(JSON.parse(line))
        const place = { account_id: record['account_id'] ?? of, region: record['region'] ?? REGION }
        rows.push(isPlaceKnown ? JSON.stringify({ ...record, ...place }) : line)
      }
    }
    return rows.sort()
  }

  describe.each(LAYOUTS)('$title', layout => {
    const bucket = `ingest-${layout.title.toLowerCase().replace(/\W+/g, '-')}`
    const isOther = layout.title.includes('other')
    const [mine, theirs] = ['111122223333', '444455556666']

    test('equals the same logs read from files, late ones and all, whatever runs overlap', async () => {
      const first = await Promise.all([
        delivery(layout, mine, '2026-04-01', '23'),
        delivery(layout, mine, '2026-04-02', '00'),
        delivery(layout, theirs, '2026-04-02', '01'),
      ])
      const early = await delivery(layout, mine, '2026-03-20', '05')
      const late = await Promise.all([
        delivery(layout, mine, '2026-04-01', '22'),
        delivery(layout, theirs, '2026-04-02', '00'),
        delivery(layout, theirs, '2026-04-03', '02'),
      ])
      const names = (some: readonly Delivery[]) => some.map(({ key }) => `s3://${bucket}/${key}`).sort()
      await create(bucket)
      await deliver(bucket, [early, ...first])

      const one = await ingest(`s3://${bucket}/`, ['--since', '2026-04-02'])
      // Days are told by the folders of AWS's layouts; anything else is listed whole.
      expect(one).toMatchObject({ code: 0, stderr: '', stored: names(isOther ? [early, ...first] : first) })

      await deliver(bucket, late)
      const two = await ingest(`s3://${bucket}/`, ['--since', '2026-04-02'])
      expect(two).toMatchObject({ code: 0, stderr: '', stored: names(late), report: { known: isOther ? 4 : 3 } })

      const three = await ingest(`s3://${bucket}/`)
      expect(three).toMatchObject({ code: 0, stderr: '', stored: isOther ? [] : names([early]) })
      expect(await ingest(`s3://${bucket}/`, ['--since', '2026-03-01'])).toMatchObject({ stored: [], report: { known: 7 } })

      expect(await recordsOf(lake)).toEqual(await asFiles([early, ...first, ...late], !isOther))
      await expectWhole(lake)
    })
  })

  test('two prefixes of one bucket, one within the other, in one run and in two', async () => {
    const [layout] = LAYOUTS
    if (!layout) throw new Error('no layout')
    const all = await Promise.all(['03', '04', '05'].map(hour => delivery(layout, '111122223333', '2026-04-01', hour)))
    await create('overlapping-prefixes')
    await deliver('overlapping-prefixes', all)
    const within = 's3://overlapping-prefixes/AWSLogs/111122223333/vpcflowlogs/eu-west-1/2026/04/01/'
    expect((await ingest([within, 's3://overlapping-prefixes'])).stored).toHaveLength(3)
    expect((await ingest('s3://overlapping-prefixes/AWSLogs')).report).toMatchObject({ objects: [], known: 3 })
    expect(await recordsOf(lake)).toEqual(await asFiles(all))
    await expectWhole(lake)
  })

  test('of a key that was overwritten only the new stands', async () => {
    await create('overwritten')
    await put('overwritten', 'logs/a.log', logOf(40))
    await put('overwritten', 'logs/b.log', logOf(7))
    await ingest('s3://overwritten/logs/')
    await put('overwritten', 'logs/a.log', logOf(3))
    expect((await ingest('s3://overwritten/logs/')).stored).toEqual(['s3://overwritten/logs/a.log'])
    writeFileSync(join(temporary, 'a.log'), logOf(3))
    writeFileSync(join(temporary, 'b.log'), logOf(7))
    expect(await recordsOf(lake)).toEqual(
      [...(await recordsOf(join(temporary, 'a.log'))), ...(await recordsOf(join(temporary, 'b.log')))].sort(),
    )
    await expectWhole(lake)
  })

  test('a key that is overwritten between listing and reading is known by what was read', async () => {
    await create('moving')
    await put('moving', 'a.log', logOf(40))
    proxy.after = async ({ query }) => {
      if (query.has('list-type')) await put('moving', 'a.log', logOf(5))
    }
    expect((await ingest('s3://moving')).report.records).toBe(5)
    proxy.after = undefined
    expect((await ingest('s3://moving')).report).toMatchObject({ objects: [], known: 1 })
    expect(await recordsOf(lake)).toHaveLength(5)
  })

  describe('many accounts and regions', () => {
    const accounts = ['111111111111', '222222222222', '333333333333']
    const regions = ['eu-west-1', 'us-east-1']
    const key = (account: string, region: string) =>
      `AWSLogs/${account}/vpcflowlogs/${region}/2026/01/05/${account}_vpcflowlogs_${region}_fl-1_20260105T0800Z_a.log`
    // The same private addresses in each of them; and no word of account or region in the lines.
    const body =
      'srcaddr dstaddr dstport start end\n10.0.0.5 10.0.0.6 443 1767600000 1767600060\n10.0.0.5 10.0.0.7 22 1767600001 1767600061\n'
    beforeAll(async () => {
      await create('many-places')
      for (const account of accounts) for (const region of regions) await put('many-places', key(account, region), body)
    })

    test('only those chosen are asked for and read; the others come when they are asked for', async () => {
      const chosen = await ingest('s3://many-places', ['--account', '111111111111,333333333333', '--regions', 'us-east-1'])
      expect(chosen.stored).toEqual(
        ['111111111111', '333333333333'].map(account => `s3://many-places/${key(account, 'us-east-1')}`),
      )
      const strayed = proxy.asked.filter(({ path, query }) => /222222222222|eu-west-1/.test(path + (query.get('prefix') ?? '')))
      expect(strayed).toEqual([])
      expect((await ingest('s3://many-places')).report).toMatchObject({ known: 2, records: 8 })
      const { stdout } = await weir([
        ...['query', 'SELECT account_id, region, count(*) AS n FROM records GROUP BY 1, 2 ORDER BY 1, 2', lake],
        ...['--format', 'csv', '--quiet'],
      ])
      const expected = accounts.flatMap(account => regions.map(region => `${account},${region},2`))
      expect(stdout.trim().split('\r\n')).toEqual(['account_id,region,n', ...expected])
    })
  })

  describe('asked without a lake', () => {
    const key =
      'AWSLogs/123456789012/vpcflowlogs/us-east-1/2026/01/05/123456789012_vpcflowlogs_us-east-1_fl-1_20260105T0800Z_a.log'
    const reach = () => ['--endpoint-url', proxy.endpoint]
    beforeAll(async () => {
      await create('asked')
      await put('asked', key, logOf(50))
      await put('asked', key.replaceAll('/05/', '/01/').replace('20260105', '20260101'), logOf(20))
    })

    test('weir query reads the days of its window', async () => {
      // Under the same names: what the path says of account and region, it says of both.
      const copy = join(temporary, key)
      mkdirSync(dirname(copy), { recursive: true })
      writeFileSync(copy, logOf(50))
      const options = ['--since', '2026-01-05', '--until', '2026-01-06']
      expect(await recordsOf('s3://asked', [...reach(), ...options])).toEqual(await recordsOf(copy, options))
      expect(await recordsOf('s3://asked/AWSLogs/', reach())).toHaveLength(70)
    })

    test('weir scan finds in a bucket what it finds in files', async () => {
      const inputs = z.object({
        input: z.looseObject({ records: z.number(), sources: z.array(z.string()) }),
        findings: z.array(z.unknown()),
      })
      const { code, stdout, stderr } = await weir(['scan', 's3://asked', '--format', 'json', '--quiet', ...reach()])
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      const report = inputs.parse(JSON.parse(stdout))
      expect(report.input.records).toBe(70)
      expect(report.input.sources.every(source => source.startsWith('s3://asked/'))).toBe(true)
    })

    test('what is not there is 4, and nothing is on stdout', async () => {
      const { code, stdout, stderr } = await weir([
        'query',
        'SELECT 1 FROM records',
        's3://nobody-has-this',
        '--quiet',
        ...reach(),
      ])
      expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
      expect(stderr).toContain('there is no such bucket')
    })
  })
})
