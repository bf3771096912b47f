import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll } from 'vitest'
import { main } from '../../src/cli/index.js'
import { testEffects, type TestWorld } from './effects.js'

/** A log line of version 2; the n-th of a host that asks for a page. */
export const line = (n: number): string =>
  `2 123456789012 eni-0a1b2c3d4e5f60718 10.0.0.${n % 250} 198.51.100.7 ${1024 + n} 443 6 10 ${1000 + n} ${1767600000 + n} ${1767600060 + n} ACCEPT OK`

export const header =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'

export const logOf = (records: number): string => [header, ...Array.from({ length: records }, (_, i) => line(i)), ''].join('\n')

/** A gzip of which a part is missing; of lines that do not compress to almost nothing. */
export const truncatedGzip = (records: number): Buffer => {
  const whole = gzipSync(logOf(records))
  return whole.subarray(0, Math.floor(whole.length * 0.6))
}

/** Runs the tests of a file in an empty folder of their own. */
export function inEmptyFolder(): void {
  const [before, folder] = [process.cwd(), mkdtempSync(join(tmpdir(), 'weir-cli-'))]
  beforeAll(() => process.chdir(folder))
  afterAll(() => {
    process.chdir(before)
    rmSync(folder, { recursive: true, force: true })
  })
}

/** Runs a command line in this process. */
export async function weir(args: readonly string[], world: TestWorld = {}) {
  const effects = testEffects(world)
  const code = await main(args, effects)
  return { code, ...effects.printed }
}
