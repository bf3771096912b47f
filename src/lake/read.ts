import { randomBytes } from 'node:crypto'
import { link, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import {
  checkPart,
  isAlive,
  partitionPath,
  sumOfLines,
  type InputReport,
  type StoredParts,
  type TimeWindow,
} from '../engine/index.js'
import { Fault } from '../fault/index.js'
import { isSealed } from './batch.js'
import type { LakeOptions } from './options.js'
import { distinctLayouts, type DamagedPart, type Part } from './part.js'
import { readersOf, receiptsOf, recordsOf, sessionsOf } from './places.js'
import type { Receipt } from './receipt.js'
import { busyFault, ifAbsent, standingOf, type Standing } from './standing.js'

/** Whether a folder is a lake. */
export async function isLake(path: string): Promise<boolean> {
  const names = await readdir(path).catch((): string[] => [])
  return [recordsOf(''), receiptsOf('')].some(name => names.includes(name)) && names.includes('_lock')
}

/** A lake's records of a span of time, kept as they are until `release`. */
export interface OpenLake extends StoredParts {
  /** Says of an error that a part is damaged, where that is what it comes from. */
  explain(error: unknown): Promise<unknown>
  release(): Promise<void>
}

/** Parts that stay as they are until `release`, whoever writes meanwhile. */
export interface PinnedParts {
  readonly standing: Standing
  readonly parts: readonly Part[]
  /** Where each of them can be read. */
  readonly paths: readonly string[]
  readonly release: () => Promise<void>
}

/**
 * Links the parts that are wanted into a folder of this reader's own, so that none is gone before it is read. What a writer is
 * about to bring is not among those that are incomplete.
 */
export async function pinParts(lake: string, options: LakeOptions, isWanted: (part: Part) => boolean): Promise<PinnedParts> {
  const folder = join(readersOf(lake), `${process.pid}-${hostname()}-${randomBytes(4).toString('hex')}`)
  const release = (): Promise<void> => rm(folder, { recursive: true, force: true })
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const standing = await standingOf(lake, options)
    const lost = []
    for (const part of standing.incomplete) if (!(await isSealed(lake, part.batch))) lost.push(part)
    // They may have come since.
    if (lost.length > 0 && attempt < ENOUGH) continue
    const parts = standing.parts.filter(isWanted)
    const paths = await linked(parts, folder)
    if (paths) return { standing: { ...standing, incomplete: lost }, parts, paths, release }
    await release()
  }
  throw busyFault(lake)
}

const ATTEMPTS = 20
const ENOUGH = 3

/**
 * Opens the parts that hold records of a window, days beyond it are not looked at. Throws a Fault of kind `engine` where a part is
 * damaged or missing: nothing is passed over.
 */
export async function openLake(lake: string, window: Partial<TimeWindow>, options: LakeOptions): Promise<OpenLake> {
  const { standing, parts, paths, release } = await pinParts(lake, options, ({ partition }) => isIn(partition.date, window))
  const [flaw] = flawsOf(standing)
  if (flaw) {
    await release()
    throw damageFault(lake, flaw)
  }
  return {
    paths,
    layouts: distinctLayouts(parts.flatMap(({ layouts }) => layouts)),
    input: inputOf(lake, parts, standing, window),
    kept: keptOf(lake, parts, window),
    explain: error => explained(error, lake, parts, paths, options),
    release,
  }
}

/** Fewer rows are worked on again as fast as they are found. */
const WORTH_KEEPING = 500_000

/** What is worked out of whole days is kept, for these are asked again. */
function keptOf(lake: string, parts: readonly Part[], { from = 0, to = 0 }: Partial<TimeWindow>): OpenLake['kept'] {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0)
  if (rows < WORTH_KEEPING || from % DAY !== 0 || to % DAY !== 0) return undefined
  const ids = parts.map(({ id }) => id).sort()
  const stand = async () => (await Promise.all(parts.map(({ path }) => changeOf(path)))).every(Number.isFinite)
  return { folder: sessionsOf(lake), records: [from, to, ...ids].join(' '), stand }
}

const DAY = 86_400

/** DuckDB names the file that it could not read, but not whatever is wrong with it: then each part is read. */
async function explained(
  error: unknown,
  lake: string,
  parts: readonly Part[],
  paths: readonly string[],
  options: LakeOptions,
): Promise<unknown> {
  if (!(error instanceof Fault) || error.kind !== 'engine') return error
  const linked = parts.flatMap(({ path }, i) => (paths[i] === undefined ? [] : [{ path, link: paths[i] }]))
  const named = linked.filter(({ link }) => error.message.includes(link))
  if (named.length === 0 && error.code !== 'engine-failed') return error
  return (await damageOf(lake, named.length > 0 ? named : linked, options)) ?? error
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

/** How long a reader on another machine is let be. */
const LONGEST_READING = 7 * 86_400_000

/** What readers that were killed have left. */
export async function removeDeadReaders(lake: string): Promise<void> {
  for (const name of await readdir(readersOf(lake)).catch(ifAbsent<string[]>([]))) {
    const path = join(readersOf(lake), name)
    const [, pid, host] = /^(\d+)-(.*)-[0-9a-f]+$/.exec(name) ?? []
    const isGone = host === hostname() ? !isAlive(Number(pid)) : Date.now() - (await changeOf(path)) > LONGEST_READING
    if (isGone) await rm(path, { recursive: true, force: true })
  }
}

const changeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Infinity,
  )

/** Parts that cannot be read, or of which others are missing. */
export const flawsOf = ({ damaged, incomplete }: Standing): readonly DamagedPart[] => [
  ...damaged,
  ...incomplete.map(({ path, batch }) => ({ path, reason: `another part of its batch ${batch} is missing` })),
]

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
  const layouts = distinctLayouts(parts.flatMap(part => part.layouts))
  const fields = [...new Set(layouts.flat())]
  const inAll = fields.filter(field => layouts.every(layout => layout.includes(field)))
  return {
    sources: [lake],
    ...sumOfLines(all),
    bytes: all.reduce((total, { bytes }) => total + bytes, 0),
    fields: inAll,
    partialFields: fields.filter(field => !inAll.includes(field)),
    damaged: all.flatMap(({ object, damage }) => (damage === undefined ? [] : [{ source: object, message: damage }])),
    unreadable: [],
    aside: [],
  }
}
