import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { z } from 'zod'
import { weir } from '../cli/logs.js'

/** A folder of a test file's own. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'weir-lake-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const header =
  'version account-id interface-id vpc-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'

/** A log line of one of two VPCs in which the same private addresses are used; `bytes` tells it from others. */
export const lineOf = ({ bytes, start, vpc = 'a', account = '111111111111' }: LineOptions): string =>
  `2 ${account} eni-${vpc} vpc-${vpc} 10.0.0.5 10.0.0.9 40000 443 6 1 ${bytes} ${start} ${start + 60} ACCEPT OK`

export interface LineOptions {
  readonly bytes: number
  /** Seconds. */
  readonly start: number
  readonly vpc?: 'a' | 'b'
  readonly account?: string
}

export const secondsOf = (time: string): number => Date.parse(time) / 1000

let clock = Date.UTC(2026, 0, 1) / 1000

/** Writes an object, at a time later than all before. */
export function put(path: string, lines: readonly string[]): string {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${[header, ...lines].join('\n')}\n`)
  utimesSync(path, ++clock, clock)
  return path
}

/** Runs a command line that must end with 0, and gives what it prints. */
export async function done(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await weir([...args, '--quiet'])
  expect(code, `weir ${args.join(' ')}: ${stderr}${stdout}`).toBe(0)
  return stdout
}

const answerSchema = z.object({ results: z.array(z.object({ rows: z.array(z.record(z.string(), z.unknown())) })) })

/** Rows that a lake answers with. */
export async function ask(lake: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const { results } = answerSchema.parse(JSON.parse(await done('query', sql, lake, '--format', 'json')))
  return results[0]?.rows ?? []
}

/** The records of a lake, one text each, sorted: from which object, and what tells it from others. */
export async function recordsOf(lake: string): Promise<readonly string[]> {
  const rows = await ask(lake, `SELECT "$path" AS object, vpc_id, bytes, start, log_status FROM records`)
  return rows.map(({ object, vpc_id, bytes, start, log_status }) => [object, vpc_id, bytes, start, log_status].join(' ')).sort()
}

/** Files of a lake's parts. */
export const partsOf = (lake: string): readonly string[] =>
  readdirSync(join(lake, 'records'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
