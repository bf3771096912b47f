import { writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { inEmptyFolder, logOf, weir } from './logs.js'

inEmptyFolder()

/** Records start each second from 2026-01-05T08:00:00Z on. */
beforeAll(() => writeFileSync('a.log', logOf(3600)))

const counted = async (...options: string[]): Promise<string> => {
  const sql = 'SELECT count(*) AS n, min(start) AS first, max(start) AS last FROM records'
  const { stdout, stderr } = await weir(['query', sql, 'a.log', '--format', 'ndjson', ...options])
  return stdout + stderr
}

const windowIn = z.object({ window: z.object({ from: z.string(), to: z.string() }).nullable() })
const windowOf = async (command: 'scan' | 'coverage', ...options: string[]) => {
  const { stdout } = await weir([command, 'a.log', '--format', 'json', ...options])
  return windowIn.parse(JSON.parse(stdout)).window
}

describe('--since and --until', () => {
  test('the end does not belong to the span', async () => {
    expect(await counted('--since', '2026-01-05T08:10:00Z', '--until', '2026-01-05T08:20:00Z')).toBe(
      '{"n":600,"first":1767600600,"last":1767601199}\n',
    )
  })

  test('an age counts back from --now, else from the clock', async () => {
    expect(await counted('--since', '15m', '--now', '2026-01-05T09:00:00Z')).toContain('"n":900,')
    expect(await counted('--until', '15h')).toContain('"n":3600,')
  })

  test('a report is about the records within them', async () => {
    const span = ['--since', '2026-01-05T08:30:00Z', '--until', '2026-01-05T08:40:00Z']
    const expected = { from: '2026-01-05T08:30:00Z', to: '2026-01-05T08:40:00Z' }
    expect(await windowOf('scan', ...span)).toEqual(expected)
    expect(await windowOf('coverage', ...span)).toEqual(expected)
    expect(await windowOf('scan', '--since', '2020-01-01')).toEqual({ from: '2026-01-05T08:00:00Z', to: '2026-01-05T09:00:59Z' })
  })

  test('coverage says that not all was looked at', async () => {
    const { stdout } = await weir(['scan', 'a.log', '--since', '2026-01-05T08:30:00Z', '--until', '2026-01-05T08:40:00Z'])
    expect(stdout).toContain('Only records that start at 2026-01-05T08:30:00Z or later and before 2026-01-05T08:40:00Z')
    expect(stdout).toContain('3,601 lines = 3,600 records')
  })

  test('where there is no record, about what was asked', async () => {
    expect(await windowOf('scan', '--since', '2020-01-01', '--until', '2020-01-02')).toEqual({
      from: '2020-01-01T00:00:00Z',
      to: '2020-01-02T00:00:00Z',
    })
    expect(await windowOf('scan', '--until', '2020-01-02')).toBeNull()
  })
})
