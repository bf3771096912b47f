import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateBucketCommand, PutBucketNotificationConfigurationCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { ChangeMessageVisibilityCommand, CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { logOf } from '../cli/logs.js'
import { expectWhole, ingest as ingestInto, recordsOf, startIngest } from './command.js'
import { weir } from '../cli/logs.js'
import { describeAws } from './emulator.js'
import { s3Error, startProxy, type Asked, type Proxy } from './proxy.js'

const target = ({ headers }: Asked) => String(headers['x-amz-target']).replace('AmazonSQS.', '')
const isGet = ({ method, path, query }: Asked) => method === 'GET' && path.startsWith('/told/') && !query.has('list-type')
const receivedSchema = z.object({ Messages: z.array(z.object({ ReceiptHandle: z.string() })).default([]) })

describeAws('weir ingest sqs://…', aws => {
  let proxy: Proxy
  let s3: S3Client
  let sqs: SQSClient
  let QueueUrl = ''
  beforeAll(async () => {
    proxy = await startProxy(aws.endpoint)
    s3 = new S3Client({ endpoint: aws.endpoint, forcePathStyle: true })
    sqs = new SQSClient({ endpoint: aws.endpoint })
    await s3.send(new CreateBucketCommand({ Bucket: 'told' }))
    QueueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: 'told' }))).QueueUrl ?? ''
    const queue = { QueueArn: 'arn:aws:sqs:us-east-1:123456789012:told', Events: ['s3:ObjectCreated:*' as const] }
    const NotificationConfiguration = { QueueConfigurations: [queue] }
    await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket: 'told', NotificationConfiguration }))
  })
  afterAll(() => {
    s3.destroy()
    sqs.destroy()
    return proxy.stop()
  })

  let lake: string
  let handles: string[]
  beforeEach(() => {
    const temporary = mkdtempSync(join(tmpdir(), 'weir-ingest-sqs-'))
    lake = join(temporary, 'lake')
    handles = []
    proxy.trouble = undefined
    proxy.after = async (asked, answer) => {
      if (target(asked) !== 'ReceiveMessage') return
      const { Messages } = receivedSchema.parse(JSON.parse(String(answer)))
      handles.push(...Messages.map(({ ReceiptHandle }) => ReceiptHandle))
      return Promise.resolve()
    }
    return () => rmSync(temporary, { recursive: true, force: true })
  })

  const reach = () => ['--endpoint-url', proxy.endpoint]
  const ingest = () => ingestInto(lake, ['sqs://told'], reach())
  const put = (Key: string, Body: string) =>
    s3.send(new PutObjectCommand({ Bucket: 'told', Key, Body, ContentLength: Buffer.byteLength(Body) }))
  /** Messages in the queue, whether or not somebody works on them. */
  async function messages(): Promise<number> {
    const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const
    const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }))
    return AttributeNames.reduce((sum, name) => sum + Number(Attributes[name]), 0)
  }
  /** Hands out again what was handed out, as SQS does when the time is over for which a message is somebody's. */
  async function waitUntilVisible(): Promise<void> {
    for (const ReceiptHandle of handles.splice(0))
      await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 })).catch(() => undefined)
  }
  /** Ingests in a process that is killed when it asks for something. */
  async function ingestKilledAt(isMoment: (asked: Asked) => boolean): Promise<void> {
    const running = startIngest(lake, ['sqs://told'], reach())
    proxy.trouble = asked => {
      if (!isMoment(asked)) return undefined
      running.kill()
      return { status: 503, body: '' }
    }
    expect(await running.ended).toBe('SIGKILL')
    proxy.trouble = undefined
  }

  test('what S3 tells of is taken in, and its messages are deleted', async () => {
    await put('a.log', logOf(10))
    await put('b.log', logOf(20))
    expect(await ingest()).toMatchObject({ code: 0, stderr: '', stored: ['s3://told/a.log', 's3://told/b.log'] })
    expect(await messages()).toBe(0)
    // An object that is told of once more, without a change: known, and done with.
    await put('a.log', logOf(10))
    expect(await ingest()).toMatchObject({ stored: [], report: { known: 1 } })
    expect(await messages()).toBe(0)
    expect(await recordsOf(lake)).toHaveLength(30)
    await expectWhole(lake)
  })

  test('killed before the batch stands, the message comes back', async () => {
    await put('c.log', logOf(5))
    await ingestKilledAt(isGet)
    expect(await messages()).toBe(1)
    await waitUntilVisible()
    expect((await ingest()).stored).toEqual(['s3://told/c.log'])
    expect(await messages()).toBe(0)
    expect(await recordsOf(lake)).toHaveLength(5)
    await expectWhole(lake)
  })

  test('killed when the batch stands and the message is not deleted yet, no record is doubled', async () => {
    await put('d.log', logOf(5))
    await ingestKilledAt(asked => target(asked) === 'DeleteMessageBatch')
    expect(await messages()).toBe(1)
    expect(await recordsOf(lake)).toHaveLength(5)
    await waitUntilVisible()
    expect(await ingest()).toMatchObject({ code: 0, stored: [], report: { known: 1 } })
    expect(await messages()).toBe(0)
    expect(await recordsOf(lake)).toHaveLength(5)
    await expectWhole(lake)
  })

  test('an object that may not be read keeps its message, and others go their way', async () => {
    await put('denied.log', logOf(5))
    await put('e.log', logOf(6))
    proxy.trouble = asked =>
      isGet(asked) && asked.path.endsWith('denied.log') ? s3Error(403, 'AccessDenied', 'Access Denied') : undefined
    const { code, stderr, stored } = await ingest()
    expect({ code, stored }).toEqual({ code: 4, stored: ['s3://told/e.log'] })
    expect(stderr).toMatch(/^error\[source-unreadable\]: access denied: allow it[^\n]*\n {2}where: s3:\/\/told\/denied\.log\n$/)
    expect(await messages()).toBe(1)
    proxy.trouble = undefined
    await waitUntilVisible()
    expect(await ingest()).toMatchObject({ code: 0, stored: ['s3://told/denied.log'] })
    expect(await messages()).toBe(0)
    expect(await recordsOf(lake)).toHaveLength(11)
  })

  test('no such queue', async () => {
    const { code, stdout, stderr } = await weir(['ingest', 'sqs://nobody', '--lake', lake, '--quiet', ...reach()])
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
    expect(stderr).toContain('there is no such queue in this account and region')
  })
})
