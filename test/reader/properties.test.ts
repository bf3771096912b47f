import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { constants, gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { headerOf, KNOWN_LAYOUTS } from '../../src/format/index.js'
import { headersOf, layouts, lineOf, logOf, logs, rowOf, WRAPPINGS, type Log, type Wrapping } from './logs.js'
import { read, type Reading, type Row } from './read.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weir-properties-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let written = 0
function file(content: string | Uint8Array): string {
  const path = join(folder, `log-${written++}`)
  writeFileSync(path, content)
  return path
}

/** The same cases each time, so that a failure is one of the change at hand; WEIR_SEED tries others. */
fc.configureGlobal({ seed: Number(process.env.WEIR_SEED ?? 1851661730) })

const inOrder = (row: Row): string => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))
const sorted = (rows: readonly Row[]): string[] => rows.map(inOrder).sort()
const rowsOf = ({ layout, records }: Log): Row[] => records.map(tokens => rowOf(layout, tokens))

function expectToAddUp({ input, rows, quarantined }: Reading): void {
  const { lines, records, nodata, skipdata, headers } = input
  expect(lines).toBe(records + nodata + skipdata + headers + input.quarantined)
  expect(rows).toHaveLength(records + nodata + skipdata)
  expect(quarantined).toHaveLength(input.quarantined)
}

const HEADED = WRAPPINGS.filter(wrapping => wrapping.header)
const BARE = WRAPPINGS.filter(wrapping => !wrapping.header)

interface Written {
  readonly log: Log
  readonly wrapping: Wrapping
}

/** Files with headers of their own layouts, and files without that share one, which is told. */
const sources: fc.Arbitrary<{ readonly fields: string; readonly files: readonly Written[] }> = layouts.chain(layout =>
  fc.record({
    fields: fc.constant(headerOf(layout)),
    files: fc
      .tuple(
        fc.array(fc.record({ log: logs, wrapping: fc.constantFrom(...HEADED) }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.record({ log: logOf(layout, { minLength: 1, maxLength: 12 }), wrapping: fc.constantFrom(...BARE) }), {
          maxLength: 3,
        }),
      )
      .map(([headed, bare]) => [...headed, ...bare]),
  }),
)

describe('print, then parse', () => {
  test('gives back every value of every record, in any order of fields and any wrapping', async () => {
    await fc.assert(
      fc.asyncProperty(sources, fc.constantFrom('query', 'spool'), async ({ fields, files }, by) => {
        const paths = files.map(({ log, wrapping }) => file(wrapping.write(log)))
        const reading = await read(paths, { fields, by })
        expect(reading.quarantined).toEqual([])
        expect(sorted(reading.rows)).toEqual(sorted(files.flatMap(({ log }) => rowsOf(log))))
        expect(reading.input.headers).toBe(files.reduce((total, { wrapping }) => total + headersOf(wrapping), 0))
        expect(reading.input.damaged).toEqual([])
        expectToAddUp(reading)
      }),
      { numRuns: 30 },
    )
  })

  test('the order of files never changes a result', async () => {
    await fc.assert(
      fc.asyncProperty(
        sources.chain(({ fields, files }) =>
          fc.record({
            fields: fc.constant(fields),
            files: fc.constant(files),
            order: fc.shuffledSubarray([...files.keys()], { minLength: files.length }),
          }),
        ),
        async ({ fields, files, order }) => {
          const paths = files.map(({ log, wrapping }) => file(wrapping.write(log)))
          const one = await read(paths, { fields })
          const other = await read(
            order.flatMap(i => paths[i] ?? []),
            { fields },
          )
          expect(sorted(other.rows)).toEqual(sorted(one.rows))
          expect({ ...other.input, sources: [], fields: [], partialFields: [] }).toEqual({
            ...one.input,
            sources: [],
            fields: [],
            partialFields: [],
          })
          expect([...other.input.sources].sort()).toEqual([...one.input.sources].sort())
          expect([...other.input.fields].sort()).toEqual([...one.input.fields].sort())
          expect([...other.input.partialFields].sort()).toEqual([...one.input.partialFields].sort())
        },
      ),
      { numRuns: 8 },
    )
  })
})

const V2 = KNOWN_LAYOUTS['version 2 (default)'] ?? []
const ALPHABETICAL = KNOWN_LAYOUTS['versions 2 to 5, alphabetical'] ?? []

/** A log whose records tell themselves apart by their times. */
const numbered = fc.constantFrom(V2, ALPHABETICAL).chain(layout =>
  logOf(layout, { minLength: 5, maxLength: 40 }).map(({ records }) => ({
    layout,
    records: records.map((tokens, n) =>
      tokens.map((token, i) => {
        const name = layout[i]?.name
        return name === 'start' || name === 'end' ? String(1_750_000_000 + n) : token
      }),
    ),
  })),
)

const NEWLINE = 10

type Damage = (bytes: Uint8Array) => Uint8Array

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const byte = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(...Buffer.from(' \t\r\n\0-"{[eE+.')))

