import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { header, line } from '../cli/logs.js'
import { expectWhole, ingest as ingestInto, recordsOf, startIngest } from './command.js'
import { describeAws } from './emulator.js'
import { s3Error, startProxy, type Asked, type Proxy, type Trouble } from './proxy.js'

/** Objects of two accounts, each with records of its own. */
const key = (account: string, hour: string) =>
  `AWSLogs/${account}/vpcflowlogs/us-east-1/2026/01/05/${account}_vpcflowlogs_us-east-1_fl-1_20260105T${hour}00Z_a.log`
const objects = ['111111111111', '222222222222'].flatMap((account, a) =>
  ['08', '09'].map((hour, h) => {
    const records = Array.from({ length: 500 }, (_, i) => line(a * 1000 + h * 500 + i).replace('123456789012', account))
    return { key: key(account, hour), body: [header, ...records, ''].join('\n') }
  }),
)
const victim = key('222222222222', '09')
const others = objects.map(object => object.key).filter(name => name !== victim)

const isGet = ({ method, query }: Asked) => method === 'GET' && !query.has('list-type')
const isOfVictim = (asked: Asked) => isGet(asked) && asked.path.endsWith(victim)
const isListOf222 = ({ query }: Asked) => query.get('prefix')?.startsWith('AWSLogs/222222222222/') === true

