import { open, type FileHandle } from 'node:fs/promises'

const MAGIC = 'PAR1'
/** Length of the footer and the magic. */
const TAIL = 8

/**
 * Puts a text in place of `token` in the metadata of a Parquet file, on its way to become a part: how many parts a batch has and
 * which rows are in each is known only when all are written. In the footer (Thrift's compact protocol) a text stands behind its
 * length, and nothing else tells where it ends, so what follows is moved as it is.
 */
export async function writeMetadata(path: string, token: string, text: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const { footer, at } = await readFooter(file, path)
    const place = footer.indexOf(token)
    if (place < 1 || footer[place - 1] !== token.length || token.length > 127)
      throw new TypeError(`${path} was not written with the metadata ${token}`)
    const value = Buffer.from(text)
    const fresh = Buffer.concat([
      footer.subarray(0, place - 1),
      lengthOf(value.length),
      value,
      footer.subarray(place + token.length),
    ])
    const tail = Buffer.alloc(TAIL)
    tail.writeUInt32LE(fresh.length, 0)
    tail.write(MAGIC, 4)
    const bytes = Buffer.concat([fresh, tail])
    await file.write(bytes, 0, bytes.length, at)
    await file.truncate(at + bytes.length)
  } finally {
    await file.close()
  }
}

async function readFooter(file: FileHandle, path: string): Promise<{ footer: Buffer; at: number }> {
  const { size } = await file.stat()
  const tail = Buffer.alloc(TAIL)
  await file.read(tail, 0, TAIL, Math.max(0, size - TAIL))
  if (tail.toString('latin1', 4) !== MAGIC) throw new TypeError(`${path} is no Parquet file`)
  const length = tail.readUInt32LE(0)
  const at = size - TAIL - length
  const footer = Buffer.alloc(length)
  await file.read(footer, 0, length, at)
  return { footer, at }
}

/** A length as Thrift writes it: seven bits a byte, the lowest first. */
function lengthOf(length: number): Buffer {
  const bytes: number[] = []
  let rest = length
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128)
  return Buffer.from([...bytes, rest])
}
