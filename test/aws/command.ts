import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { z } from 'zod'
import { weir } from '../cli/logs.js'

const count = z.number()
const reportSchema = z.object({
  known: count,
  lines: count,
  records: count,
  nodata: count,
  skipdata: count,
  headers: count,
  quarantined: count,
  objects: z.array(z.looseObject({ kind: z.enum(['stored', 'gone', 'failed']), object: z.string() })),
  unreadable: z.array(z.object({ source: z.string(), reason: z.string() })),
})

/** What is printed where nothing could be read: nothing. */
const NOTHING: z.input<typeof reportSchema> = {
  ...{ known: 0, lines: 0, records: 0, nodata: 0, skipdata: 0, headers: 0, quarantined: 0 },
  objects: [],
  unreadable: [],
}

const verifySchema = z.object({ rows: count, flaws: z.array(z.object({ where: z.string(), reason: z.string() })) })

const now = new Date().toISOString()

/** Runs `weir ingest`; the counts of its report add up, whatever became of it. */
export async function ingest(lake: string, sources: readonly string[], options: readonly string[] = []) {
  const args = ['ingest', ...sources, '--lake', lake, '--format', 'json', '--quiet', ...options]
  const { code, stdout, stderr } = await weir(args, { now })
  const report = reportSchema.parse(stdout === '' ? NOTHING : JSON.parse(stdout))
  const { lines, records, nodata, skipdata, headers, quarantined } = report
  expect(lines).toBe(records + nodata + skipdata + headers + quarantined)
  const stored = report.objects.filter(({ kind }) => kind === 'stored').map(({ object }) => object)
  return { code, stderr, report, stored: stored.sort() }
}

/** All records of a source over all columns, in an order of their own: two sources with the same are equal as multisets. */
export async function recordsOf(source: string, options: readonly string[] = []): Promise<string[]> {
  const args = ['query', 'SELECT * FROM records', source, '--format', 'ndjson', '--quiet', ...options]
  const { code, stdout, stderr } = await weir(args, { now })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout.split('\n').slice(0, -1).sort()
}

/** Every part of a lake is readable, and its counts hold. */
export async function expectWhole(lake: string): Promise<void> {
  const { code, stdout } = await weir(['lake', 'verify', '--lake', lake, '--format', 'json', '--quiet'])
  expect(verifySchema.parse(JSON.parse(stdout)).flaws).toEqual([])
  expect(code).toBe(0)
}

const bin = fileURLToPath(new URL('../../bin/weir.js', import.meta.url))

/** `weir ingest` as a process of its own, to be killed. */
export function startIngest(lake: string, sources: readonly string[], options: readonly string[] = []) {
  const child = spawn(process.execPath, [bin, 'ingest', ...sources, '--lake', lake, '--quiet', ...options], { stdio: 'ignore' })
  const ended = new Promise<NodeJS.Signals | number | null>(resolve =>
    child.once('exit', (code, signal) => resolve(signal ?? code)),
  )
  return { kill: () => child.kill('SIGKILL'), ended }
}
