import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { weir } from '../cli/logs.js'
import { logsOnBoth, type LogsOnBoth } from './logs-on-trino.js'
import { describeTrino } from './trino.js'

const bin = fileURLToPath(new URL('../../bin/weir.js', import.meta.url))
const RECORDS = 12_000
const TIMES = 420

describeTrino('weir query --engine trino', trino => {
  let logs: LogsOnBoth
  beforeAll(async () => {
    const out = join(trino.files, 'memory')
    const { code } = await weir(['simulate', '--out', out, '--records', String(RECORDS), '--quiet'])
    expect(code).toBe(0)
    logs = await logsOnBoth(trino, 'memory', join(out, 'AWSLogs'), 'lake')
  }, 300_000)

  test('prints five million rows of all columns in bounded memory', { timeout: 1_200_000 }, async () => {
    const all = `SELECT r.* FROM records AS r CROSS JOIN UNNEST(sequence(1, ${TIMES})) AS t (n)`
    const child = spawn(
      process.execPath,
      [bin, 'query', all, '--engine', 'trino', '--config', logs.config, '--format', 'csv', '--quiet'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let [lines, peak] = [0, 0]
    const timer = setInterval(() => {
      void readFile(`/proc/${child.pid}/status`, 'utf8').then(
        status => (peak = Math.max(peak, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024)),
        () => undefined,
      )
    }, 100)
    child.stdout.on('data', (chunk: Buffer) => {
      for (const byte of chunk) if (byte === 10) lines++
    })
    const code = await new Promise(resolve => child.on('close', resolve))
    clearInterval(timer)
    expect(code).toBe(0)
    expect(lines).toBe(RECORDS * TIMES + 1)
    expect(RECORDS * TIMES).toBeGreaterThan(5_000_000)
    expect(peak).toBeGreaterThan(0)
    expect(peak / 1e6).toBeLessThan(500)
  })
})
