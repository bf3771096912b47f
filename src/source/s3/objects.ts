import type { AwsOptions } from '../aws/options.js'
import { reasonOfAws } from '../aws/reason.js'
import { Fault } from '../../fault/index.js'
import type { SourceObject } from '../object.js'
import { s3Address } from './address.js'
import { S3 } from './client.js'
import { pagesOf } from './pages.js'

/** Objects of S3 as they lie, whatever their keys mean. Everything rejects with a Fault. */
export interface S3Objects {
  /** All data whose key begins with that of `s3://bucket/key`, page by page. */
  list(url: string): AsyncIterable<readonly SourceObject[]>
  /** Bytes of one object, the last of them excluded. */
  read(url: string, from: number, to: number): Promise<Uint8Array>
  close(): void
}

/** Nothing is asked of AWS yet. */
export function openS3Objects(options: AwsOptions): S3Objects {
  const s3 = new S3(options)
  return {
    async *list(url) {
      const { bucket, key } = s3Address(url)
      try {
        for await (const { objects } of pagesOf(s3, { bucket, prefix: key })) yield objects
      } catch (error) {
        throw unread(error, 'listed', url)
      }
    },
    async read(url, from, to) {
      const { bucket, key } = s3Address(url)
      const { GetObjectCommand } = await s3.sdk()
      const range = `bytes=${from}-${to - 1}`
      const client = await s3.client()
      try {
        const { Body } = await client.send(
          new GetObjectCommand({ Bucket: bucket, Key: key, Range: range, ...s3.payer }),
          s3.sending,
        )
        return (await Body?.transformToByteArray()) ?? new Uint8Array()
      } catch (error) {
        throw unread(error, 'read', url)
      }
    },
    close: () => s3.close(),
  }
}

const unread = (error: unknown, what: string, where: string): Fault =>
  new Fault({
    code: 'source-unreadable',
    kind: 'source',
    message: `it cannot be ${what}: ${reasonOfAws(error)}`,
    where,
    cause: error,
  })