describeAws('weir ingest, when something is in the way', aws => {
  let proxy: Proxy
  let client: S3Client
  beforeAll(async () => {
    proxy = await startProxy(aws.endpoint)
    client = new S3Client({ endpoint: aws.endpoint, forcePathStyle: true })
    await client.send(new CreateBucketCommand({ Bucket: 'logs' }))
  })
  afterAll(() => {
    client.destroy()
    return proxy.stop()
  })

  const names = (keys: readonly string[]) => keys.map(name => `s3://logs/${name}`)
  const put = ({ key: Key, body: Body }: (typeof objects)[number]) =>
    client.send(new PutObjectCommand({ Bucket: 'logs', Key, Body, ContentLength: Buffer.byteLength(Body) }))

  let temporary: string
  let lake: string
  beforeEach(async () => {
    temporary = mkdtempSync(join(tmpdir(), 'weir-ingest-trouble-'))
    lake = join(temporary, 'lake')
    for (const object of objects) await put(object)
    proxy.trouble = undefined
    proxy.after = undefined
    return () => rmSync(temporary, { recursive: true, force: true })
  })

  const reach = () => ['--endpoint-url', proxy.endpoint]
  const ingest = (source = 's3://logs/AWSLogs/') => {
    proxy.asked.length = 0
    return ingestInto(lake, [source], reach())
  }
  /** The next run, with nothing in its way, brings what is missing, and then all stands once. */
  async function expectTheRest(rest: readonly string[]): Promise<void> {
    // Where nothing stands yet, there is no lake to verify.
    if (rest.length < objects.length) await expectWhole(lake)
    proxy.trouble = undefined
    expect(await ingest()).toMatchObject({ code: 0, stderr: '', stored: names(rest) })
    const folder = mkdtempSync(join(temporary, 'files-'))
    objects.forEach(({ body }, i) => writeFileSync(join(folder, `${i}.log`), body))
    // The lines do not say their region: in the lake the path has.
    const expected = (await recordsOf(folder)).map(text => text.replace('"region":null', '"region":"us-east-1"'))
    expect(await recordsOf(lake)).toEqual(expected.sort())
    await expectWhole(lake)
  }

  const kms =
    'User: arn:aws:iam::1:user/x is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:1:key/k because no identity-based policy allows the kms:Decrypt action'
  const standing: readonly (readonly [string, (asked: Asked) => Trouble | undefined, string, RegExp, readonly string[]])[] = [
    [
      'access denied to the prefix of one account',
      asked => (isListOf222(asked) ? s3Error(403, 'AccessDenied', 'Access Denied') : undefined),
      's3://logs/AWSLogs/222222222222/vpcflowlogs/',
      /access denied: allow it in the IAM policy and the policy of the bucket/,
      objects.map(object => object.key).filter(name => name.includes('/222222222222/')),
    ],
    [
      'access denied to an object',
      asked => (isOfVictim(asked) ? s3Error(403, 'AccessDenied', 'Access Denied') : undefined),
      `s3://logs/${victim}`,
      /access denied: allow it in the IAM policy/,
      [victim],
    ],
    [
      'a KMS key that denies us',
      asked => (isOfVictim(asked) ? s3Error(403, 'AccessDenied', kms) : undefined),
      `s3://logs/${victim}`,
      /its KMS key denies us: .*key\/k.*: allow kms:Decrypt/,
      [victim],
    ],
    [
      'an archived object',
      asked => (isOfVictim(asked) ? s3Error(403, 'InvalidObjectState', 'The operation is not valid') : undefined),
      `s3://logs/${victim}`,
      /it is archived .*: restore it first/,
      [victim],
    ],
    [
      'slow-downs without an end',
      asked => (isOfVictim(asked) ? s3Error(503, 'SlowDown', 'Please reduce your request rate.') : undefined),
      `s3://logs/${victim}`,
      /AWS asked to slow down 6 times in a row: run again later/,
      [victim],
    ],
    [
      'a connection that is cut again and again',
      asked => (isOfVictim(asked) ? { cutAfter: 10_000 } : undefined),
      `s3://logs/${victim}`,
      /the connection was cut or fell silent.*: run again/,
      [victim],
    ],
  ]
  test.each(standing)(
    '%s: the rest is read, it is said, and the next run goes on',
    async (_, trouble, where, reason, missing) => {
      proxy.trouble = trouble
      const { code, stderr, stored, report } = await ingest()
      expect(code).toBe(4)
      expect(stored).toEqual(names(objects.map(object => object.key).filter(name => !missing.includes(name))))
      expect(report.records).toBe(500 * (4 - missing.length))
      expect(stderr).toMatch(reason)
      expect(stderr).toMatch(/^error\[source-unreadable\]: /)
      expect(stderr.split('\n')[1]).toBe(`  where: ${where}`)
      expect(stderr).not.toMatch(/\n {4}at |testing/)
      await expectTheRest(missing)
    },
    120_000,
  )

  describe('what passes is waited out', () => {
    /** Makes trouble of the first requests that fit. */
    const first = (count: number, fits: (asked: Asked) => boolean, trouble: Trouble) => {
      let left = count
      proxy.trouble = asked => (fits(asked) && left-- > 0 ? trouble : undefined)
    }

    test('slow-downs of listing and of reading', async () => {
      first(3, () => true, s3Error(503, 'SlowDown', 'Please reduce your request rate.'))
      expect(await ingest()).toMatchObject({ code: 0, stderr: '', report: { records: 2000 } })
      await expectTheRest([])
    })

    test('a connection that is cut twice in the middle of an object', async () => {
      first(2, isOfVictim, { cutAfter: 10_000 })
      expect(await ingest()).toMatchObject({ code: 0, stderr: '', report: { records: 2000 } })
      await expectTheRest([])
    })

    test('a connection that is cut in the middle of a list', async () => {
      first(1, isListOf222, { cutAfter: 100 })
      expect(await ingest()).toMatchObject({ code: 0, stderr: '', report: { records: 2000 } })
      await expectTheRest([])
    })

    test('a bucket in another region', async () => {
      proxy.trouble = ({ headers }) =>
        headers.authorization?.includes('/eu-west-1/')
          ? undefined
          : s3Error(301, 'PermanentRedirect', 'Use another endpoint.', { 'x-amz-bucket-region': 'eu-west-1' })
      expect(await ingest()).toMatchObject({ code: 0, stderr: '', report: { records: 2000 } })
      await expectTheRest([])
    })
  })

  test('an object that vanished between listing and reading is no failure', async () => {
    proxy.after = async asked => {
      if (isListOf222(asked) && !asked.query.has('delimiter'))
        await client.send(new DeleteObjectCommand({ Bucket: 'logs', Key: victim }))
    }
    const { code, stderr, stored, report } = await ingest()
    expect({ code, stderr, stored }).toEqual({ code: 0, stderr: '', stored: names(others) })
    expect(report.objects).toContainEqual({ kind: 'gone', object: `s3://logs/${victim}` })
    proxy.after = undefined
    const back = objects.find(object => object.key === victim)
    if (back) await put(back)
    await expectTheRest([victim])
  })

  test.each([
    ['no such bucket', 's3://nobody-has-this/logs/', /there is no such bucket/],
    ['nothing under a prefix', 's3://logs/none/', /there is nothing under this prefix/],
  ])('%s: 4, and the lake is whole', async (_, source, reason) => {
    await ingest()
    const { code, stderr, report } = await ingest(source)
    expect(code).toBe(4)
    expect(stderr).toMatch(reason)
    expect(stderr).toContain(`where: ${source}`)
    expect(report.objects).toEqual([])
    await expectTheRest([])
  })

  test('no credentials: 4, saying how to get some', async () => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, undefined)
    const { code, stderr } = await ingest()
    vi.unstubAllEnvs()
    expect(code).toBe(4)
    expect(stderr).toContain('no AWS credentials were found: name a profile with --profile')
    await expectTheRest(objects.map(object => object.key))
  })

  test('nobody answers: 4', async () => {
    const { code, stderr } = await ingestInto(lake, ['s3://logs/'], ['--endpoint-url', 'http://127.0.0.1:9'])
    expect(code).toBe(4)
    expect(stderr).toContain('AWS cannot be reached: nobody answers there (connection refused)')
  })

  test('killed in the middle of reading', async () => {
    const running = startIngest(lake, ['s3://logs/'], reach())
    proxy.trouble = asked => {
      if (!isOfVictim(asked)) return undefined
      running.kill()
      return { cutAfter: 100 }
    }
    expect(await running.ended).toBe('SIGKILL')
    await expectTheRest(objects.map(object => object.key))
  })
})
