import type { AwsOptions } from '../aws/options.js'
import { s3Address } from './address.js'
import { S3 } from './client.js'
import { reasonOfAws } from '../aws/reason.js'
import { Fault } from '../../fault/index.js'
import type { ListObjectsV2CommandOutput } from '@aws-sdk/client-s3'

/** Deletes every object whose key begins as `s3://bucket/prefix/` says, which must end with a slash. Rejects with a Fault, also where some of them stay. */
export async function removeObjects(url: string, options: AwsOptions): Promise<void> {
  const { bucket: Bucket, key: Prefix } = s3Address(url)
  if (Prefix === '' || !Prefix.endsWith('/')) throw new RangeError(`${url} is no folder within a bucket`)
  const s3 = new S3(options)
  try {
    const { DeleteObjectsCommand, ListObjectsV2Command } = await s3.sdk()
    const client = await s3.client()
    let token: string | undefined
    do {
      const page: ListObjectsV2CommandOutput = await client.send(
        new ListObjectsV2Command({ Bucket, Prefix, ...(token && { ContinuationToken: token }) }),
      )
      const Objects = (page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }]))
      if (Objects.length > 0) {
        const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }))
        const [first] = Errors
        if (first) throw stays(url, `${Errors.length} objects, the first ${first.Key}: ${first.Code} ${first.Message ?? ''}`)
      }
      token = page.NextContinuationToken
    } while (token !== undefined)
  } catch (error) {
    throw error instanceof Fault ? error : stays(url, reasonOfAws(error), error)
  } finally {
    s3.close()
  }
}

const stays = (where: string, reason: string, cause?: unknown): Fault =>
  new Fault({
    code: 'objects-stay',
    kind: 'engine',
    message: `what lies there cannot be removed: ${reason.trim()}`,
    where,
    action: 'allow s3:ListBucket and s3:DeleteObject there, and remove it by hand',
    cause,
  })
