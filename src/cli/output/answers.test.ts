import { describe, expect, test } from 'vitest'
import type { Result, Value } from '../../engine/index.js'
import type { Format } from '../options/output.js'
import { answerPrinter } from './answers.js'
import type { Output } from './output.js'
import { resultOf } from './rows.js'
import { styleFor } from './style.js'

const page = (width?: number): Output & { text: string } => ({
  text: '',
  write(text) {
    this.text += text
    return Promise.resolve()
  },
  style: styleFor({ isTerminal: false }, false, {}),
  width,
  close: () => Promise.resolve(),
})

const talkers = (): Result =>
  resultOf({ srcaddr: 'varchar', bytes: 'bigint' }, [
    ['10.0.0.1', 7],
    [null, '9007199254740993'],
  ])

async function printed(format: Format, results: readonly Result[], width?: number): Promise<string> {
  const output = page(width)
  const printer = answerPrinter(format, output, results.length, () => new Date(0))
  for (const [i, result] of results.entries())
    await printer.print({ statement: `SELECT ${i + 1}`, result, since: new Date(0), scannedBytes: () => Promise.resolve(10) })
  await printer.end()
  return output.text
}

describe('json', () => {
  test('has an entry for each statement', async () => {
    expect(JSON.parse(await printed('json', [resultOf({}, []), talkers()]))).toEqual({
      results: [
        { statement: 'SELECT 1', columns: [], rows: [], row_count: 0, elapsed_ms: 0, scanned_bytes: 10 },
        {
          statement: 'SELECT 2',
          columns: [
            { name: 'srcaddr', type: 'varchar' },
            { name: 'bytes', type: 'bigint' },
          ],
          rows: [
            { srcaddr: '10.0.0.1', bytes: 7 },
            { srcaddr: null, bytes: '9007199254740993' },
          ],
          row_count: 2,
          elapsed_ms: 0,
          scanned_bytes: 10,
        },
      ],
    })
  })

  test('loses no column to another of the same name', async () => {
    const result: Result = { ...talkers(), columns: ['a', 'a'].map(name => ({ name, type: 'bigint' })) }
    expect(JSON.parse(await printed('json', [result]))).toMatchObject({ results: [{ rows: [{ a: '10.0.0.1', a_2: 7 }, {}] }] })
  })

  test('without statements is whole', async () => {
    expect(JSON.parse(await printed('json', []))).toEqual({ results: [] })
  })
})

test('csv and ndjson print the last result only', async () => {
  const other = resultOf({ x: 'integer' }, [[1]])
  expect(await printed('csv', [other, talkers()])).toBe('srcaddr,bytes\r\n10.0.0.1,7\r\n,9007199254740993\r\n')
  expect(await printed('ndjson', [other, talkers()])).toBe(
    '{"srcaddr":"10.0.0.1","bytes":7}\n{"srcaddr":null,"bytes":"9007199254740993"}\n',
  )
})

describe('table', () => {
  test('has numbers to the right, and how many rows', async () => {
    expect(await printed('table', [talkers()])).toBe(
      [
        'srcaddr              bytes',
        '────────  ────────────────',
        '10.0.0.1                 7',
        '-         9007199254740993',
        '2 rows in 0.0 s',
        '',
      ].join('\n'),
    )
  })

  test('becomes blocks where the terminal is too narrow', async () => {
    const wide = resultOf(Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map(name => [name.repeat(10), 'varchar'])), [
      [1, 2, 3, 4, 5],
    ])
    expect(await printed('table', [wide], 40)).toContain('aaaaaaaaaa  1\nbbbbbbbbbb  2\n')
  })
})

test('what fails before its first rows leaves nothing on stdout', async () => {
  const failing = async function* (): AsyncGenerator<readonly (readonly Value[])[]> {
    yield await Promise.reject(new Error('division by zero'))
  }
  for (const format of ['table', 'json', 'csv', 'ndjson'] as const) {
    const output = page()
    const printer = answerPrinter(format, output, 1, () => new Date(0))
    const result: Result = { columns: [{ name: 'a', type: 'bigint' }], batches: failing() }
    await expect(
      printer.print({ statement: '', result, since: new Date(0), scannedBytes: () => Promise.resolve(0) }),
    ).rejects.toThrow('division by zero')
    expect(output.text).toBe('')
  }
})
