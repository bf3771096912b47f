import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive } from '../alive.js'

const NAME = /^weir-(\d+)-/

/** A folder of this run's own under `parent` (the system's by default); those of runs that were killed are removed. */
export async function openTempDir(parent = tmpdir()): Promise<string> {
  await mkdir(parent, { recursive: true })
  for (const name of await readdir(parent)) {
    const pid = NAME.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(parent, name), { recursive: true, force: true })
  }
  return mkdtemp(join(parent, `weir-${process.pid}-`))
}

export const removeTempDir = (path: string): Promise<void> => rm(path, { recursive: true, force: true })
