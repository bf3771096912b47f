import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect } from 'vitest'
import { done, lineOf, put, recordsOf, secondsOf } from './lakes.js'
import type { Death, Worker } from './worker.js'

export const KEYS = [0, 1, 2, 3, 4, 5] as const
const DAYS = ['2026-03-01', '2026-03-02', '2026-03-03'] as const

interface Row {
  readonly text: string
  readonly account: string
  readonly date: string
  readonly vpc: string
  readonly bytes: number
}

/** What a lake should hold. */
export interface Model {
  /** The version of each object that lies at the source; undefined where it was deleted. */
  readonly sources: Map<number, number | undefined>
  /** The rows of each object that was taken in. */
  readonly rows: Map<number, readonly Row[]>
  /** Account and day of what has expired. */
  readonly expired: Set<string>
  versions: number
}

export interface Real {
  readonly folder: string
  readonly lake: string
  readonly worker: Worker
}

type Operation = fc.AsyncCommand<Model, Real>

const pathOf = ({ folder }: Real, key: number): string => join(folder, `${key}.log`)
const placeOf = ({ account, date }: Row): string => `${account} ${date}`

/** Rows of a version of an object; every fourth has none. They lie about a midnight, those of even objects in one VPC, of odd in another. */
function rowsOf(real: Real, key: number, version: number): readonly Row[] {
  const midnight = secondsOf(`${DAYS[1 + (Math.floor(key / 2) % 2)] ?? ''}T00:00:00Z`)
  const account = key < 3 ? '111111111111' : '222222222222'
  const vpc = key % 2 === 0 ? 'a' : 'b'
  return Array.from({ length: version % 4 === 3 ? 0 : 4 }, (_, n) => {
    const [bytes, start] = [1 + key * 100_000 + version * 10 + n, midnight + (n - 2) * 900]
    const date = new Date(start * 1000).toISOString().slice(0, 10)
    return { text: `${pathOf(real, key)} vpc-${vpc} ${bytes} ${start} OK`, account, date, vpc, bytes }
  })
}

/** Rows of an object as they come into a lake in which some days have expired. */
const storedRows = (model: Model, real: Real, key: number): readonly Row[] =>
  rowsOf(real, key, model.sources.get(key) ?? 0).filter(row => !model.expired.has(placeOf(row)))

export class Overwrite implements Operation {
  constructor(private readonly key: number) {}
  check = (): boolean => true

  async run(model: Model, real: Real): Promise<void> {
    const version = model.versions++
    const lines = rowsOf(real, this.key, version).map(({ text, account, vpc, bytes }) =>
      lineOf({ bytes, start: Number(text.split(' ').at(-2)), account, vpc: vpc === 'a' ? 'a' : 'b' }),
    )
    put(pathOf(real, this.key), [...lines, ...(version % 3 === 0 ? ['no record at all'] : [])])
    model.sources.set(this.key, version)
  }

  toString = (): string => `overwrite ${this.key}`
}

export class Delete implements Operation {
  constructor(private readonly key: number) {}
  check = ({ sources }: Model): boolean => sources.get(this.key) !== undefined

  async run(model: Model, real: Real): Promise<void> {
    rmSync(pathOf(real, this.key))
    model.sources.set(this.key, undefined)
  }

  toString = (): string => `delete ${this.key}`
}

/** Takes objects in, in any order; those that are there already change nothing. */
export class Ingest implements Operation {
  constructor(
    private readonly keys: readonly number[],
    private readonly deaths: readonly Death[],
  ) {}
  check = ({ sources }: Model): boolean => this.keys.some(key => sources.get(key) !== undefined)

  async run(model: Model, real: Real): Promise<void> {
    const keys = this.keys.filter(key => model.sources.get(key) !== undefined)
    const args = ['ingest', ...keys.map(key => pathOf(real, key)), '--lake', real.lake]
    const fresh = new Map(keys.map(key => [key, storedRows(model, real, key)]))
    await carryOut(args, this.deaths, model, real, seen => {
      for (const [key, rows] of fresh) {
        const here = seen.filter(text => text.startsWith(pathOf(real, key)))
        if (sameRows(here, rows)) model.rows.set(key, rows)
      }
    })
    for (const [key, rows] of fresh) model.rows.set(key, rows)
  }

  toString = (): string => `ingest ${this.keys.join(' ')}${toldOf(this.deaths)}`
}

