import { readdir, rename, rm, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  countObjects,
  partitionOf,
  partitionPath,
  QUARANTINE,
  withoutObjects,
  writeParts,
  type InputOutcome,
  type Partition,
} from '../engine/index.js'
import { Fault } from '../fault/index.js'
import { placeOf } from '../source/index.js'
import { Batch, newBatchId, recover, type WrittenPart } from './batch.js'
import type { LoadedObject } from './load.js'
import { asWriter, placeFault } from './lock.js'
import type { LakeOptions } from './options.js'
import { distinctLayouts, type Part, type PartObject } from './part.js'
import type { NewReceipts, Position, Receipt } from './receipt.js'
import { damageFault, damageOf, flawsOf, removeDeadReaders } from './read.js'
import { ifAbsent, standingOf, type Standing } from './standing.js'
import { sync } from './sync.js'

/** The one who writes to a lake: knows what stands in it, and makes batches. */
export class Writer {
  #parts: readonly Part[]
  readonly #receipts: Map<string, Receipt>
  #expired: readonly Partition[]
  #lastBatch: string

  private constructor(
    readonly lake: string,
    private readonly standing: Standing,
    private readonly options: LakeOptions,
  ) {
    this.#parts = standing.parts
    this.#receipts = new Map(standing.receipts)
    this.#expired = standing.expired
    this.#lastBatch = standing.lastBatch
  }

  /** Takes the lake's lock, finishes what a run before left, and lets `write` go on from what stands. */
  static async open<T>(lake: string, command: string, options: LakeOptions, write: (writer: Writer) => Promise<T>): Promise<T> {
    return asWriter(lake, command, async () => {
      await recover(lake)
      const standing = await standingOf(lake, options)
      refuseDamage(lake, standing)
      await removeReplaced(standing)
      await removeDeadReaders(lake)
      const writer = new Writer(lake, standing, options)
      try {
        return await write(writer)
      } catch (error) {
        throw await writer.#explained(error)
      }
    })
  }

