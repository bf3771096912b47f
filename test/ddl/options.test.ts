import { cpSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { inEmptyFolder, logOf, weir } from '../cli/logs.js'
import { custom, deliver, version2 } from './deliveries.js'

inEmptyFolder()

const ddl = (...args: readonly string[]) => weir(['ddl', 'athena', '--location', 's3://bucket/x/', ...args])

beforeAll(async () => {
  deliver('logs', { flowLog: 'fl-1', lines: version2() })
  for (const [i, file] of ['a.log', 'b.log'].entries()) {
    writeFileSync(file, logOf(10 + i))
    await weir(['ingest', file, '--lake', 'l'])
  }
})

describe('options that would change nothing are refused', () => {
  test.each([
    ['--fields', 'version'],
    ['--account', '111122223333'],
    ['--regions', 'eu-west-1'],
    ['--since', '7d'],
  ])('over a lake: %s', async (...option) => {
    const { code, stdout, stderr } = await ddl('--lake', 'l', ...option)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`error[option-source]: a lake says itself what is in it: ${option[0] ?? ''} would change nothing`)
  })

  test('over raw logs: a lake, and what bounds records or log streams', async () => {
    expect(await ddl('logs', '--lake', 'l')).toMatchObject({ code: 2, stdout: '' })
    expect(await ddl('logs', '--until', '1d')).toMatchObject({ code: 2, stdout: '' })
    const { stdout } = await weir(['ddl', '--help'])
    expect(stdout).toContain('--since')
    expect(stdout).not.toMatch(/--until|--stream/)
  })
})

test('files that are passed over are told, with one of them', async () => {
  deliver('beside', { flowLog: 'fl-1', lines: version2() })
  deliver('beside', { flowLog: 'fl-1', name: 'notes.txt', lines: custom })
  const { code, stderr } = await ddl('beside')
  expect(code).toBe(0)
  expect(stderr).toMatch(/^note: 1 file passed over, .*\/notes\.txt\n$/)
  expect((await ddl('beside', '--quiet')).stderr).toBe('')
})

test('parts of a lake that were replaced and lie there still are told: a table would count their records twice', async () => {
  expect(await ddl('--lake', 'l')).toMatchObject({ code: 0, stderr: '' })
  cpSync('l/records', 'before', { recursive: true })
  await weir(['lake', 'compact', '--lake', 'l'])
  cpSync('before', 'l/records', { recursive: true })
  const { code, stderr } = await ddl('--lake', 'l')
  expect(code).toBe(0)
  expect(stderr).toMatch(/^note: \d files? under records\/ replaced, incomplete or damaged/)
})
