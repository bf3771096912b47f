import { z } from 'zod'

/** An object that S3 says was written. */
export interface Written {
  readonly bucket: string
  readonly key: string
  readonly version?: string | undefined
  readonly bytes?: number | undefined
}

/** What the body of a message says; `strange` is nothing that S3 says, whatever carried it. */
export type Event =
  | { readonly kind: 'written'; readonly objects: readonly Written[] }
  /** S3 tries whether the queue is there. */
  | { readonly kind: 'test' }
  | { readonly kind: 'strange'; readonly reason: string }

const notification = z.object({
  Records: z.array(
    z.object({
      eventSource: z.string().endsWith(':s3'),
      eventName: z.string(),
      s3: z.object({
        bucket: z.object({ name: z.string() }),
        object: z.object({ key: z.string(), eTag: z.string().optional(), size: z.number().optional() }),
      }),
    }),
  ),
})

const test = z.object({ Service: z.literal('Amazon S3'), Event: z.literal('s3:TestEvent') })

const sns = z.object({ Type: z.literal('Notification'), Message: z.string() })

const eventBridge = z.object({
  source: z.literal('aws.s3'),
  'detail-type': z.string(),
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({ key: z.string(), etag: z.string().optional(), size: z.number().optional() }),
  }),
})

const STRANGE: Event = { kind: 'strange', reason: 'a message that is no event of S3, plain, through SNS or EventBridge' }

/** S3's own notifications write keys as forms do; EventBridge's do not. */
const keyOf = (written: string): string => decodeURIComponent(written.replaceAll('+', ' '))

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What a message says. Deletions and the like say nothing about what was written: no objects. */
export function eventOf(body: string): Event {
  const message = json(body)
  const wrapped = sns.safeParse(message)
  const said = wrapped.success ? json(wrapped.data.Message) : message
  if (test.safeParse(said).success) return { kind: 'test' }
  const bridged = eventBridge.safeParse(said)
  if (bridged.success) {
    const { detail, 'detail-type': type } = bridged.data
    const { key, etag, size } = detail.object
    return {
      kind: 'written',
      objects: type === 'Object Created' ? [{ bucket: detail.bucket.name, key, version: etag, bytes: size }] : [],
    }
  }
  const notified = notification.safeParse(said)
  if (!notified.success) return STRANGE
  try {
    return {
      kind: 'written',
      objects: notified.data.Records.filter(({ eventName }) => /^(?:s3:)?ObjectCreated:/.test(eventName)).map(({ s3 }) => ({
        bucket: s3.bucket.name,
        key: keyOf(s3.object.key),
        version: s3.object.eTag,
        bytes: s3.object.size,
      })),
    }
  } catch {
    return STRANGE
  }
}
