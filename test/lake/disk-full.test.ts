import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { weir } from '../cli/logs.js'
import { ask, done, lineOf, ownFolder, put } from './lakes.js'

const folder = ownFolder()
const small = join(folder, 'small')
mkdirSync(small)

function isMounted(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const mounted = isMounted()
afterAll(() => {
  if (mounted) execFileSync('umount', ['-l', small])
})

/** Lines that do not compress to almost nothing. */
const linesOf = (seed: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) =>
    lineOf({ bytes: (n * 2_654_435_761 + seed * 40_503) % 4_294_967_296, start: 1_772_000_000 + ((n * 48_271) % 80_000) }),
  )

describe.skipIf(!mounted)('a full disk (needs the right to mount a small one)', () => {
  const lake = join(small, 'lake')
  const first = put(join(folder, 'first.log'), linesOf(1, 3_000))
  const large = put(join(folder, 'large.log'), linesOf(2, 200_000))
  const rows = async () => Number((await ask(lake, 'SELECT count(*) AS n FROM records'))[0]?.['n'])

  test('is said by name, the lake is whole, and the next run goes on', async () => {
    await done('ingest', first, '--lake', lake)
    const { code, stderr } = await weir(['ingest', large, '--lake', lake, '--quiet'])
    expect(stderr).toContain('error[disk-full]')
    expect(stderr).toContain(lake)
    expect(code).toBe(4)
    expect(await rows()).toBe(3_000)
    await done('lake', 'verify', '--lake', lake)

    execFileSync('mount', ['-o', 'remount,size=64m', small])
    await done('ingest', first, large, '--lake', lake)
    expect(await rows()).toBe(203_000)
    await done('lake', 'verify', '--lake', lake)
  })

  test('compaction that does not fit leaves the lake as it was', async () => {
    const second = put(join(folder, 'second.log'), linesOf(3, 100_000))
    await done('ingest', second, '--lake', lake)
    const used = Number(execFileSync('du', ['-sk', small], { encoding: 'utf8' }).split('\t')[0])
    execFileSync('mount', ['-o', `remount,size=${used + 200}k`, small])
    const { code, stderr } = await weir(['lake', 'compact', '--lake', lake, '--quiet'])
    expect(stderr).toContain('error[disk-full]')
    expect(code).toBe(4)
    expect(await rows()).toBe(303_000)

    execFileSync('mount', ['-o', 'remount,size=64m', small])
    await done('lake', 'compact', '--lake', lake)
    expect(await rows()).toBe(303_000)
    await done('lake', 'verify', '--lake', lake)
  })

  test('not even the first file of a lake fits', async () => {
    execFileSync('mount', ['-o', 'remount,size=64m', small])
    execFileSync('sh', ['-c', `cat /dev/zero > "${join(small, 'fill')}" || true`], { stdio: 'ignore' })
    const { code, stderr } = await weir(['ingest', first, '--lake', join(small, 'new'), '--quiet'])
    expect(stderr).toContain('error[disk-full]')
    expect(code).toBe(4)
    execFileSync('rm', [join(small, 'fill')])
    await done('ingest', first, '--lake', join(small, 'new'))
  })
})
