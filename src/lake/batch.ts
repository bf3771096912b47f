import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { partitionPath, type Partition } from '../engine/index.js'
import { writeMetadata } from './footer.js'
import { partId, type Part, type PartMetadata, type PartObject } from './part.js'
import { receiptsOf, stagingOf } from './places.js'
import type { NewReceipts, Receipts } from './receipt.js'
import { ifAbsent, readReceipts } from './standing.js'
import { sync, syncAll } from './sync.js'

const SEALED = '.sealed'

/** Ids sort by time: a new one comes after `last`, whatever the clock says. */
export function newBatchId(last: string, now = Date.now()): string {
  const time = Math.max(now, (timeOf(last) ?? 0) + 1)
  return `${new Date(time).toISOString().replaceAll(/[-:.]/g, '')}-${randomBytes(4).toString('hex')}`
}

function timeOf(id: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z/.exec(id)
  if (!match) return undefined
  const [, year, month, day, hour, minute, second, ms] = match.map(Number)
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second, ms)
}

/** A Parquet file that is written and is to become a part. */
export interface WrittenPart {
  readonly path: string
  readonly partition: Partition
  readonly objects: readonly PartObject[]
  readonly replaces: readonly string[]
  readonly sorted: boolean
  readonly layouts: readonly (readonly string[])[]
}

/**
 * Files of a batch on their way into a lake. They are written aside, in a folder laid out as the lake is. When all of them are
 * whole and on disk, the folder is renamed: from that moment the batch is part of the lake, and whoever writes next brings its
 * files to their places if this run does not come to it.
 */
export class Batch {
  readonly folder: string

  constructor(
    private readonly lake: string,
    readonly id: string,
  ) {
    this.folder = join(stagingOf(lake), id)
  }

  /** What stands in a written part's metadata until `commit`, and is replaced there: forty characters that occur nowhere else. */
  readonly token = randomBytes(20).toString('hex')

  /** Makes parts of what was written with `token`, leaves receipts, and takes all of it into the lake. Gives the parts as they stand. */
  async commit(written: readonly WrittenPart[], given: NewReceipts): Promise<readonly Part[]> {
    const parts: Part[] = []
    // Where there is a part, parts say what the batch replaces: whoever reads between the renames sees what was or what is, not both.
    const receipts = written.length === 0 ? given : { ...given, replaces: [] }
    for (const [i, { path, partition, ...about }] of written.entries()) {
      const metadata: PartMetadata = {
        weir: 1,
        batch: this.id,
        part: i + 1,
        parts: written.length,
        replaces: i === 0 ? [...about.replaces, ...given.replaces] : [...about.replaces],
        sorted: about.sorted,
        layouts: about.layouts.map(layout => [...layout]),
        objects: [...about.objects],
      }
      await writeMetadata(path, this.token, JSON.stringify(metadata))
      const id = partId(this.id, i + 1, written.length)
      const place = join('records', partitionPath(partition), `${id}.parquet`)
      await mkdir(dirname(join(this.folder, place)), { recursive: true })
      await rename(path, join(this.folder, place))
      const rows = about.objects.reduce((sum, object) => sum + object.rows, 0)
      parts.push({ ...metadata, path: join(this.lake, place), id, partition, rows })
    }
    if (Object.values(receipts).some(some => some.length > 0)) {
      const all: Receipts = { batch: this.id, parts: written.length, ...receipts }
      await mkdir(join(this.folder, '_receipts'), { recursive: true })
      await writeFile(join(this.folder, '_receipts', `${this.id}.json`), `${JSON.stringify(all)}\n`)
    }
    await syncAll(this.folder)
    await rename(this.folder, this.folder + SEALED)
    await sync(stagingOf(this.lake))
    await bringIn(this.lake, this.folder + SEALED)
    return parts
  }

  /** Forgets what was written. */
  async abandon(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }
}

/** Finishes what a run before left behind: brings in batches that are whole, removes what is half. Only for who holds the lock. */
export async function recover(lake: string): Promise<void> {
  const folder = stagingOf(lake)
  for (const name of (await readdir(folder).catch(ifAbsent<string[]>([]))).sort()) {
    if (name.endsWith(SEALED)) await bringIn(lake, join(folder, name))
    else await rm(join(folder, name), { recursive: true, force: true })
  }
}

/** Takes what earlier batches noted of a log group out of their receipts. */
export async function forgetPositions(lake: string, group: string, before: string): Promise<void> {
  for (const receipts of await readReceipts(lake)) {
    const positions = receipts.positions.filter(position => position.group !== group)
    if (receipts.batch >= before || positions.length === receipts.positions.length) continue
    const path = join(receiptsOf(lake), `${receipts.batch}.json`)
    const { objects, replaces, expired, dropped } = receipts
    if ([objects, replaces, expired, dropped, positions].every(some => some.length === 0)) await rm(path)
    else {
      await writeFile(`${path}.new`, `${JSON.stringify({ ...receipts, positions })}\n`)
      await sync(`${path}.new`)
      await rename(`${path}.new`, path)
    }
  }
}

/** Whether a batch is whole and on its way to its places. */
export const isSealed = async (lake: string, batch: string): Promise<boolean> =>
  (await readdir(stagingOf(lake)).catch(ifAbsent<string[]>([]))).includes(batch + SEALED)

/**
 * Brings the files of a whole batch to their places. With the last part the batch is whole for who reads meanwhile, so receipts,
 * which say what it replaces, stand before any part; what no reader counts (hours, quarantine) stands before both.
 */
async function bringIn(lake: string, folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
  const last = (file: string): number => ['_receipts', 'records'].findIndex(place => file.startsWith(place))
  files.sort((a, b) => last(a) - last(b) || (a < b ? -1 : 1))
  const root = resolve(lake)
  const folders = new Set([root])
  for (const file of files) {
    const place = join(root, file)
    await mkdir(dirname(place), { recursive: true })
    await rename(join(folder, file), place)
    for (let above = dirname(place); above !== root; above = dirname(above)) folders.add(above)
  }
  for (const each of folders) await sync(each)
  await removeFolders(folder)
  await sync(stagingOf(lake))
}

async function removeFolders(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await removeFolders(join(folder, entry.name))
  await rmdir(folder)
}
