import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { lockFile } from '../engine/index.js'
import { Fault } from '../fault/index.js'
import { lockOf, stagingOf } from './places.js'
import { sync } from './sync.js'

const holderSchema = z.object({ pid: z.number(), host: z.string(), command: z.string(), since: z.string() })

/** Lakes that this process writes to: the system's lock does not keep a process from itself. */
const held = new Set<string>()

/**
 * Runs something as the one writer of a lake. The lock is the system's, on a file that stays: it ends with the process, however
 * that ends. Throws a Fault of kind `engine` where another holds it.
 */
export async function asWriter<T>(lake: string, command: string, write: () => Promise<T>): Promise<T> {
  const path = resolve(lockOf(lake))
  if (held.has(path)) throw await heldFault(lake, path)
  held.add(path)
  try {
    const unlock = await locked(lake, path)
    if (!unlock) throw await heldFault(lake, path)
    try {
      const holder = { pid: process.pid, host: hostname(), command, since: new Date().toISOString() }
      await writeFile(`${path}.json`, `${JSON.stringify(holder)}\n`)
      return await write()
    } catch (error) {
      throw placeFault(error, lake)
    } finally {
      unlock()
    }
  } finally {
    held.delete(path)
  }
}

/** Has the folders above a new one on disk, up to the one that was there before. */
async function syncAbove(folder: string, last: string): Promise<void> {
  const above = dirname(folder)
  await sync(above)
  if (above !== last && above !== folder) await syncAbove(above, last)
}

async function locked(lake: string, path: string): Promise<(() => void) | undefined> {
  try {
    const made = await mkdir(lake, { recursive: true })
    if (made !== undefined) await syncAbove(resolve(lake), dirname(resolve(made)))
    await mkdir(stagingOf(lake), { recursive: true })
    return await lockFile(path, join(stagingOf(lake), `lock-${process.pid}`))
  } catch (error) {
    if (error instanceof Error && /not a valid DuckDB|Could not read enough bytes|checksum/i.test(error.message)) {
      throw new Fault({
        code: 'lake-lock-damaged',
        kind: 'engine',
        message: 'the file by which writers keep each other out cannot be read',
        where: path,
        action: 'remove it while nothing writes to the lake: it holds nothing, and is made again',
        cause: error,
      })
    }
    throw placeFault(error, lake)
  }
}

/** What a full disk, or a place that is not ours to write to, makes DuckDB or the system say. */
export function placeFault(error: unknown, where: string): unknown {
  if (error instanceof Fault || !(error instanceof Error)) return error
  const about = { kind: 'engine', where, cause: error } as const
  if (/ENOSPC|No space left|EDQUOT|EFBIG|File too large/i.test(error.message)) {
    return new Fault({
      code: 'disk-full',
      message: 'there is no space left on the disk; what had been stored is whole',
      action: 'make room and run it again: it goes on where it stopped',
      ...about,
    })
  }
  if (/EACCES|EPERM|EROFS|ENOTDIR|EEXIST|Permission denied|Read-only file system/i.test(error.message)) {
    return new Fault({
      code: 'lake-unwritable',
      message: `the lake, or the folder for what memory does not hold, cannot be written to: ${error.message.split('\n')[0] ?? ''}`,
      action: 'check its permissions, and that it is a folder',
      ...about,
    })
  }
  return error
}

async function heldFault(lake: string, path: string): Promise<Fault> {
  const holder = await readFile(`${path}.json`, 'utf8')
    .then(text => holderSchema.parse(JSON.parse(text)))
    .catch(() => undefined)
  const who = holder ? `process ${holder.pid} on ${holder.host} (${holder.command}, since ${holder.since})` : 'another process'
  return new Fault({
    code: 'lake-locked',
    kind: 'engine',
    message: `the lake is being written to by ${who}`,
    where: lake,
    action: 'wait until it has ended, or stop it; a lock ends with its process',
  })
}
