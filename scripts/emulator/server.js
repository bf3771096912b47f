/* An AWS of our own for the tests: moto in a Python environment made once, started on loopback, stopped by its pid.
 * ministack 1.5.33 starts faster and is smaller, but its FilterLogEvents ends after 10,000 events without a nextToken
 * and gives events new ids each time, and its DescribeFlowLogs knows no LogFormat. */
import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const startSeconds = 60
const here = dirname(fileURLToPath(import.meta.url))
const requirements = join(here, 'requirements.txt')
const onWindows = process.platform === 'win32'

const version = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)

/** Where the Python environment stands: `$WEIR_CACHE`, else the person's cache folder. */
export const emulatorHome = join(
  process.env.WEIR_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'weir'),
  `emulator-${version}`,
)

const pythonOf = home => (onWindows ? join(home, 'Scripts', 'python.exe') : join(home, 'bin', 'python'))

/** A `python` that is new enough, by its name on PATH. */
async function findPython() {
  const isNewEnough = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))'
  for (const python of [process.env.WEIR_PYTHON, 'python3', 'python'].filter(name => name)) {
    const found = await run(python, ['-c', isNewEnough]).catch(() => undefined)
    if (found) return python
  }
  throw new Error(
    'the AWS emulator needs Python 3.10 or newer with venv on PATH: install it (Debian: apt-get install python3-venv), ' +
      'or set WEIR_PYTHON to its path',
  )
}

/**
 * Makes the Python environment in `emulatorHome`; does nothing when it is there. Safe to call from several processes.
 * Throws an error that says how to get what is missing.
 */
export async function prepareEmulator() {
  if (existsSync(emulatorHome)) return
  const python = await findPython()
  await mkdir(dirname(emulatorHome), { recursive: true })
  const making = await mkdtemp(`${emulatorHome}-`)
  try {
    await run(python, ['-m', 'venv', making])
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements]
    await run(pythonOf(making), pip).catch(error => {
      const reason = String(error.stderr ?? error.message)
        .trim()
        .split('\n')
        .at(-1)
      throw new Error(`the AWS emulator could not be installed from PyPI: ${reason}; needed is what ${requirements} names`)
    })
    // Whoever is second keeps the environment of the first.
    await rename(making, emulatorHome).catch(error => {
      if (!existsSync(emulatorHome)) throw error
    })
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}

/**
 * Starts an empty emulator and waits until it answers.
 * @returns {Promise<{ endpoint: string, stop(): Promise<void> }>} its address, and what ends it
 */
export async function startEmulator() {
  await prepareEmulator()
  const server = spawn(pythonOf(emulatorHome), ['-u', join(here, 'serve.py')], { stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = new Promise(resolve => server.once('exit', resolve).once('error', resolve))
  let complaints = ''
  server.stderr.setEncoding('utf8').on('data', text => (complaints = (complaints + text).slice(-4000)))
  server.stdin.on('error', () => {})
  const endWithUs = () => server.kill('SIGKILL')
  process.once('exit', endWithUs)
  const stop = async () => {
    server.kill('SIGKILL')
    await ended
    process.off('exit', endWithUs)
  }
  const port = await Promise.race([
    new Promise(resolve => createInterface({ input: server.stdout }).once('line', resolve)),
    ended.then(() => undefined),
    sleep(startSeconds * 1000, undefined, { ref: false }),
  ])
  const endpoint = `http://127.0.0.1:${port}`
  const answers = port !== undefined && (await globalThis.fetch(`${endpoint}/moto-api/data.json`).then(response => response.ok))
  if (answers) return { endpoint, stop }
  await stop()
  throw new Error(`the AWS emulator did not start within ${startSeconds} s\n${complaints}`)
}

/**
 * Puts an object under each key at once, whose content is the key: one by one, thousands take minutes.
 * @param {string} endpoint that of an emulator
 * @param {string} bucket one that is there
 * @param {readonly string[]} keys
 */
export async function putObjects(endpoint, bucket, keys) {
  const body = keys.map(key => JSON.stringify(key)).join('\n')
  const response = await globalThis.fetch(`${endpoint}/weir/objects?bucket=${encodeURIComponent(bucket)}`, {
    method: 'POST',
    body,
  })
  if (!response.ok) throw new Error(`the emulator could not put objects into ${bucket}: ${await response.text()}`)
}
