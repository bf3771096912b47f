import { access, link, open, rm } from 'node:fs/promises'
import { DuckDBInstance } from '@duckdb/node-api'

/**
 * Takes the system's lock of a file, as DuckDB does for a database, and so without a program of our own: it ends with the process.
 * Gives what ends it before; undefined where another process holds it. A file that is not there is made as `aside` first: a run
 * that is killed or finds the disk full meanwhile leaves no half of it in the way of the next.
 */
export async function lockFile(path: string, aside: string): Promise<(() => void) | undefined> {
  if (!(await isThere(path))) await make(path, aside)
  try {
    const instance = await DuckDBInstance.create(path, { threads: '1' })
    return () => instance.closeSync()
  } catch (error) {
    if (error instanceof Error && /set lock|lock on file|Conflicting lock/i.test(error.message)) return undefined
    throw error
  }
}

async function make(path: string, aside: string): Promise<void> {
  try {
    const instance = await DuckDBInstance.create(aside, { threads: '1' })
    instance.closeSync()
    const file = await open(aside)
    await file.sync().finally(() => file.close())
    await link(aside, path)
  } catch (error) {
    // Another run may have made it meanwhile; where nothing can be linked, DuckDB makes it in its place.
    if (!(await isThere(path)) && !(error instanceof Error && 'code' in error && error.code === 'EPERM')) throw error
  } finally {
    await rm(aside, { force: true })
  }
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
