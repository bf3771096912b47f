// Weir as it was built, in this process and in others.
/* global AbortController */
import { spawn } from 'node:child_process'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { main } from '../../dist/cli/index.js'

const bin = fileURLToPath(new URL('../../bin/weir.js', import.meta.url))
const die = new URL('die.js', import.meta.url).href

/** Runs a command line in this process. */
export async function weir(args) {
  const printed = { stdout: '', stderr: '' }
  const screen = name => ({
    write: async text => void (printed[name] += text),
    isTerminal: false,
    columns: 80,
  })
  const code = await main(args, {
    stdin: Readable.from(['']),
    stdout: screen('stdout'),
    stderr: screen('stderr'),
    env: {},
    now: () => new Date(),
    interrupted: new AbortController().signal,
  })
  return { code, ...printed }
}

/** What a command line prints as JSON; throws where it does not end with 0. */
export async function weirJson(args) {
  const { code, stdout, stderr } = await weir([...args, '--format', 'json', '--quiet'])
  if (code !== 0) throw new Error(`weir ${args.join(' ')} ended with ${code}: ${stderr}`)
  return JSON.parse(stdout)
}

/**
 * Starts a command line as a process of its own; `ended` is its exit code, or the signal that ended it. `dieAt` has it killed before
 * that step in the file system, of those on paths that hold the text `about`.
 */
export function startWeir(args, { env = {}, dieAt, about = '' } = {}) {
  const options = dieAt === undefined ? [] : ['--import', die]
  const child = spawn(process.execPath, [...options, bin, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env, ...(dieAt === undefined ? {} : { WEIR_DIE_AT: String(dieAt), WEIR_DIE_ABOUT: about }) },
  })
  const printed = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr']) child[name].on('data', text => (printed[name] += text))
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code: signal ?? code, ...printed }))
  })
  return { child, ended }
}
