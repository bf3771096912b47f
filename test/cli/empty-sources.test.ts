import { mkdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inEmptyFolder, weir } from './logs.js'

inEmptyFolder()

test('a folder without a file is not taken in without a word', async () => {
  mkdirSync('logs')
  const { code, stdout, stderr } = await weir(['ingest', 'logs', '--quiet'])
  expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
  expect(stderr).toContain('there is no file in it\n  where: logs')
})
