// Runs another program with nothing of it on stdout.
import { spawn } from 'node:child_process'

/**
 * Resolves when the program ends with 0; its output is kept back and is the error's message otherwise.
 * A signal goes to the program, and ends this process with it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<void>}
 */
export function run(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    const output = []
    child.stdout.on('data', chunk => output.push(chunk))
    child.stderr.on('data', chunk => output.push(chunk))

    const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }
    let interrupted
    const pass = signal => {
      interrupted = signal
      child.kill(signal)
    }
    for (const signal of Object.keys(signals)) process.on(signal, pass)

    child.on('error', reject)
    child.on('close', code => {
      for (const signal of Object.keys(signals)) process.off(signal, pass)
      if (interrupted) process.exit(signals[interrupted])
      if (code === 0) resolve()
      else reject(new Error(Buffer.concat(output).toString().trim() || `${command} ended with ${code}`))
    })
  })
}
