import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Puts a file in place of another at once: `write` makes it aside, where its name begins with `_`; it is flushed to disk, then renamed. */
export async function replaceFile<T>(file: string, write: (aside: string) => Promise<T>): Promise<T> {
  const aside = join(dirname(file), `_${basename(file)}-${process.pid}`)
  try {
    const written = await write(aside)
    await flush(aside)
    await rename(aside, file)
    await flush(dirname(file))
    return written
  } finally {
    await rm(aside, { force: true })
  }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}
