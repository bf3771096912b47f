import type { ListObjectsV2CommandOutput } from '@aws-sdk/client-s3'
import type { SourceObject } from '../object.js'
import { s3Name } from './address.js'
import type { S3 } from './client.js'

export interface Listing {
  readonly bucket: string
  readonly prefix: string
  /** Only the folder itself: what stands deeper is given as `folders`. */
  readonly flat?: boolean
  readonly after?: string
  readonly before?: string
  readonly account?: string | undefined
}

export interface Page {
  readonly objects: readonly SourceObject[]
  /** Names of folders, without the prefix and the slash. */
  readonly folders: readonly string[]
  /** Keys that the page told of, data or not. */
  readonly keys: number
}

export const versionOf = (etag: string | undefined): string => (etag ?? '').replace(/^W\//, '').replaceAll('"', '')

/** Folder markers, empty objects and what Hive and Spark keep beside data. */
export function isData(key: string, bytes: number): boolean {
  const name = key.slice(key.lastIndexOf('/') + 1)
  return bytes > 0 && name !== '' && !/^[._]/.test(name)
}

/** Pages of at most 1,000 keys, one at a time. Rejects with what the SDK says. */
export async function* pagesOf(s3: S3, listing: Listing): AsyncGenerator<Page, void, void> {
  const { ListObjectsV2Command } = await s3.sdk()
  const { bucket, prefix, before } = listing
  const client = await s3.client(listing.account)
  let token: string | undefined
  do {
    const page: ListObjectsV2CommandOutput = await client.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        ...(listing.flat ? { Delimiter: '/' } : {}),
        ...(token ? { ContinuationToken: token } : listing.after ? { StartAfter: listing.after } : {}),
        ...s3.payer,
      }),
      s3.sending,
    )
    const contents = (page.Contents ?? []).map(({ Key = '', ETag, Size = 0 }) => ({
      key: Key,
      version: versionOf(ETag),
      bytes: Size,
    }))
    const wanted = contents.filter(({ key, bytes }) => isData(key, bytes) && (before === undefined || key < before))
    yield {
      objects: wanted.map(({ key, version, bytes }) => ({ name: s3Name({ bucket, key }), version, bytes })),
      folders: (page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix.slice(prefix.length, -1)),
      keys: contents.length,
    }
    token = page.NextContinuationToken
    if (before !== undefined && contents.some(({ key }) => key >= before)) return
  } while (token !== undefined)
}
