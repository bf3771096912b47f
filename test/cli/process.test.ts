import { execFile, spawn } from 'node:child_process'
import { existsSync, linkSync, writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { inEmptyFolder, logOf } from './logs.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const bin = `${root}bin/weir.js`
const run = promisify(execFile)

inEmptyFolder()

/** What only a process of its own can show. */
describe.skipIf(!existsSync(`${root}dist/cli`))('bin/weir.js (needs npm run build)', () => {
  beforeAll(() => writeFileSync('a.log', logOf(60_000)))

  test('ends quietly when who reads has had enough', async () => {
    const pipe = `"${process.execPath}" "${bin}" query 'SELECT * FROM records' a.log --format csv --quiet | head -n 1; echo "\${PIPESTATUS[0]}"`
    const { stdout, stderr } = await run('bash', ['-c', pipe])
    expect(stdout).toMatch(/^version,account_id,.*\r\n0\n$/)
    expect(stderr).toBe('')
  })

  test('ends with 130 on SIGINT', async () => {
    const child = spawn(process.execPath, [bin, 'query', '-', 'a.log'], { stdio: ['pipe', 'pipe', 'pipe'] })
    const stderr: string[] = []
    child.stderr.on('data', text => stderr.push(String(text)))
    const ended = new Promise<number | null>(resolve => child.on('close', resolve))
    // More than a pipe holds: it has left when the program reads, and so listens.
    child.stdin.write(`-- ${'long '.repeat(100_000)}`, () => child.kill('SIGINT'))
    expect(await ended).toBe(130)
    expect(stderr.join('')).toBe('interrupted\n')
  })

  test.each(['query', 'scan'])('%s ends with 130 on SIGINT in the middle of the logs', async command => {
    // Links cost nothing, and the fastest machine reads them for seconds.
    for (let i = 0; i < 400; i++) if (!existsSync(`long-${i}.log`)) linkSync('a.log', `long-${i}.log`)
    const args = command === 'query' ? ['query', 'SELECT max(srcaddr) FROM records'] : ['scan']
    const child = spawn(process.execPath, [bin, ...args, 'long-*.log', '--format', 'json'], { stdio: ['ignore', 'pipe', 'pipe'] })
    const stdout: string[] = []
    child.stdout.on('data', text => stdout.push(String(text)))
    const ended = new Promise<number | null>(resolve => child.on('close', resolve))
    await setTimeout(1_500)
    child.kill('SIGINT')
    expect(await ended).toBe(130)
    expect(stdout.join('')).toBe('')
  })

  test('where the disk fails a thread at its end the answer is the same', async () => {
    for (let i = 0; i < 4; i++) linkSync('a.log', `told-${i}.log`)
    writeFileSync(
      'failing.cjs',
      `if (!require('node:worker_threads').isMainThread) {
        const fs = require('node:fs')
        const close = fs.closeSync
        fs.closeSync = file => {
          close(file)
          fs.writeFileSync('failed', '')
          throw new Error('ENOSPC: no space left on device, close')
        }
        require('node:module').syncBuiltinESMExports()
      }`,
    )
    const sql =
      'SELECT count(*) AS n, count(DISTINCT a.srcaddr) AS sources FROM records a JOIN (SELECT DISTINCT srcaddr FROM records) b ON b.srcaddr = a.srcaddr'
    const answer = async (...node: readonly string[]) =>
      (await run(process.execPath, [...node, bin, 'query', sql, 'told-*.log', '--format', 'csv', '--quiet'])).stdout
    expect(await answer('--require', './failing.cjs')).toBe(await answer())
    expect(existsSync('failed')).toBe(true)
  })

  test('where nothing can be compiled the answer is the same', async () => {
    const args = [bin, 'query', 'SELECT count(*) AS n FROM records', 'a.log', '--format', 'csv', '--quiet']
    const { stdout } = await run(process.execPath, ['--jitless', ...args])
    expect(stdout).toBe('n\r\n60000\r\n')
  })

  test('where the pool has one thread the answer is the same', async () => {
    const args = [bin, 'query', 'SELECT count(*) AS n FROM records', 'a.log', '--format', 'csv', '--quiet']
    const { stdout } = await run(process.execPath, args, { env: { ...process.env, UV_THREADPOOL_SIZE: '1' } })
    expect(stdout).toBe('n\r\n60000\r\n')
  })
})