export class Compact implements Operation {
  constructor(private readonly deaths: readonly Death[]) {}
  check = ({ rows }: Model): boolean => rows.size > 0

  async run(model: Model, real: Real): Promise<void> {
    await carryOut(['lake', 'compact', '--lake', real.lake], this.deaths, model, real, () => undefined)
  }

  toString = (): string => `compact${toldOf(this.deaths)}`
}

export class Expire implements Operation {
  constructor(
    private readonly before: string,
    private readonly deaths: readonly Death[],
  ) {}
  check = ({ rows }: Model): boolean => rows.size > 0

  async run(model: Model, real: Real): Promise<void> {
    const old = [...model.rows.values()].flat().filter(({ date }) => date < this.before)
    const places = [...new Set(old.map(placeOf))]
    const drop = (gone: readonly string[]): void => {
      for (const place of gone) model.expired.add(place)
      for (const [key, rows] of model.rows)
        model.rows.set(
          key,
          rows.filter(row => !gone.includes(placeOf(row))),
        )
    }
    await carryOut(['lake', 'expire', '--before', this.before, '--lake', real.lake], this.deaths, model, real, seen =>
      drop(places.filter(place => !old.some(row => placeOf(row) === place && seen.includes(row.text)))),
    )
    drop(places)
  }

  toString = (): string => `expire ${this.before}${toldOf(this.deaths)}`
}

/**
 * Runs a command; where it dies, a reader sees what the model allows, the next writer finishes or removes what was begun (unless it
 * dies too), and the command is run again. `settle` learns from the rows what was done.
 */
async function carryOut(
  args: readonly string[],
  deaths: readonly Death[],
  model: Model,
  real: Real,
  settle: (seen: readonly string[]) => void,
): Promise<void> {
  for (const death of deaths) {
    if ((await real.worker.run([...args, '--quiet'], death)) !== 'killed') break
    // Either as before or after, of each object or day: what the model takes over must be all that there is.
    const seen = await rowsIn(real)
    settle(seen)
    expectRows(seen, model)
  }
  const ended = await real.worker.run([...args, '--quiet'])
  if (ended === 'killed') throw new Error('nobody killed it')
  expect(ended.code, `weir ${args.join(' ')}: ${ended.stderr}`).toBe(0)
}

const isThere = ({ lake }: Real): boolean => existsSync(join(lake, 'records')) || existsSync(join(lake, '_receipts'))
const rowsIn = (real: Real): Promise<readonly string[]> => (isThere(real) ? recordsOf(real.lake) : Promise.resolve([]))

const sameRows = (seen: readonly string[], rows: readonly Row[]): boolean =>
  seen.join('\n') ===
  rows
    .map(({ text }) => text)
    .sort()
    .join('\n')

function expectRows(seen: readonly string[], model: Model): void {
  const texts = [...model.rows.values()].flat().map(({ text }) => text)
  expect(seen).toEqual(texts.sort())
}

/** After each operation: the lake holds what the model does, and all counts hold. */
export async function expectModel(model: Model, real: Real): Promise<void> {
  if (!isThere(real)) return
  expectRows(await rowsIn(real), model)
  await done('lake', 'verify', '--lake', real.lake)
}

const toldOf = (deaths: readonly Death[]): string =>
  deaths.map(({ at, about }) => `, dies before step ${at}${about && ` of ${about}`}`).join('')

const death: fc.Arbitrary<Death> = fc.oneof(
  fc.record({ at: fc.integer({ min: 1, max: 80 }), about: fc.constant('') }),
  fc.record({ at: fc.integer({ min: 1, max: 20 }), about: fc.constant('.sealed') }),
)
const deaths = fc.oneof(
  { weight: 1, arbitrary: fc.constant([]) },
  { weight: 2, arbitrary: fc.array(death, { maxLength: 2, minLength: 1 }) },
)
const key = fc.constantFrom(...KEYS)
const ingest = fc.tuple(fc.shuffledSubarray([...KEYS], { minLength: 1 }), deaths).map(args => new Ingest(...args))

export const operations = fc.commands<Model, Real, false>(
  [
    ingest,
    ingest,
    key.map(one => new Overwrite(one)),
    key.map(one => new Delete(one)),
    deaths.map(some => new Compact(some)),
    fc.tuple(fc.constantFrom(...DAYS, '2026-03-04'), deaths).map(args => new Expire(...args)),
  ],
  { maxCommands: 14, size: 'max' },
)
