import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Decompress } from 'fzstd'

export type Compression = 'none' | 'gzip' | 'zstd'

/** What a compressed file turned out to be when read to its end. */
/** `bytes`: of the text, before compression. */
export type Integrity = { readonly whole: true; readonly bytes: number } | { readonly whole: false; readonly reason: string }

const startsWith = (bytes: Uint8Array, ...magic: number[]) => magic.every((byte, i) => bytes[i] === byte)

/** The compression that the first bytes of a file tell. */
export function compressionOf(head: Uint8Array): Compression {
  if (startsWith(head, 0x1f, 0x8b)) return 'gzip'
  return startsWith(head, 0x28, 0xb5, 0x2f, 0xfd) ? 'zstd' : 'none'
}

/** Up to `length` bytes of a file from `position`; a negative position counts from the end. */
export async function readBytes(path: string, position: number, length: number): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const from = position < 0 ? Math.max(0, (await file.stat()).size + position) : position
    const { bytesRead, buffer } = await file.read(new Uint8Array(length), 0, length, from)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/**
 * The bytes of a file as they were before compression, chunk by chunk. Where the compression is damaged the stream ends after
 * what was readable and `onDamage` tells why; small chunks lose the least at that place.
 */
export async function* decompressed(
  path: string,
  compression: Compression,
  onDamage: (reason: string) => void,
): AsyncGenerator<Uint8Array> {
  if (compression === 'none') yield* createReadStream(path)
  else if (compression === 'gzip') yield* gunzipped(path, onDamage)
  else yield* unzstd(path, onDamage)
}

/** Each chunk is a wait for another thread: smaller ones cost a tenth of the time and more. */
const LARGE = 1_048_576

/**
 * The same of a file that is thought to be whole, in large chunks: throws where it is not. `onRead` is told of bytes of the file
 * as they are read.
 */
export async function* intact(
  path: string,
  compression: Compression,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: LARGE })
  file.on('data', chunk => onRead(chunk.length))
  if (compression === 'none') {
    for await (const chunk of file) yield bytesOf(chunk)
    return
  }
  if (compression !== 'gzip') throw new TypeError(`${compression} is not read in bulk`)
  const gunzip = createGunzip({ chunkSize: LARGE })
  file.on('error', error => gunzip.destroy(error))
  try {
    for await (const chunk of file.pipe(gunzip)) yield bytesOf(chunk)
    if (gunzip.bytesWritten < file.bytesRead) throw new RangeError('bytes after the end of the gzip stream')
  } finally {
    file.destroy()
  }
}

async function* gunzipped(path: string, onDamage: (reason: string) => void): AsyncGenerator<Uint8Array> {
  const place = { careful: Number.POSITIVE_INFINITY, reached: 0 }
  const gunzip = createGunzip({ chunkSize: 16_384 })
  const file = Readable.from(slices(path, place))
  file.on('error', error => gunzip.destroy(error))
  let given = 0
  try {
    for await (const chunk of file.pipe(gunzip)) {
      const bytes = bytesOf(chunk)
      given += bytes.length
      yield bytes
    }
    if (gunzip.bytesWritten < place.reached)
      onDamage(`${place.reached - gunzip.bytesWritten} bytes after the end of the gzip stream`)
  } catch (error) {
    damageOf(error, gunzip.bytesWritten)
    const last = await lastBytes(path, gunzip.bytesWritten, given)
    yield* last.chunks
    onDamage(last.reason)
  } finally {
    file.destroy()
  }
}

const SLICE = 16_384

/** The bytes of a file in slices; byte by byte from the place where care is needed. */
async function* slices(path: string, place: { careful: number; reached: number }): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path, { highWaterMark: SLICE })) {
    const bytes = bytesOf(chunk)
    if (place.reached + bytes.length <= place.careful) yield bytes
    else for (let i = 0; i < bytes.length; i++) yield bytes.subarray(i, i + 1)
    place.reached += bytes.length
  }
}

/**
 * zlib gives nothing of the slice in which it meets damage, and a stream that fails forgets what nobody has fetched yet: the file
 * again up to that slice, and that byte by byte, for all that stands before the damage. Of this at most some megabytes are held.
 */
