import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readFooters, type InstanceOptions, type Partition } from '../engine/index.js'
import { Fault } from '../fault/index.js'
import { isDamaged, isPart, partOf, type DamagedPart, type Part } from './part.js'
import { receiptsOf, recordsOf } from './places.js'
import { LOST, receiptsSchema, type Position, type Receipt, type Receipts } from './receipt.js'

/** What a lake holds: worked out anew from the parts and receipts, which are all that it is. */
export interface Standing {
  /** Parts of batches that are whole and that nothing replaces: the lake's records are their rows. */
  readonly parts: readonly Part[]
  /** Parts in whose place others stand, or whose day has expired: they are to be removed. */
  readonly replaced: readonly Part[]
  /** Parts of batches of which a part is missing: on its way, or lost. */
  readonly incomplete: readonly Part[]
  readonly damaged: readonly DamagedPart[]
  /** The latest receipt of each object. */
  readonly receipts: ReadonlyMap<string, Receipt>
  readonly expired: readonly Partition[]
  readonly positions: readonly Position[]
  /** The id of the latest batch; empty where there is none. */
  readonly lastBatch: string
}

export async function standingOf(lake: string, options: InstanceOptions): Promise<Standing> {
  const found = (await readFooters(await partPaths(lake), options)).map(partOf)
  const parts = found.filter(isPart)
  const written = await readReceipts(lake)
  const isGone = replacedIn(parts, written)
  const standing = parts.filter(part => !isGone.replaced.has(part.id) && isGone.isWhole(part.batch, part.parts))
  const receipts = new Map<string, Receipt>()
  const note = (receipt: Receipt): void => {
    const before = receipts.get(receipt.object)
    // Parts that are left of an object that has lost others still say that it was read.
    const isLost = before?.batch === receipt.batch && before.version === LOST
    if (!before || (before.batch <= receipt.batch && !isLost)) receipts.set(receipt.object, receipt)
  }
  const whole = written.filter(({ batch, parts }) => isGone.isWhole(batch, parts))
  for (const { objects } of whole) objects.forEach(note)
  for (const { objects } of standing) for (const { rows, ...receipt } of objects) note(receipt)
  return {
    parts: standing,
    replaced: parts.filter(({ id }) => isGone.replaced.has(id)),
    incomplete: parts.filter(({ id, batch, parts: count }) => !isGone.replaced.has(id) && !isGone.isWhole(batch, count)),
    damaged: found.filter(isDamaged),
    receipts,
    expired: whole.flatMap(({ expired }) => expired),
    positions: whole.flatMap(({ positions }) => positions),
    lastBatch: [...parts, ...written].reduce((last, { batch }) => (batch > last ? batch : last), ''),
  }
}

interface Replaced {
  /** Ids of parts that whole batches replace. */
  readonly replaced: ReadonlySet<string>
  /** Whether each part of a batch stands, or is replaced by one of a batch of which that holds. */
  readonly isWhole: (batch: string, parts: number) => boolean
}

function replacedIn(parts: readonly Part[], receipts: readonly Receipts[]): Replaced {
  const present = new Set(parts.map(({ id }) => id))
  const replacing = new Map<string, { batch: string; parts: number }[]>()
  const sizes = new Map<string, number>()
  for (const { batch, parts: count, replaces } of [...parts, ...receipts]) {
    sizes.set(batch, count)
    for (const id of replaces) replacing.set(id, [...(replacing.get(id) ?? []), { batch, parts: count }])
  }
  const known = new Map<string, boolean>()
  const isWhole = (batch: string, count: number): boolean => {
    const before = known.get(batch)
    if (before !== undefined) return before
    known.set(batch, false) // a batch does not vouch for itself
    const ids = Array.from({ length: count }, (_, i) => `${batch}.${i + 1}-${count}`)
    const whole = ids.every(
      id =>
        present.has(id) || (replacing.get(id) ?? []).some(other => other.batch !== batch && isWhole(other.batch, other.parts)),
    )
    known.set(batch, whole)
    return whole
  }
  const replaced = [...replacing]
    .filter(([, by]) => by.some(({ batch, parts: count }) => isWhole(batch, count)))
    .map(([id]) => id)
  return { replaced: new Set(replaced), isWhole }
}

/** Visible Parquet files under `records`; none where there is no lake yet. */
async function partPaths(lake: string): Promise<readonly string[]> {
  const entries = await readdir(recordsOf(lake), { recursive: true, withFileTypes: true }).catch(ifAbsent([]))
  return entries
    .filter(entry => entry.isFile() && entry.name.endsWith('.parquet') && !/^[._]/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
}

/** All files of receipts, in the order of their batches. */
export async function readReceipts(lake: string): Promise<readonly Receipts[]> {
  const folder = receiptsOf(lake)
  const names = (await readdir(folder).catch(ifAbsent<string[]>([]))).filter(name => name.endsWith('.json')).sort()
  return Promise.all(
    names.map(async name => {
      const path = join(folder, name)
      try {
        return receiptsSchema.parse(JSON.parse(await readFile(path, 'utf8')))
      } catch (error) {
        throw new Fault({
          code: 'lake-damaged',
          kind: 'engine',
          message: 'a file of receipts cannot be read',
          where: path,
          action: 'bring it back from a copy of the lake; without it, objects may be read twice',
          cause: error,
        })
      }
    }),
  )
}

/** What takes the place of a folder that is not there. */
export function ifAbsent<T>(instead: T): (error: unknown) => T {
  return error => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return instead
    throw error
  }
}
