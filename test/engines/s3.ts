import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { glob } from 'tinyglobby'
import { useTestSettings } from '../aws/settings.js'

/** Asks the AWS of the tests. */
async function withS3<T>(endpoint: string, ask: (s3: S3Client) => Promise<T>): Promise<T> {
  useTestSettings()
  const s3 = new S3Client({ endpoint, forcePathStyle: true })
  try {
    return await ask(s3)
  } finally {
    s3.destroy()
  }
}

/** Makes a bucket with what is in a folder. */
export const bucketOf = (endpoint: string, Bucket: string, folder?: string): Promise<void> =>
  withS3(endpoint, async s3 => {
    await s3.send(new CreateBucketCommand({ Bucket }))
    for (const Key of folder === undefined ? [] : await glob('**', { cwd: folder, dot: true }))
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: await readFile(join(folder ?? '', Key)) }))
  })

/** The keys of a bucket with fewer than a thousand. */
export const keysOf = (endpoint: string, Bucket: string): Promise<string[]> =>
  withS3(endpoint, async s3 => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }))
    return Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key]))
  })
