import { open, rm } from 'node:fs/promises'
import { addAbortSignal, Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { GetObjectCommandOutput } from '@aws-sdk/client-s3'
import { reasonOfAws, troubleOfAws } from '../aws/reason.js'
import type { Fetched, SourceObject } from '../object.js'
import { s3Address } from './address.js'
import type { S3 } from './client.js'
import { accountOf } from './layout.js'
import { versionOf } from './pages.js'

/** A connection that is cut in the middle is tried again this often, and an object that keeps changing is read so often. */
const MOST_READS = 6
const FIRST_PAUSE_MS = 200

/** The local file cannot be written: no fault of the object, and trying again does not help. */
class LocalError extends Error {}

/**
 * Brings one object to the file `path`, as it is now: where it changed since it was listed, its new version is given back.
 * Rejects only where `path` cannot be written, or when told to end.
 */
export async function readObject(s3: S3, object: SourceObject, path: string): Promise<Fetched> {
  const address = s3Address(object.name)
  const { GetObjectCommand } = await s3.sdk()
  let version: string | undefined = object.version
  for (let read = 1; ; read++) {
    try {
      const client = await s3.client(accountOf(address.key))
      const answer: GetObjectCommandOutput = await client.send(
        new GetObjectCommand({
          Bucket: address.bucket,
          Key: address.key,
          ...(version ? { IfMatch: `"${version}"` } : {}),
          ...s3.payer,
        }),
        s3.sending,
      )
      version = versionOf(answer.ETag) || version
      const bytes = await write(answer, path, s3.signal)
      return { kind: 'fetched', object: { name: object.name, version: version ?? '', bytes }, path }
    } catch (error) {
      await rm(path, { force: true })
      s3.signal?.throwIfAborted()
      if (error instanceof LocalError) throw error.cause
      const trouble = troubleOfAws(error)
      if (trouble === 'missing' && !isBucket(error)) return { kind: 'gone', object }
      // It is read as it is now.
      if (trouble === 'changed') version = undefined
      else if (trouble !== 'cut' || wasRetried(error)) return { kind: 'failed', object, reason: reasonOfAws(error) }
      if (read === MOST_READS) return { kind: 'failed', object, reason: reasonOfAws(error) }
      await sleep(FIRST_PAUSE_MS * 2 ** (read - 1) * (0.5 + Math.random() / 2), undefined, s3.signal ? { signal: s3.signal } : {})
    }
  }
}

/** An object as it stands now, or nothing where it was deleted. Rejects with what the SDK says. */
export async function headObject(s3: S3, name: string): Promise<SourceObject | undefined> {
  const { bucket, key } = s3Address(name)
  const { HeadObjectCommand } = await s3.sdk()
  const client = await s3.client(accountOf(key))
  try {
    const { ETag, ContentLength = 0 } = await client.send(
      new HeadObjectCommand({ Bucket: bucket, Key: key, ...s3.payer }),
      s3.sending,
    )
    return { name, version: versionOf(ETag), bytes: ContentLength }
  } catch (error) {
    if (troubleOfAws(error) === 'missing' && !isBucket(error)) return undefined
    throw error
  }
}

const isBucket = (error: unknown) => error instanceof Error && error.name === 'NoSuchBucket'

/** The SDK has tried before an answer began; once it has begun, it is for us. */
const wasRetried = (error: unknown) => error instanceof Error && '$metadata' in error

/** The bytes of the body, exactly as many as were announced. */
async function write({ Body, ContentLength }: GetObjectCommandOutput, path: string, signal?: AbortSignal): Promise<number> {
  if (!(Body instanceof Readable)) throw new TypeError('S3 answered without a body')
  if (signal) addAbortSignal(signal, Body)
  const file = await locally(open(path, 'w')).catch((error: unknown) => {
    Body.destroy()
    throw error
  })
  let bytes = 0
  try {
    for await (const chunk of Body) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError('S3 answered with something other than bytes')
      await locally(file.appendFile(chunk))
      bytes += chunk.length
    }
  } finally {
    Body.destroy()
    await file.close()
  }
  if (ContentLength !== undefined && bytes !== ContentLength) throw cutShort(bytes, ContentLength)
  return bytes
}

const locally = <Result>(writing: Promise<Result>): Promise<Result> =>
  writing.catch((error: unknown) => {
    throw new LocalError('the file cannot be written', { cause: error })
  })

const cutShort = (came: number, announced: number) =>
  Object.assign(new Error(`${came} of ${announced} bytes came`), { code: 'ECONNRESET' })
