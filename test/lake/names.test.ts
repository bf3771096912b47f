import { readdirSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inEmptyFolder, logOf, weir } from '../cli/logs.js'

inEmptyFolder()

test.each(['l', 'lake/', './deep/down/../lake'])('a lake may be called %s', async lake => {
  writeFileSync('logs.log', logOf(10))
  expect(await weir(['ingest', 'logs.log', '--lake', lake, '--quiet'])).toMatchObject({ code: 0, stderr: '' })
  expect(readdirSync(lake)).toContain('records')
  const { code, stdout } = await weir(['query', 'SELECT count(*) AS n FROM records', lake, '--format', 'csv', '--quiet'])
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'n\r\n10\r\n' })
})
