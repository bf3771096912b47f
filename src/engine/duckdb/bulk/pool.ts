import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

/** What the build makes of worker.ts, seen from src and from dist alike. */
const WORKER = new URL('../../../../dist/bundle/worker.js', import.meta.url)

/** Workers that have nothing to do. They do not keep the process alive. */
const idle: Worker[] = []

/** Begins workers ahead of their first task: to start one takes longer than to read a small log. */
export function warmUp(count: number): void {
  while (idle.length < count) idle.push(begun())
}

/** A worker to give tasks to, until it is given back. */
export function takeWorker(): Worker {
  const worker = idle.pop() ?? begun()
  worker.ref()
  return worker
}

export function giveBack(worker: Worker): void {
  worker.unref()
  idle.push(worker)
}

function begun(): Worker {
  if (!existsSync(WORKER)) throw new Error(`${fileURLToPath(WORKER)} is missing: npm run build makes it`)
  const worker = new Worker(WORKER)
  worker.unref()
  worker.on('error', () => undefined)
  worker.on('exit', () => {
    if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1)
  })
  return worker
}
