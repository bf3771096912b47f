import { describe, expect, test } from 'vitest'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inEmptyFolder, weir } from '../cli/logs.js'
import { custom, CUSTOM, deliver, version2 } from './deliveries.js'

inEmptyFolder()

const over = (folder: string, ...args: readonly string[]) =>
  weir(['ddl', 'athena', folder, '--location', 's3://bucket/logs/', ...args])

const V2 = version2()[0] ?? ''

async function expectRefused(folder: string, args: readonly string[], ...words: readonly string[]) {
  const { code, stdout, stderr } = await over(folder, ...args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  for (const word of words) expect(stderr).toContain(word)
}

describe('files whose names do not tell their flow log', () => {
  const unnamed = (folder: string, name: string, lines: readonly string[]) => deliver(folder, { flowLog: '', name, lines })

  test('with several headers are refused, by name', async () => {
    unnamed('several', 'a.log.gz', version2())
    for (let i = 0; i < 5; i++) unnamed('several', `b${i}.log.gz`, i === 2 ? custom : version2())
    await expectRefused('several', [], 'error[ddl-formats]', 'a.log.gz and ', 'b2.log.gz', 'weir ingest')
  })

  test('with one header are a table; one without it may stand among them', async () => {
    unnamed('one', 'a.log.gz', version2())
    unnamed('one', 'b.log.gz', version2().slice(1))
    expect(await over('one')).toMatchObject({ code: 0, stderr: '' })
    unnamed('one', 'c.log.gz', custom.slice(1))
    await expectRefused('one', [], 'error[ddl-formats]', 'c.log.gz', 'a line has 13 values for 14 fields')
  })

  test('are refused where they are too many to look into', async () => {
    for (let i = 0; i < 501; i++) unnamed('many', `${i}.log.gz`, version2())
    await expectRefused('many', [], 'error[ddl-names]: 501 files', 'fl-…')
  })
})

describe('--fields', () => {
  test('fits the lines, or is refused', async () => {
    deliver('headless', { flowLog: 'fl-9', lines: custom.slice(1) })
    expect(await over('headless', '--fields', CUSTOM)).toMatchObject({ code: 0, stderr: '' })
    await expectRefused('headless', ['--fields', 'srcaddr dstaddr bytes'], 'a line has 13 values for 3 fields')
    const swapped = CUSTOM.replace('srcaddr', 'action').replace('action log-status', 'srcaddr log-status')
    await expectRefused('headless', ['--fields', swapped], 'error[ddl-fields]: --fields does not fit', '10.0.1.5 is no action')
  })

  test('does not make a CloudWatch export, JSON, or what is no gzip readable: that only weir ingest reads', async () => {
    const lines = version2().slice(1)
    deliver('export', { flowLog: 'fl-1', lines: lines.map(line => `2026-03-01T00:00:00.000Z ${line}`) })
    deliver('json', { flowLog: 'fl-1', lines: lines.map(message => JSON.stringify({ timestamp: 1, message })) })
    deliver('plain', { flowLog: 'fl-1', lines })
    const [path = ''] = readdirSync('plain', { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.gz'))
    writeFileSync(join('plain', path), lines.join('\n'))
    for (const folder of ['export', 'json'])
      await expectRefused(folder, ['--fields', V2], 'error[ddl-form]', 'it has no plain lines', 'weir ingest')
    await expectRefused('plain', ['--fields', V2], 'error[ddl-form]', 'it is not compressed as its name says')
  })
})
