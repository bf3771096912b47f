import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { lockFile } from '../engine/index.js'
import { Fault } from '../fault/index.js'
import { lockOf, stagingOf } from './places.js'

const holderSchema = z.object({ pid: z.number(), host: z.string(), command: z.string(), since: z.string() })

/** Lakes that this process writes to: the system's lock does not keep a process from itself. */
const held = new Set<string>()

/**
 * Runs something as the one writer of a lake. The lock is the system's, on a file that stays: it ends with the process, however
 * that ends. Throws a Fault of kind `engine` where another holds it.
 */
export async function asWriter<T>(lake: string, command: string, write: () => Promise<T>): Promise<T> {
  await mkdir(stagingOf(lake), { recursive: true })
  const path = resolve(lockOf(lake))
  if (held.has(path)) throw await heldFault(lake, path)
  held.add(path)
  try {
    const unlock = await lockFile(path, join(stagingOf(lake), `lock-${process.pid}`)).catch((error: unknown) => {
      throw brokenLock(error, path)
    })
    if (!unlock) throw await heldFault(lake, path)
    try {
      const holder = { pid: process.pid, host: hostname(), command, since: new Date().toISOString() }
      await writeFile(`${path}.json`, `${JSON.stringify(holder)}\n`)
      return await write()
    } finally {
      unlock()
    }
  } finally {
    held.delete(path)
  }
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

/** What was put in the lock's place; it is not removed here, for another run may be about to do the same. */
function brokenLock(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !/not a valid DuckDB database/i.test(error.message)) return error
  return new Fault({
    code: 'lake-damaged',
    kind: 'engine',
    message: 'the lock of the lake is not what Weir made',
    where: path,
    action: 'remove it while no run writes to the lake',
    cause: error,
  })
}

/** Whether a process of this machine runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
