// One run at a time installs or builds; others wait for it.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Runs `work` while this process alone holds the lock file. A lock whose process has died is taken over.
 * @param {string} path the lock file; it holds the process id
 * @param {{ waiting: (pid: number) => void }} effects told once that another process is at work
 * @param {() => Promise<void>} work
 */
export async function alone(path, { waiting }, work) {
  mkdirSync(dirname(path), { recursive: true })
  let told = false
  while (!(await take(path))) {
    const pid = holder(path)
    if (pid !== 0 && !told) {
      waiting(pid)
      told = true
    }
    await sleep(200)
  }
  const release = () => rmSync(path, { force: true })
  process.once('exit', release)
  try {
    await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

async function take(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' })
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (isAlive(holder(path))) return false
    rmSync(path, { force: true })
    return take(path)
  }
  // Two processes may find the same dead lock, and the slower one removes what the faster one has just made.
  await sleep(50)
  return holder(path) === process.pid
}

/** 0 while the file is being made or removed. */
function holder(path) {
  try {
    return Number(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return 0
    throw error
  }
}

function isAlive(pid) {
  if (pid === 0) return true
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