/** What may befall the bytes of a text after its header. */
const damages: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(place, byte).map(([at, value]): Damage => bytes => {
    const copy = Buffer.from(bytes)
    copy[Math.floor(at * copy.length)] = value
    return copy
  }),
  fc.tuple(place, fc.integer({ min: 1, max: 300 })).map(([at, length]): Damage => bytes => {
    const from = Math.floor(at * bytes.length)
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + length)])
  }),
  fc
    .tuple(place, fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.stringMatching(/^[0-9a-z .+-]{0,40}$/)))
    .map(([at, text]): Damage => bytes => {
      const from = bytes.indexOf(NEWLINE, Math.floor(at * bytes.length)) + 1
      return Buffer.concat([bytes.subarray(0, from), Buffer.from(`${text}\n`), bytes.subarray(from)])
    }),
)

/** Lines as a reader of text sees them. */
const linesOf = (bytes: Uint8Array): string[] =>
  Buffer.from(bytes)
    .toString('utf8')
    .split(/\r\n|\n|\r/)

describe('damage', () => {
  test('costs the lines that it befalls and no other, and every line is counted', async () => {
    await fc.assert(
      fc.asyncProperty(numbered, fc.array(damages, { minLength: 1, maxLength: 4 }), fc.boolean(), async (log, hits, zipped) => {
        const intact = log.records.map(lineOf)
        const body = hits.reduce<Uint8Array>((bytes, hit) => hit(bytes), Buffer.from(intact.join('\n') + '\n'))
        const whole = Buffer.concat([Buffer.from(`${headerOf(log.layout)}\n`), body])
        const reading = await read([file(zipped ? gzipSync(whole) : whole)])
        expectToAddUp(reading)
        const lines = linesOf(whole)
        expect(reading.input.lines).toBe(lines.filter(line => /[^ \t]/.test(line)).length)
        const left = new Set(lines)
        const rows = new Set(reading.rows.map(inOrder))
        const lost = log.records.filter(tokens => left.has(lineOf(tokens)) && !rows.has(inOrder(rowOf(log.layout, tokens))))
        expect(lost.map(lineOf)).toEqual([])
        const known = new Set(intact)
        expect(reading.quarantined.filter(({ line }) => known.has(lines[line - 1] ?? ''))).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  test('a gzip that ends anywhere gives every line that stands in what is left of it', async () => {
    await fc.assert(
      fc.asyncProperty(logOf(V2, { minLength: 1, maxLength: 300 }), place, async (log, at) => {
        const packed = gzipSync([headerOf(log.layout), ...log.records.map(lineOf), ''].join('\n'))
        const cut = packed.subarray(0, 18 + Math.floor(at * (packed.length - 18)))
        const readable = gunzipSync(cut, { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8')
        const complete = readable.split('\n').length - 2
        const reading = await read([file(cut)])
        expectToAddUp(reading)
        expect(reading.input.damaged).toHaveLength(1)
        if (complete < 0) return
        expect(reading.input.headers).toBe(1)
        expect(sorted(reading.rows)).toEqual(sorted(rowsOf({ ...log, records: log.records.slice(0, complete) })))
      }),
      { numRuns: 15 },
    )
  })

  test('a gzip with wrong bytes in it still adds up', async () => {
    await fc.assert(
      fc.asyncProperty(logOf(V2, { minLength: 20, maxLength: 60 }), place, byte, async (log, at, value) => {
        const packed = gzipSync([headerOf(log.layout), ...log.records.map(lineOf), ''].join('\n'))
        packed[Math.floor(2 + at * (packed.length - 2))] = value
        expectToAddUp(await read([file(packed)]))
      }),
      { numRuns: 15 },
    )
  })
})
