import { randomBytes } from 'node:crypto'
import { link, mkdir, readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import {
  checkPart,
  partitionPath,
  type InputReport,
  type LineCounts,
  type StoredParts,
  type TimeWindow,
} from '../engine/index.js'
import { Fault } from '../fault/index.js'
import { isSealed } from './batch.js'
import { isAlive } from './lock.js'
import type { LakeOptions } from './options.js'
import { distinctLayouts, type Part } from './part.js'
import { readersOf, recordsOf, receiptsOf } from './places.js'
import type { Receipt } from './receipt.js'
import { ifAbsent, standingOf, type Standing } from './standing.js'

/** Whether a folder is a lake. */
export async function isLake(path: string): Promise<boolean> {
  const names = await readdir(path).catch((): string[] => [])
  return [recordsOf(''), receiptsOf('')].some(name => names.includes(name)) && names.includes('_lock')
}

/** A lake's records of a span of time, kept as they are until `release`. */
export interface OpenLake extends StoredParts {
  /** What an error of the engine means where a part is damaged; the error itself where none is. */
  explain(error: unknown): Promise<unknown>
  release(): Promise<void>
}

/**
 * Opens the parts that hold records of a window, days beyond it are not looked at. Writers go on meanwhile: the parts are linked
 * into a folder of this reader's own, so that none is gone before it is read. Throws a Fault of kind `engine` where a part is
 * damaged or missing: nothing is passed over.
 */
export async function openLake(lake: string, window: Partial<TimeWindow>, options: LakeOptions): Promise<OpenLake> {
  const folder = join(readersOf(lake), `${process.pid}-${randomBytes(4).toString('hex')}`)
  const release = (): Promise<void> => rm(folder, { recursive: true, force: true })
  for (let attempt = 1; ; attempt++) {
    const standing = await standingOf(lake, options)
    const isLast = attempt === ATTEMPTS
    const flaw = await flawOf(lake, standing)
    if (flaw && isLast) throw flaw
    const parts = standing.parts.filter(({ partition }) => isIn(partition.date, window))
    const paths = flaw ? undefined : await linked(parts, folder)
    if (!paths) {
      await release()
      if (isLast) throw new Error(`the parts of ${lake} change faster than they can be listed`)
      continue
    }
    return {
      paths,
      layouts: distinctLayouts(parts.flatMap(({ layouts }) => layouts)),
      input: inputOf(lake, parts, standing, window),
      explain: error => explained(error, lake, parts, paths, options),
      release,
    }
  }
}

const ATTEMPTS = 5

/** Links to the parts; the parts themselves where the lake cannot be written to; undefined where one is gone. */
async function linked(parts: readonly Part[], folder: string): Promise<readonly string[] | undefined> {
  const paths: string[] = []
  try {
    for (const { path, partition } of parts) {
      const place = join(folder, partitionPath(partition), basename(path))
      await mkdir(dirname(place), { recursive: true })
      await link(path, place)
      paths.push(place)
    }
    return paths
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    return parts.map(({ path }) => path)
  }
}

/** What readers that were killed have left. */
export async function removeDeadReaders(lake: string): Promise<void> {
  for (const name of await readdir(readersOf(lake)).catch(ifAbsent<string[]>([]))) {
    if (!isAlive(Number(name.split('-')[0]))) await rm(join(readersOf(lake), name), { recursive: true, force: true })
  }
}

/** DuckDB names the file that it could not read, but not whatever is wrong with it: then each part is read. */
async function explained(
  error: unknown,
  lake: string,
  parts: readonly Part[],
  paths: readonly string[],
  options: LakeOptions,
): Promise<unknown> {
  if (!(error instanceof Fault) || error.kind !== 'engine') return error
  const named = paths.flatMap((path, i) => (error.message.includes(path) ? [i] : []))
  if (named.length === 0 && error.code !== 'engine-failed') return error
  const looked = named.length > 0 ? named : [...paths.keys()]
  return (
    (await damageOf(
      lake,
      looked.flatMap(i => {
        const [part, link] = [parts[i], paths[i]]
        return part && link !== undefined ? [{ path: part.path, link }] : []
      }),
      options,
    )) ?? error
  )
}

/** The first of these parts that cannot be read to its end, where need be by a link to it. */
export async function damageOf(
  lake: string,
  parts: readonly { readonly path: string; readonly link?: string }[],
  options: LakeOptions,
): Promise<Fault | undefined> {
  for (const { path, link = path } of parts) {
    const checked = await checkPart(link, options)
    if (checked.kind === 'damaged') return damageFault(lake, { path, reason: checked.reason.replaceAll(link, path) })
  }
  return undefined
}

/** Parts that cannot be read, or of which others are missing that no writer is about to bring. */
async function flawOf(lake: string, { damaged, incomplete }: Standing): Promise<Fault | undefined> {
  const lost = []
  for (const part of incomplete) if (!(await isSealed(lake, part.batch))) lost.push(part)
  const [first] = [
    ...damaged,
    ...lost.map(({ path, batch }) => ({ path, reason: `another part of its batch ${batch} is missing` })),
  ]
  return first && damageFault(lake, first)
}

export const damageFault = (lake: string, { path, reason }: { readonly path: string; readonly reason: string }): Fault =>
  new Fault({
    code: 'lake-damaged',
    kind: 'engine',
    message: `a part of the lake is damaged: ${reason}`,
    where: path,
    action: `weir lake verify --lake ${lake} lists all that is wrong; with --repair what is lost is read again from its sources`,
  })

/** A day without time may hold anything. */
function isIn(date: string | undefined, { from, to }: Partial<TimeWindow>): boolean {
  if (date === undefined) return from === undefined && to === undefined
  const first = from === undefined ? '' : dayOf(from)
  const last = to === undefined ? '9999-12-31' : dayOf(to - 1)
  return date >= first && date <= last
}

const dayOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10)

/** What was read of the objects that have rows in these parts, and of those without rows where no window is asked for. */
function inputOf(lake: string, parts: readonly Part[], { receipts }: Standing, window: Partial<TimeWindow>): InputReport {
  const isAll = window.from === undefined && window.to === undefined
  const looked = new Map<string, Receipt>()
  for (const part of parts) for (const { rows, ...receipt } of part.objects) looked.set(receipt.object, receipt)
  if (isAll) for (const [object, receipt] of receipts) looked.set(object, receipt)
  const all = [...looked.values()]
  const sum = (count: (receipt: Receipt) => number): number => all.reduce((total, receipt) => total + count(receipt), 0)
  const layouts = distinctLayouts(parts.flatMap(part => part.layouts))
  const fields = [...new Set(layouts.flat())]
  const inAll = fields.filter(field => layouts.every(layout => layout.includes(field)))
  return {
    sources: [lake],
    lines: sum(({ lines }) => lines),
    records: sum(({ records }) => records),
    nodata: sum(({ nodata }) => nodata),
    skipdata: sum(({ skipdata }) => skipdata),
    headers: sum(({ headers }) => headers),
    quarantined: sum(({ quarantined }) => quarantined),
    bytes: sum(({ bytes }) => bytes),
    fields: inAll,
    partialFields: fields.filter(field => !inAll.includes(field)),
    damaged: all.flatMap(({ object, damage }) => (damage === undefined ? [] : [{ source: object, message: damage }])),
    unreadable: [],
    aside: [],
  }
}

export const NO_LINES: LineCounts = { lines: 0, records: 0, nodata: 0, skipdata: 0, headers: 0, quarantined: 0 }
