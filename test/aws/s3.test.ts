import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { putObjects } from '../../scripts/emulator/server.js'
import { openS3, type ObjectSource, type S3Options, type SourceObject } from '../../src/source/index.js'
import { describeAws } from './emulator.js'
import { s3Error, startProxy, type Proxy } from './proxy.js'

const day = (text: string) => new Date(`${text}T00:00:00Z`)

describeAws('objects in S3', aws => {
  const temporary = mkdtempSync(join(tmpdir(), 'weir-s3-'))
  afterAll(() => rmSync(temporary, { recursive: true, force: true }))

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

  const put = async (Bucket: string, Key: string, Body = `content of ${Key}`) => {
    const { ETag = '' } = await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength: Buffer.byteLength(Body) }))
    return ETag.replaceAll('"', '')
  }
  async function putAll(bucket: string, keys: readonly string[]): Promise<void> {
    await client.send(new CreateBucketCommand({ Bucket: bucket }))
    for (let from = 0; from < keys.length; from += 20) await Promise.all(keys.slice(from, from + 20).map(key => put(bucket, key)))
  }

  const opened: ObjectSource[] = []
  afterEach(() => {
    for (const source of opened.splice(0)) source.close()
  })
  function open(url: string, options: Partial<S3Options> = {}): ObjectSource {
    const source = openS3(url, { endpointUrl: proxy.endpoint, accounts: [], regions: [], vpcs: [], ...options })
    opened.push(source)
    proxy.asked.length = 0
    return source
  }
  async function pagesOf(source: ObjectSource): Promise<(readonly SourceObject[])[]> {
    const pages = []
    for await (const page of source.list()) pages.push(page)
    return pages
  }
  const namesOf = async (source: ObjectSource) =>
    (await pagesOf(source))
      .flat()
      .map(({ name }) => name)
      .sort()
  /** Prefixes that AWS was asked for. */
  const listed = () => [...new Set(proxy.asked.map(({ query }) => query.get('prefix') ?? ''))].sort()

  describe.each([
    ['as it comes', '', (date: string) => `AWSLogs/111111111111/vpcflowlogs/us-east-1/${date.replaceAll('-', '/')}/`],
    ['by the hour', 'team/net/', (date: string) => `AWSLogs/111111111111/vpcflowlogs/us-east-1/${date.replaceAll('-', '/')}/07/`],
    [
      'in an organisation',
      '',
      (date: string) => `AWSLogs/o-a1b2c3d4e5/111111111111/vpcflowlogs/us-east-1/${date.replaceAll('-', '/')}/`,
    ],
    [
      'Hive-style',
      'team/',
      (date: string) =>
        `AWSLogs/aws-account-id=111111111111/aws-service=vpcflowlogs/aws-region=us-east-1/year=${date.replace('-', '/month=').replace('-', '/day=')}/`,
    ],
    [
      'Hive-style by the hour',
      '',
      (date: string) =>
        `AWSLogs/aws-account-id=111111111111/aws-service=vpcflowlogs/aws-region=us-east-1/year=${date.replace('-', '/month=').replace('-', '/day=')}/hour=07/`,
    ],
    [
      'of a transit gateway, Hive-style',
      '',
      (date: string) =>
        `AWSLogs/aws-account-id=111111111111/service=vpcflowlogs/aws-region=us-east-1/year=${date.replace('-', '/month=').replace('-', '/day=')}/`,
    ],
  ])('%s', (title, before, folder) => {
    const bucket = `layout-${title.toLowerCase().replace(/\W+/g, '-')}`
    const key = (date: string) =>
      `${before}${folder(date)}111111111111_vpcflowlogs_us-east-1_fl-1_${date.replaceAll('-', '')}T0700Z_a.log.gz`
    const dates = ['2026-03-28', '2026-03-30', '2026-03-31', '2026-04-01', '2026-04-02', '2026-04-04']
    const name = (date: string) => `s3://${bucket}/${key(date)}`
    beforeAll(() =>
      putAll(bucket, [...dates.map(key), `${before}AWSLogs/111111111111/CloudTrail/us-east-1/2026/04/01/trail.json.gz`]),
    )

    /** A folder of a day before or after those in `from` to `to` that AWS was asked for, or the region as a whole. */
    const strayed = (from: string, to: string) =>
      listed().filter(prefix => {
        const date = /(\d{4})\/(?:month=)?(\d\d)\/(?:day=)?(\d\d)/.exec(prefix)
        const asDay = date && `${date[1]}-${date[2]}-${date[3]}`
        return asDay ? asDay < from || asDay > to : /us-east-1\/$/.test(prefix)
      })

    test('everything, but for what other services wrote', async () => {
      expect(await namesOf(open(`s3://${bucket}`))).toEqual(dates.map(name))
    })

    test('only the days asked for are listed, and one before and after for objects that are late', async () => {
      const source = open(`s3://${bucket}/${before}`, { since: day('2026-04-01'), until: new Date('2026-04-01T12:00:00Z') })
      expect(await namesOf(source)).toEqual(['2026-03-31', '2026-04-01', '2026-04-02'].map(name))
      expect(strayed('2026-03-31', '2026-04-02')).toEqual([])
      expect(source.unreadable).toEqual([])
    })

    test('looks back as far as it is told', async () => {
      const options = { since: day('2026-04-01'), until: day('2026-04-01') }
      expect(await namesOf(open(`s3://${bucket}/${before}AWSLogs/`, { ...options, lookBack: 0 }))).toEqual([name('2026-04-01')])
      expect(strayed('2026-04-01', '2026-04-01')).toEqual([])
      expect(await namesOf(open(`s3://${bucket}`, { ...options, lookBack: 2 * 86_400_000 }))).toEqual(
        ['2026-03-30', '2026-03-31', '2026-04-01', '2026-04-02'].map(name),
      )
    })

    test('with an end or a beginning only', async () => {
      expect(await namesOf(open(`s3://${bucket}`, { since: day('2026-04-02') }))).toEqual(
        ['2026-04-01', '2026-04-02', '2026-04-04'].map(name),
      )
      expect(proxy.asked.filter(({ query }) => query.has('start-after'))).toHaveLength(1)
      expect(await namesOf(open(`s3://${bucket}`, { until: day('2026-03-29') }))).toEqual(['2026-03-28', '2026-03-30'].map(name))
    })

    test('from any depth, with or without a slash at the end', async () => {
      const wanted = ['2026-03-31', '2026-04-01', '2026-04-02'].map(name)
      const segments = key('2026-04-01').split('/')
      for (let depth = 1; depth < segments.length; depth++) {
        const prefix = segments.slice(0, depth).join('/')
        const within = wanted.filter(one => one.startsWith(`s3://${bucket}/${prefix}/`))
        for (const url of [`s3://${bucket}/${prefix}/`, `s3://${bucket}/${prefix}`])
          expect(await namesOf(open(url, { since: day('2026-04-01'), until: day('2026-04-01') })), url).toEqual(within)
      }
    })
  })

  describe('many accounts and regions', () => {
    const key = (account: string, region: string) =>
      `AWSLogs/${account}/vpcflowlogs/${region}/2026/04/01/${account}_vpcflowlogs_${region}_fl-1_20260401T0000Z_a.log.gz`
    const accounts = ['111111111111', '222222222222', '333333333333']
    const regions = ['eu-west-1', 'us-east-1', 'us-gov-west-1']
    const name = (account: string, region: string) => `s3://organisation/${key(account, region)}`
    beforeAll(() =>
      putAll(
        'organisation',
        accounts.flatMap(account => regions.map(region => key(account, region))),
      ),
    )

    test('only those asked for are listed', async () => {
      const source = open('s3://organisation/', { accounts: ['111111111111', '333333333333'], regions: ['us-gov-west-1'] })
      expect(await namesOf(source)).toEqual(['111111111111', '333333333333'].map(account => name(account, 'us-gov-west-1')))
      expect(listed().filter(prefix => /222222222222|eu-west-1|us-east-1/.test(prefix))).toEqual([])
    })

    test('what is denied is said, and the rest is listed', async () => {
      proxy.trouble = ({ query }) =>
        query.get('prefix')?.startsWith('AWSLogs/222222222222/')
          ? s3Error(
              403,
              'AccessDenied',
              'User: arn:aws:iam::1:user/x is not authorized to perform: s3:ListBucket on resource: organisation',
            )
          : undefined
      const source = open('s3://organisation/AWSLogs/')
      expect(await namesOf(source)).toEqual(
        ['111111111111', '333333333333'].flatMap(account => regions.map(region => name(account, region))),
      )
      expect(source.unreadable).toEqual([
        {
          source: 's3://organisation/AWSLogs/222222222222/vpcflowlogs/',
          reason:
            'access denied: User: arn:aws:iam::1:user/x is not authorized to perform: s3:ListBucket on resource: organisation: ' +
            'allow it in the IAM policy and the policy of the bucket or queue',
        },
      ])
    })

    test('each account under a role of its own', async () => {
      process.env['AWS_ENDPOINT_URL_STS'] = proxy.endpoint
      try {
        const source = open('s3://organisation/', {
          roleArn: 'arn:aws:iam::{account}:role/reader',
          externalId: 'weir',
          accounts: ['222222222222'],
        })
        expect(await namesOf(source)).toEqual(regions.map(region => name('222222222222', region)))
        const keyIds = proxy.asked.map(({ query, headers }) => ({
          prefix: query.get('prefix'),
          own: headers.authorization?.includes('Credential=testing/'),
        }))
        expect(keyIds).toContainEqual({ prefix: 'AWSLogs/', own: true })
        expect(keyIds).toContainEqual({ prefix: 'AWSLogs/222222222222/vpcflowlogs/', own: false })
        expect(proxy.asked.filter(({ path, method }) => path === '/' && method === 'POST')).toHaveLength(1)
      } finally {
        delete process.env['AWS_ENDPOINT_URL_STS']
      }
    })
  })

  test('a role that may not be assumed is said where it was needed', async () => {
    const message =
      'User: arn:aws:iam::1:user/x is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222222222222:role/reader'
    proxy.trouble = ({ path, method }) =>
      path === '/' && method === 'POST'
        ? {
            status: 403,
            body: `<ErrorResponse><Error><Code>AccessDenied</Code><Message>${message}</Message></Error></ErrorResponse>`,
          }
        : undefined
    process.env['AWS_ENDPOINT_URL_STS'] = proxy.endpoint
    try {
      await putAll('one-account', ['AWSLogs/222222222222/vpcflowlogs/us-east-1/2026/04/01/a.log.gz', 'AWSLogs/odd.log'])
      const source = open('s3://one-account/', { roleArn: 'arn:aws:iam::{account}:role/reader' })
      expect(await namesOf(source)).toEqual(['s3://one-account/AWSLogs/odd.log'])
      expect(source.unreadable).toEqual([
        {
          source: 's3://one-account/AWSLogs/222222222222/vpcflowlogs/',
          reason: `the role may not be assumed: ${message}: check its trust policy and --external-id`,
        },
      ])
    } finally {
      delete process.env['AWS_ENDPOINT_URL_STS']
    }
  })

  test('no credentials, an address without a bucket', async () => {
    const keys = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].map(name => [name, process.env[name]] as const)
    for (const [name] of keys) Reflect.deleteProperty(process.env, name)
    const source = open('s3://one-account/')
    expect(await namesOf(source)).toEqual([])
    expect(source.unreadable).toEqual([
      { source: 's3://one-account/', reason: expect.stringMatching(/^no AWS credentials were found: name a profile/) as string },
    ])
    Object.assign(process.env, Object.fromEntries(keys))
    expect(() => open('s3:///logs/')).toThrow('names no bucket')
  })

  test('deep under folders of any name, only flow logs, and of the accounts asked for', async () => {
    const deep = 'a/b/c/d/e/f/g/AWSLogs'
    const key = (account: string, service: string) => `${deep}/${account}/${service}/us-east-1/2026/04/01/a.log.gz`
    await putAll('deep-bucket', [
      key('111111111111', 'vpcflowlogs'),
      key('222222222222', 'vpcflowlogs'),
      key('111111111111', 'CloudTrail'),
    ])
    const wanted = [`s3://deep-bucket/${key('111111111111', 'vpcflowlogs')}`]
    expect(await namesOf(open('s3://deep-bucket', { accounts: ['111111111111'] }))).toEqual(wanted)
    expect(await namesOf(open(`s3://deep-bucket/${deep}/111111111111/CloudTrail/`))).toEqual([
      `s3://deep-bucket/${key('111111111111', 'CloudTrail')}`,
    ])
  })

  describe('any other prefix', () => {
    const odd = ['a b/c+d/ü é.log', 'a b/100%/x?y#z&.log', 'a b/日本/語.log', "a b/it's (1)!.log"]
    beforeAll(async () => {
      await putAll('plain-bucket', [
        ...odd,
        'logs/one.log',
        'logs/two.log',
        'logs-old/three.log',
        'dated/2026/04/01/00/firehose-1',
      ])
      await put('plain-bucket', 'logs/.hidden.log')
      await put('plain-bucket', 'logs/_SUCCESS')
      await put('plain-bucket', 'logs/folder/', '')
      await put('plain-bucket', 'logs/empty.log', '')
    })

    test('is listed whole, but for markers, empty and hidden objects', async () => {
      expect(await namesOf(open('s3://plain-bucket/logs/'))).toEqual([
        's3://plain-bucket/logs/one.log',
        's3://plain-bucket/logs/two.log',
      ])
      expect(await namesOf(open('s3://plain-bucket/logs'))).toEqual([
        's3://plain-bucket/logs/one.log',
        's3://plain-bucket/logs/two.log',
      ])
      expect(await namesOf(open('s3://plain-bucket/logs/two.log'))).toEqual(['s3://plain-bucket/logs/two.log'])
      expect(await namesOf(open('s3://plain-bucket/dated/', { since: day('2030-01-01') }))).toEqual([
        's3://plain-bucket/dated/2026/04/01/00/firehose-1',
      ])
    })

    test('keys are taken as they are', async () => {
      const source = open('s3://plain-bucket/a b/')
      const objects = (await pagesOf(source)).flat()
      expect(objects.map(({ name }) => name).sort()).toEqual(odd.map(key => `s3://plain-bucket/${key}`).sort())
      for (const object of objects) {
        const path = join(temporary, 'odd')
        expect(await source.fetch(object, path)).toEqual({ kind: 'fetched', object, path })
        expect(readFileSync(path, 'utf8')).toBe(`content of ${object.name.slice('s3://plain-bucket/'.length)}`)
      }
    })

    test('2,500 keys come in pages of at most 1,000, each asked for when the one before was taken', async () => {
      await client.send(new CreateBucketCommand({ Bucket: 'paged-bucket' }))
      const keys = Array.from({ length: 2500 }, (_, i) => `logs/${String(i).padStart(4, '0')}.log`)
      await putObjects(aws.endpoint, 'paged-bucket', keys)
      const source = open('s3://paged-bucket/logs/')
      const sizes: number[] = []
      for await (const page of source.list()) {
        sizes.push(page.length)
        expect(proxy.asked.filter(({ query }) => !query.has('delimiter')).length).toBeLessThanOrEqual(sizes.length + 1)
      }
      expect(sizes.reduce((sum, size) => sum + size)).toBe(2500)
      expect(Math.max(...sizes)).toBeLessThanOrEqual(1000)
    })

    test.each([
      ['s3://plain-bucket/nothing/', 'there is nothing under this prefix'],
      ['s3://plain-bucket/nothing', 'there is no such object or folder'],
      ['s3://no-such-bucket/logs/', 'there is no such bucket'],
    ])('%s: %s', async (url, reason) => {
      const source = open(url)
      expect(await namesOf(source)).toEqual([])
      expect(source.unreadable).toEqual([{ source: url, reason }])
    })
  })

  describe('bringing an object here', () => {
    const path = join(temporary, 'object')
    const large = 'x'.repeat(300_000)
    let version: string
    const object = (): SourceObject => ({ name: 's3://reading/log', version, bytes: large.length })
    beforeAll(() => client.send(new CreateBucketCommand({ Bucket: 'reading' })))
    beforeEach(async () => {
      version = await put('reading', 'log', large)
    })

    test('byte for byte', async () => {
      expect(await open('s3://reading/').fetch(object(), path)).toEqual({ kind: 'fetched', object: object(), path })
      expect(readFileSync(path, 'utf8')).toBe(large)
      expect(proxy.asked.map(({ headers }) => headers['if-match'])).toEqual([`"${version}"`])
    })

    test('one that changed since it was listed is read as it is now', async () => {
      const listed = object()
      const newer = await put('reading', 'log', 'shorter')
      const fetched = await open('s3://reading/').fetch(listed, path)
      expect(fetched).toEqual({ kind: 'fetched', object: { name: listed.name, version: newer, bytes: 7 }, path })
      expect(readFileSync(path, 'utf8')).toBe('shorter')
    })

    test('one that changes while it is read is read again', async () => {
      const listed = object()
      let newer = ''
      let cuts = 1
      proxy.trouble = () => (cuts-- > 0 ? { cutAfter: 100_000 } : undefined)
      proxy.after = async () => {
        if (newer === '') newer = await put('reading', 'log', `${large}more`)
      }
      const fetched = await open('s3://reading/').fetch(listed, path)
      expect(fetched).toEqual({ kind: 'fetched', object: { name: listed.name, version: newer, bytes: large.length + 4 }, path })
      expect(readFileSync(path, 'utf8')).toBe(`${large}more`)
    })

    test('one that was deleted is gone', async () => {
      await client.send(new DeleteObjectCommand({ Bucket: 'reading', Key: 'log' }))
      expect(await open('s3://reading/').fetch(object(), path)).toEqual({ kind: 'gone', object: object() })
    })

    test('a connection that is cut in the middle is tried again', async () => {
      let cuts = 2
      proxy.trouble = () => (cuts-- > 0 ? { cutAfter: 150_000 } : undefined)
      expect(await open('s3://reading/').fetch(object(), path)).toMatchObject({ kind: 'fetched', object: object() })
      expect(readFileSync(path, 'utf8')).toBe(large)
      expect(proxy.asked).toHaveLength(3)
    })

    test('a slow-down is waited out', async () => {
      let refusals = 2
      proxy.trouble = () => (refusals-- > 0 ? s3Error(503, 'SlowDown', 'Please reduce your request rate.') : undefined)
      expect(await open('s3://reading/').fetch(object(), path)).toMatchObject({ kind: 'fetched', object: object() })
      expect(proxy.asked).toHaveLength(3)
    })

    test('the requester pays', async () => {
      await open('s3://reading/', { requestPayer: true }).fetch(object(), path)
      expect(proxy.asked.map(({ headers }) => headers['x-amz-request-payer'])).toEqual(['requester'])
    })

    test('public data is asked for without a signature', async () => {
      await open('s3://reading/', { noSignRequest: true }).fetch(object(), path)
      expect(proxy.asked.map(({ headers }) => headers.authorization)).toEqual([undefined])
    })

    test('a bucket in another region is found there', async () => {
      proxy.trouble = ({ headers }) =>
        headers.authorization?.includes('/eu-west-1/')
          ? undefined
          : s3Error(301, 'PermanentRedirect', 'Use another endpoint.', { 'x-amz-bucket-region': 'eu-west-1' })
      expect(await open('s3://reading/').fetch(object(), path)).toMatchObject({ kind: 'fetched', object: object() })
    })

    const kms =
      'User: arn:aws:iam::1:user/x is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:1:key/k because no identity-based policy allows the kms:Decrypt action'
    test.each([
      ['KMS', s3Error(403, 'AccessDenied', kms), /^its KMS key denies us: .*key\/k .*: allow kms:Decrypt/],
      ['access denied', s3Error(403, 'AccessDenied', 'Access Denied'), /^access denied: allow it in the IAM policy/],
      ['archived', s3Error(403, 'InvalidObjectState', 'The operation is not valid'), /^it is archived/],
      [
        'expired',
        s3Error(400, 'ExpiredToken', 'The provided token has expired.'),
        /^the AWS credentials have expired: sign in again/,
      ],
    ])('%s: said by name', async (_, trouble, reason) => {
      proxy.trouble = () => trouble
      const fetched = await open('s3://reading/').fetch(object(), path)
      expect(fetched).toEqual({ kind: 'failed', object: object(), reason: expect.stringMatching(reason) as string })
    })

    test('nobody answers there', async () => {
      const fetched = await open('s3://reading/', { endpointUrl: 'http://127.0.0.1:9' }).fetch(object(), path)
      expect(fetched).toMatchObject({ kind: 'failed', reason: expect.stringContaining('connection refused') as string })
    })

    test('a file that cannot be written is no fault of the object', async () => {
      await expect(open('s3://reading/').fetch(object(), join(temporary, 'no', 'folder'))).rejects.toMatchObject({
        code: 'ENOENT',
      })
    })

    test('what is interrupted ends', async () => {
      const interruption = new AbortController()
      proxy.trouble = () => {
        interruption.abort(new Error('interrupted'))
        return s3Error(503, 'SlowDown', 'Please reduce your request rate.')
      }
      const source = open('s3://reading/', { signal: interruption.signal })
      await expect(source.fetch(object(), path)).rejects.toThrow('interrupted')
      await expect(pagesOf(source)).rejects.toThrow('interrupted')
    })
  })
})
