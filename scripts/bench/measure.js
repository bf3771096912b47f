// Runs a command as a whole process and tells what it took.
/* global setInterval, clearInterval */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** Peak resident memory of a process and its children in bytes, as Linux keeps it; 0 where it does not. */
function peakOf(pid) {
  try {
    const own = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
    const tasks = readdirSync(`/proc/${pid}/task`)
    const children = tasks.flatMap(task => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean))
    return own + children.reduce((sum, child) => sum + peakOf(Number(child)), 0)
  } catch {
    return 0
  }
}

/** Seconds, peak bytes and standard output of a command; throws where it fails. */
export function measure(command, args) {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let [output, peak] = ['', 0]
    const timer = setInterval(() => (peak = Math.max(peak, peakOf(child.pid))), 50)
    child.stdout.on('data', text => (output += text))
    child.on('error', reject)
    child.on('close', code => {
      clearInterval(timer)
      const seconds = (performance.now() - began) / 1000
      if (code === 0) resolve({ seconds, peak, output })
      else reject(new Error(`${[command, ...args].join(' ')} ended with ${code}`))
    })
  })
}

export const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