async function lastBytes(
  path: string,
  careful: number,
  given: number,
): Promise<{ readonly chunks: readonly Uint8Array[]; readonly reason: string }> {
  const gunzip = createGunzip({ chunkSize: 1024 })
  const chunks: Uint8Array[] = []
  let passed = 0
  gunzip.on('data', chunk => {
    const bytes = bytesOf(chunk)
    passed += bytes.length
    if (passed > given) chunks.push(bytes.subarray(Math.max(0, bytes.length - (passed - given))))
  })
  const file = Readable.from(slices(path, { careful, reached: 0 }))
  file.on('error', error => gunzip.destroy(error))
  try {
    await finished(file.pipe(gunzip))
    return { chunks, reason: 'the file changed while it was read' }
  } catch (error) {
    return { chunks, reason: damageOf(error, gunzip.bytesWritten) }
  } finally {
    file.destroy()
  }
}

const bytesOf = (chunk: unknown): Uint8Array => {
  if (chunk instanceof Uint8Array) return chunk
  throw new TypeError('a stream of bytes gave something else')
}

function damageOf(error: unknown, place: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'Z_BUF_ERROR') return 'the gzip stream is truncated'
  if (code === 'Z_DATA_ERROR') return `the gzip stream is corrupt near byte ${place}`
  throw error
}

async function* unzstd(path: string, onDamage: (reason: string) => void): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = []
  let ended = false
  const stream = new Decompress((chunk, isLast) => {
    if (chunk.length > 0) ready.push(chunk)
    ended = isLast ?? false
  })
  try {
    for await (const chunk of createReadStream(path)) {
      stream.push(bytesOf(chunk))
      yield* ready.splice(0)
    }
    stream.push(new Uint8Array(0), true)
    yield* ready.splice(0)
    if (!ended) onDamage('the zstd stream is truncated')
  } catch {
    yield* ready.splice(0)
    onDamage('the zstd stream is truncated or corrupt')
  }
}

/** Reads a compressed file to its end, checksums included, and says whether it is whole. */
export async function checkIntegrity(path: string, compression: Compression): Promise<Integrity> {
  let reason: string | undefined
  let bytes = 0
  for await (const chunk of decompressed(path, compression, why => (reason = why))) bytes += chunk.length
  return reason === undefined ? { whole: true, bytes } : { whole: false, reason }
}

/** The bytes of a head of a file before compression: what can be had from these first bytes alone. */
export async function decompressHead(head: Uint8Array, compression: Compression): Promise<Uint8Array> {
  if (compression === 'none') return head
  const chunks: Uint8Array[] = []
  if (compression === 'zstd') {
    try {
      new Decompress(chunk => chunks.push(chunk)).push(head)
    } catch {
      return Buffer.concat(chunks)
    }
    return Buffer.concat(chunks)
  }
  const gunzip = createGunzip({ chunkSize: 16_384 })
  try {
    for await (const chunk of Readable.from([head]).pipe(gunzip)) chunks.push(bytesOf(chunk))
  } catch {
    // The head ends in the middle of the stream, or the stream is damaged: what came before is the answer.
  }
  return Buffer.concat(chunks)
}

/**
 * The size that a compressed file says its text has: of a gzip the size of its last member modulo 2^32 (of its only member, as AWS
 * writes them), of a zstd the content size of its frame; undefined where it says none. A file without compression is its own size.
 */
export async function statedSize(path: string, bytes: number, compression: Compression): Promise<number | undefined> {
  if (compression === 'none') return bytes
  if (compression === 'gzip') {
    const tail = await readBytes(path, -4, 4)
    return tail.length === 4 ? new DataView(tail.buffer, tail.byteOffset).getUint32(0, true) : undefined
  }
  return zstdContentSize(await readBytes(path, 0, 18))
}

/** The frame header of RFC 8878, section 3.1.1.1. */
function zstdContentSize(head: Uint8Array): number | undefined {
  const descriptor = head[4]
  if (descriptor === undefined || head.length < 14) return undefined
  const single = (descriptor & 0x20) !== 0
  const flag = descriptor >> 6
  const at = 5 + (single ? 0 : 1) + ([0, 1, 2, 4][descriptor & 3] ?? 0)
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  if (flag === 0) return single ? view.getUint8(at) : undefined
  if (flag === 1) return view.getUint16(at, true) + 256
  return flag === 2 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true))
}
