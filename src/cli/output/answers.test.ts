import { describe, expect, test } from 'vitest'
import type { Result } from '../../engine/index.js'
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

  test('too wide for the terminal leaves out columns without a value, and says so', async () => {
    const names = ['srcaddr', 'dstaddr', 'tcp_flags', 'flow_direction', 'traffic_path']
    const wide = resultOf(Object.fromEntries(names.map(name => [name.padEnd(15, '_'), 'varchar'])), [
      ['10.0.0.1', '10.0.0.2', null, null, null],
    ])
    expect(await printed('table', [wide], 40)).toBe(
      [
        'srcaddr________  dstaddr________',
        '───────────────  ───────────────',
        '10.0.0.1         10.0.0.2',
        '3 columns left out that have no value;',
        '--format csv or json has them',
        '1 row in 0.0 s',
        '',
      ].join('\n'),
    )
    expect(await printed('table', [wide])).toContain('traffic_path')
    expect(await printed('csv', [wide], 40)).toContain('traffic_path')
  })

  test('says which columns that it left out have values later', async () => {
    const columns = Object.fromEntries(['one', 'two', 'three'].map(name => [name.padEnd(15, '_'), 'varchar']))
    const rows = Array.from({ length: 1000 }, () => ['a', null, null])
    const result: Result = {
      ...resultOf(columns, []),
      batches: (async function* () {
        yield await Promise.resolve(rows)
        yield [['a', 'late', null]]
      })(),
    }
    const text = (await printed('table', [result], 40)).replaceAll('\n', ' ')
    expect(text.slice(-200)).toContain('in the first 1,000 rows, though later two')
  })

  test('becomes blocks where the terminal is too narrow', async () => {
    const wide = resultOf(Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map(name => [name.repeat(10), 'varchar'])), [
      [1, 2, 3, 4, 5],
    ])
    expect(await printed('table', [wide], 40)).toContain('aaaaaaaaaa  1\nbbbbbbbbbb  2\n')
  })
})
