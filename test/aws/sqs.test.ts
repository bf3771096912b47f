import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openSqs, type ObjectSource, type SourceObject, type SqsOptions } from '../../src/source/index.js'
import { describeAws } from './emulator.js'
import { s3Error, startProxy, type Proxy } from './proxy.js'

describeAws('objects that a queue tells of', aws => {
  const temporary = mkdtempSync(join(tmpdir(), 'weir-sqs-'))
  const path = join(temporary, 'object')
  afterAll(() => rmSync(temporary, { recursive: true, force: true }))

  let proxy: Proxy
  let s3: S3Client
  let sqs: SQSClient
  beforeAll(async () => {
    proxy = await startProxy(aws.endpoint)
    s3 = new S3Client({ endpoint: aws.endpoint, forcePathStyle: true })
    sqs = new SQSClient({ endpoint: aws.endpoint })
    await s3.send(new CreateBucketCommand({ Bucket: 'logs' }))
  })
  afterAll(() => {
    s3.destroy()
    sqs.destroy()
    return proxy.stop()
  })

  /** Each test has a queue of its own. */
  let queue: string
  let queueUrl: string
  let count = 0
  beforeEach(async () => {
    queue = `events-${++count}`
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: queue }))
    queueUrl = QueueUrl
  })

  const opened: ObjectSource[] = []
  afterEach(() => {
    proxy.trouble = undefined
    for (const source of opened.splice(0)) source.close()
  })
  function open(url = `sqs://${queue}`, options: SqsOptions = {}): ObjectSource {
    const source = openSqs(url, { endpointUrl: proxy.endpoint, ...options })
    opened.push(source)
    proxy.asked.length = 0
    return source
  }
  async function objectsOf(source: ObjectSource): Promise<SourceObject[]> {
    const objects = []
    for await (const page of source.list()) objects.push(...page)
    return objects
  }
  async function put(Key: string, Body = `content of ${Key}`): Promise<SourceObject> {
    const { ETag = '' } = await s3.send(
      new PutObjectCommand({ Bucket: 'logs', Key, Body, ContentLength: Buffer.byteLength(Body) }),
    )
    return { name: `s3://logs/${Key}`, version: ETag.replaceAll('"', ''), bytes: Buffer.byteLength(Body) }
  }
  const send = (body: unknown) =>
    sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: typeof body === 'string' ? body : JSON.stringify(body) }))
  /** Messages in the queue, ours or anybody's. */
  async function messages(): Promise<number> {
    const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...AttributeNames] }),
    )
    return AttributeNames.reduce((sum, name) => sum + Number(Attributes[name]), 0)
  }

  /** As S3 writes keys: of spaces it makes plus signs. */
  const urlEncoded = (key: string) => encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/')
  const record = (object: SourceObject, eventName = 'ObjectCreated:Put') => ({
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: 'us-east-1',
    eventName,
    s3: {
      bucket: { name: 'logs', arn: 'arn:aws:s3:::logs' },
      object: {
        key: urlEncoded(object.name.slice('s3://logs/'.length)),
        size: object.bytes,
        eTag: object.version,
        sequencer: '00',
      },
    },
  })
  const notification = (...objects: readonly SourceObject[]) => ({ Records: objects.map(object => record(object)) })
  const throughSns = (message: unknown) => ({
    Type: 'Notification',
    MessageId: '1',
    TopicArn: 'arn:aws:sns:us-east-1:1:topic',
    Subject: 'Amazon S3 Notification',
    Message: JSON.stringify(message),
    Timestamp: '2026-04-01T00:00:00.000Z',
  })
  const throughEventBridge = (object: SourceObject, type = 'Object Created') => ({
    version: '0',
    'detail-type': type,
    source: 'aws.s3',
    account: '111111111111',
    region: 'us-east-1',
    detail: {
      bucket: { name: 'logs' },
      object: { key: object.name.slice('s3://logs/'.length), size: object.bytes, etag: object.version, sequencer: '00' },
      reason: 'PutObject',
    },
  })

  test.each([
    ['plain', notification],
    ['through SNS', (object: SourceObject) => throughSns(notification(object))],
    ['through EventBridge', throughEventBridge],
    ['through EventBridge and SNS', (object: SourceObject) => throughSns(throughEventBridge(object))],
  ])('%s: a message is deleted when its object is settled, and not before', async (title, wrap) => {
    const object = await put(`${title}/a b+c/100%/ü 日本.log`)
    await send(wrap(object))
    const source = open()
    expect(await objectsOf(source)).toEqual([object])
    expect(await source.fetch(object, path)).toEqual({ kind: 'fetched', object, path })
    expect(readFileSync(path, 'utf8')).toBe(`content of ${title}/a b+c/100%/ü 日本.log`)
    expect(await messages()).toBe(1)
    await source.settle([object])
    expect(await messages()).toBe(0)
    expect(source.unreadable).toEqual([])
  })

  test('what S3 itself sends: first a test, then an event', async () => {
    const QueueArn = `arn:aws:sqs:us-east-1:123456789012:${queue}`
    await s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: 'logs',
        NotificationConfiguration: { QueueConfigurations: [{ QueueArn, Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'] }] },
      }),
    )
    const object = await put('from S3/1.log')
    await put('from S3/2.log')
    await s3.send(new DeleteObjectCommand({ Bucket: 'logs', Key: 'from S3/2.log' }))
    await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket: 'logs', NotificationConfiguration: {} }))
    await send({ Service: 'Amazon S3', Event: 's3:TestEvent', Time: '2026-04-01T00:00:00Z', Bucket: 'logs' })
    const source = open()
    const objects = await objectsOf(source)
    expect(objects.map(({ name }) => name).sort()).toEqual(['s3://logs/from S3/1.log', 's3://logs/from S3/2.log'])
    expect(objects).toContainEqual(object)
    for (const one of objects) {
      const fetched = await source.fetch(one, path)
      expect(fetched.kind).toBe(one.name.endsWith('1.log') ? 'fetched' : 'gone')
      if (fetched.kind === 'fetched') await source.settle([fetched.object])
    }
    expect(await messages()).toBe(0)
    expect(source.unreadable).toEqual([])
  })

  test('several objects in a message, an object in several messages', async () => {
    const [one, two, three] = [await put('several/1'), await put('several/2'), await put('several/3')]
    await send(notification(one, two))
    await send(notification(two, three))
    await send(notification(two))
    const source = open()
    expect((await objectsOf(source)).map(({ name }) => name).sort()).toEqual([one, two, three].map(({ name }) => name))
    await source.settle([one])
    expect(await messages()).toBe(3)
    await source.settle([two])
    expect(await messages()).toBe(1)
    await source.settle([three])
    expect(await messages()).toBe(0)
  })

  test('an object that was overwritten: the newer settles the older', async () => {
    const older = await put('overwritten', 'older')
    await send(notification(older))
    const newer = await put('overwritten', 'newer and longer')
    const source = open()
    expect(await objectsOf(source)).toEqual([older])
    expect(await source.fetch(older, path)).toEqual({ kind: 'fetched', object: newer, path })
    await source.settle([newer])
    expect(await messages()).toBe(0)
  })

  test('deletions, folder markers and what other services wrote are passed over and deleted', async () => {
    const object = await put('passed over/1')
    await send({ Records: [record(object, 'ObjectRemoved:Delete')] })
    await send(throughEventBridge(object, 'Object Deleted'))
    await send(notification({ ...object, name: 's3://logs/passed over/folder/', bytes: 0 }))
    await send(notification({ ...object, name: 's3://logs/passed over/_SUCCESS' }))
    await send(notification({ ...object, name: 's3://logs/AWSLogs/111111111111/CloudTrail/us-east-1/2026/04/01/trail.json.gz' }))
    const source = open()
    expect(await objectsOf(source)).toEqual([])
    expect(await messages()).toBe(0)
    expect(source.unreadable).toEqual([])
  })

  test('a message that is something else stays in the queue, and is said once', async () => {
    const object = await put('beside/1')
    await send('hello')
    await send({ Records: [{ eventSource: 'aws:ses', eventName: 'ObjectCreated:Put' }] })
    await send(notification(object))
    const source = open(undefined, { visibility: 1 })
    const objects = await objectsOf(source)
    await source.settle(objects)
    await sleep(1500)
    expect(await objectsOf(source)).toEqual([])
    expect(objects).toEqual([object])
    expect(await messages()).toBe(2)
    const reason = expect.stringMatching(
      /^a message that is no event of S3, plain, through SNS or EventBridge \(message .+\)$/,
    ) as string
    expect(source.unreadable).toEqual([
      { source: `sqs://${queue}`, reason },
      { source: `sqs://${queue}`, reason },
    ])
  })

  test('an event without a version: the object is asked', async () => {
    const object = await put('no version/1')
    const event = throughEventBridge(object)
    const { key } = event.detail.object
    await send({ ...event, detail: { ...event.detail, object: { key } } })
    await send({ ...event, detail: { ...event.detail, object: { key: 'no version/gone' } } })
    const source = open()
    expect(await objectsOf(source)).toEqual([object])
    expect(await messages()).toBe(1)
    await source.settle([object])
    expect(await messages()).toBe(0)
  })

  test('nobody else is handed a message while we work on it; unsettled it comes back', async () => {
    const object = await put('in work/1')
    await send(notification(object))
    const first = open(undefined, { visibility: 2 })
    expect(await objectsOf(first)).toEqual([object])
    await sleep(3500)
    const second = open()
    expect(await objectsOf(second)).toEqual([])
    first.close()
    await sleep(2500)
    expect(await objectsOf(second)).toEqual([object])
  })

  test('a queue with more than one receive takes', async () => {
    const objects = await Promise.all(Array.from({ length: 35 }, (_, i) => put(`many/${String(i).padStart(2, '0')}`)))
    for (const object of objects) await send(notification(object))
    const source = open()
    const found = await objectsOf(source)
    expect(found.sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(objects)
    await source.settle(found)
    expect(await messages()).toBe(0)
  })

  test('by its name in an account, by its URL', async () => {
    const object = await put('named/1')
    await send(notification(object))
    const byAccount = open(`sqs://123456789012/${queue}`, { visibility: 1 })
    expect(await objectsOf(byAccount)).toEqual([object])
    byAccount.close()
    await sleep(1500)
    expect(await objectsOf(open(`sqs://${queueUrl}`))).toEqual([object])
  })

  test('no such queue, no permission: said by name', async () => {
    const missing = open('sqs://no-such-queue')
    expect(await objectsOf(missing)).toEqual([])
    expect(missing.unreadable).toEqual([
      { source: 'sqs://no-such-queue', reason: 'there is no such queue in this account and region' },
    ])
    proxy.trouble = () => ({
      status: 403,
      body: JSON.stringify({
        __type: 'com.amazon.coral.service#AccessDeniedException',
        message: 'no access to sqs:receivemessage',
      }),
      headers: { 'content-type': 'application/x-amz-json-1.0' },
    })
    const denied = open()
    expect(await objectsOf(denied)).toEqual([])
    expect(denied.unreadable).toEqual([
      {
        source: `sqs://${queue}`,
        reason: expect.stringMatching(/^access denied: no access to sqs:receivemessage: allow/) as string,
      },
    ])
  })

  test('an object that may not be read: its message stays', async () => {
    const object = await put('denied/1')
    await send(notification(object))
    const source = open()
    const objects = await objectsOf(source)
    proxy.trouble = ({ path }) => (path.startsWith('/logs/') ? s3Error(403, 'AccessDenied', 'Access Denied') : undefined)
    expect(await source.fetch(object, path)).toMatchObject({ kind: 'failed' })
    expect(objects).toEqual([object])
    expect(await messages()).toBe(1)
  })

  test.each(['sqs://', 'sqs://a/b', 'sqs://https://'])('%s names no queue', url => {
    expect(() => openSqs(url, {})).toThrow('names no queue')
  })
})
