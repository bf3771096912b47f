import { access, link, rename, rm } from 'node:fs/promises'
import { DuckDBInstance } from '@duckdb/node-api'

/**
 * Takes the system's lock of a file, as DuckDB does for a database, and so without a program of our own: it ends with the process.
 * Gives what ends it before; undefined where another process holds it. A file that is not there is made as `aside` first.
 */
export async function lockFile(path: string, aside: string): Promise<(() => void) | undefined> {
  await makeWhole(path, aside)
  try {
    const instance = await DuckDBInstance.create(path, { threads: '1' })
    return () => instance.closeSync()
  } catch (error) {
    if (error instanceof Error && /set lock|lock on file|Conflicting lock/i.test(error.message)) return undefined
    throw error
  }
}

/** Makes the file aside where there is none: a run that is killed while DuckDB writes it leaves nothing that could not be locked. */
async function makeWhole(path: string, aside: string): Promise<void> {
  if (await exists(path)) return
  await rm(aside, { force: true })
  try {
    const instance = await DuckDBInstance.create(aside, { threads: '1' })
    instance.closeSync()
    await link(aside, path).catch(async () => {
      // Another run was faster, or the file system knows no links.
      if (!(await exists(path))) await rename(aside, path)
    })
  } finally {
    await rm(aside, { force: true })
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