  /** What nobody foresaw may be a part that is damaged where no footer tells. */
  async #explained(error: unknown): Promise<unknown> {
    const fault = placeFault(error, this.lake)
    if (fault instanceof Fault || this.options.signal?.aborted) return fault
    return (await damageOf(this.lake, this.#parts, this.options)) ?? error
  }

  get parts(): readonly Part[] {
    return this.#parts
  }

  get positions(): readonly Position[] {
    return this.standing.positions
  }

  get receipts(): ReadonlyMap<string, Receipt> {
    return this.#receipts
  }

  newBatch(): Batch {
    this.#lastBatch = newBatchId(this.#lastBatch)
    return new Batch(this.lake, this.#lastBatch)
  }

  /** Makes a batch of objects. Where the lake has another version of one, the new takes its place. */
  async store(
    objects: readonly LoadedObject[],
    options: LakeOptions & { readonly fields?: string | undefined },
    receipts: Partial<NewReceipts> = {},
  ): Promise<{ readonly receipts: readonly Receipt[]; readonly parts: number }> {
    const batch = this.newBatch()
    try {
      const folder = join(batch.folder, 'written')
      const inputs = objects.map(({ object, path, place = placeOf(object.name) }) => ({
        path,
        source: object.name,
        bytes: object.bytes,
        ...place,
      }))
      const outcomes = await writeParts(inputs, { ...options, folder, metadata: batch.token })
      const rows = await this.#rowsOf(folder)
      const layouts = new Map(outcomes.map(outcome => [outcome.source, outcome.layouts]))
      const made = receiptsOf(objects, outcomes, rows, batch.id)
      const written = rows.kept.map(part => ({
        ...part,
        objects: part.objects.flatMap(({ object, rows }) => {
          const receipt = made.get(object)
          return receipt ? [{ ...receipt, rows }] : []
        }),
        replaces: [],
        sorted: false,
        layouts: distinctLayouts(part.objects.flatMap(({ object }) => layouts.get(object) ?? [])),
      }))
      const old = await this.#withoutOldVersions(objects, batch)
      await keepQuarantine(folder, batch)
      const stored = new Set(written.flatMap(part => part.objects.map(({ object }) => object)))
      const parts = await this.commit(batch, [...written, ...old.rewritten], {
        objects: [...made.values()].filter(({ object }) => !stored.has(object)),
        replaces: [...old.replaces],
        expired: [],
        dropped: [],
        positions: [],
        ...receipts,
      })
      for (const receipt of made.values()) this.#receipts.set(receipt.object, receipt)
      return { receipts: [...made.values()], parts: parts.length }
    } finally {
      await batch.abandon()
    }
  }

  /** Takes a batch into the lake and removes what it replaces. */
  async commit(batch: Batch, written: readonly WrittenPart[], receipts: NewReceipts): Promise<readonly Part[]> {
    const parts = await batch.commit(written, receipts)
    const replaced = new Set([...parts.flatMap(({ replaces }) => replaces), ...receipts.replaces])
    const gone = this.#parts.filter(({ id }) => replaced.has(id))
    this.#parts = [...this.#parts.filter(({ id }) => !replaced.has(id)), ...parts]
    this.#expired = [...this.#expired, ...receipts.expired]
    for (const { path } of gone) await rm(path, { force: true })
    return parts
  }

  /** Counts the rows of what was written, by part and by object; what belongs to days that have expired is removed. */
  async #rowsOf(folder: string): Promise<WrittenRows> {
    const entries = await readdir(join(folder, 'records'), { recursive: true, withFileTypes: true }).catch(() => [])
    const paths = entries.filter(entry => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
    const counts = new Map<string, { object: string; rows: number }[]>(paths.map(path => [path, []]))
    for (const { path, ...of } of await countObjects(paths, this.options)) counts.get(path)?.push(of)
    const expired = new Set(this.#expired.map(partitionPath))
    const lost = new Map<string, number>()
    const kept: { path: string; partition: Partition; objects: { object: string; rows: number }[] }[] = []
    for (const path of paths) {
      const partition = partitionOf(path)
      const objects = counts.get(path) ?? []
      if (!partition) throw new TypeError(`${path} is in no folder of a partition`)
      if (objects.length > 0 && !expired.has(partitionPath(partition))) kept.push({ path, partition, objects })
      else {
        for (const { object, rows } of objects) lost.set(object, (lost.get(object) ?? 0) + rows)
        await rm(path)
      }
    }
    return { kept, expired: lost }
  }

  /** Parts that hold rows of other versions of these objects, written anew without them. */
  async #withoutOldVersions(
    objects: readonly LoadedObject[],
    batch: Batch,
  ): Promise<{ readonly rewritten: readonly WrittenPart[]; readonly replaces: readonly string[] }> {
    const names = new Set(objects.map(({ object }) => object.name).filter(name => this.#receipts.has(name)))
    const rewritten: WrittenPart[] = []
    const replaces: string[] = []
    if (names.size === 0) return { rewritten, replaces }
    for (const part of this.#parts) {
      const old = part.objects.filter(({ object }) => names.has(object))
      if (old.length === 0) continue
      const rest = part.objects.filter(({ object }) => !names.has(object))
      const ids = [part.id, ...part.replaces]
      if (rest.length === 0) {
        replaces.push(...ids)
        continue
      }
      const path = join(batch.folder, `rewritten-${rewritten.length}.parquet`)
      await mkdir(dirname(path), { recursive: true })
      const to = { ...this.options, to: path, metadata: batch.token }
      await withoutObjects(
        part.path,
        old.map(({ object }) => object),
        to,
      )
      rewritten.push({
        path,
        partition: part.partition,
        objects: rest,
        replaces: ids,
        sorted: part.sorted,
        layouts: part.layouts,
      })
    }
    return { rewritten, replaces }
  }
}

/** Removes parts that others replace, once it is sure that those are on disk: the run that brought them may have been killed before. */
async function removeReplaced({ parts, replaced }: Standing): Promise<void> {
  if (replaced.length === 0) return
  for (const folder of new Set(parts.filter(({ replaces }) => replaces.length > 0).map(({ path }) => dirname(path))))
    await sync(folder)
  for (const { path } of replaced) await rm(path, { force: true })
}

interface WrittenRows {
  readonly kept: readonly {
    readonly path: string
    readonly partition: Partition
    readonly objects: readonly Pick<PartObject, 'object' | 'rows'>[]
  }[]
  /** Rows that were left out, by object. */
  readonly expired: ReadonlyMap<string, number>
}

/** A receipt for each object; throws where rows are missing or too many. */
function receiptsOf(
  objects: readonly LoadedObject[],
  outcomes: readonly InputOutcome[],
  { kept, expired }: WrittenRows,
  batch: string,
): ReadonlyMap<string, Receipt> {
  const rows = new Map<string, number>()
  for (const part of kept) for (const { object, rows: more } of part.objects) rows.set(object, (rows.get(object) ?? 0) + more)
  const by = new Map(outcomes.map(outcome => [outcome.source, outcome]))
  return new Map(
    objects.map(({ object: { name, version, bytes } }) => {
      const outcome = by.get(name)
      if (!outcome) throw new TypeError(`nothing is known of ${name}`)
      const { source, damage, unreadable, layouts, ...counts } = outcome
      const left = expired.get(name) ?? 0
      const read = counts.records + counts.nodata + counts.skipdata
      const written = (rows.get(name) ?? 0) + left
      if (read !== written) throw new Error(`${name}: ${read} rows were read and ${written} written`)
      return [
        name,
        {
          object: name,
          version,
          batch,
          bytes,
          ...counts,
          expired: left,
          ...(damage === undefined ? {} : { damage }),
          ...(unreadable === undefined ? {} : { unreadable }),
        },
      ]
    }),
  )
}

async function keepQuarantine(folder: string, batch: Batch): Promise<void> {
  if (!(await readdir(folder).catch(ifAbsent<string[]>([]))).includes(QUARANTINE)) return
  const place = join(batch.folder, 'quarantine', `${batch.id}.parquet`)
  await mkdir(dirname(place), { recursive: true })
  await rename(join(folder, QUARANTINE), place)
}

/** A lake of which something is lost is not written to: what is lost could not be told from what never was. */
function refuseDamage(lake: string, standing: Standing): void {
  const [first] = flawsOf(standing)
  if (first) throw damageFault(lake, first)
}
