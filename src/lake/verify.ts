import { mkdir, readdir, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { checkPart, countQuarantined, NO_LINES, type InstanceOptions } from '../engine/index.js'
import { Batch, newBatchId, recover } from './batch.js'
import { asWriter } from './lock.js'
import type { LakeOptions } from './options.js'
import type { Part } from './part.js'
import { damagedOf, quarantineOf } from './places.js'
import { flawsOf, pinParts } from './read.js'
import { ifAbsent, standingOf, type Standing } from './standing.js'

/** Something that is wrong with a lake. */
export interface Flaw {
  /** A file of the lake, or an object of a source. */
  readonly where: string
  readonly reason: string
  /** The part that cannot be used because of it. */
  readonly part?: string
}

export interface VerifyReport {
  readonly parts: number
  readonly rows: number
  readonly objects: number
  readonly quarantined: number
  readonly flaws: readonly Flaw[]
  /** Parts that were set aside, and what they held is forgotten: ingest reads it again. */
  readonly setAside: readonly string[]
}

/** Reads every part, and adds up what is said of it: rows by object, and the lines of each object. */
export async function verify(lake: string, options: LakeOptions & { readonly repair?: boolean }): Promise<VerifyReport> {
  if (!options.repair) return check(lake, options)
  return asWriter(lake, 'weir lake verify --repair', async () => {
    await recover(lake)
    const report = await check(lake, options)
    const setAside: string[] = []
    // Without a part others of its batch may be of no use: until nothing is wrong any more.
    for (let flaws = report.flaws; ;) {
      const paths = [...new Set(flaws.flatMap(({ part }) => part ?? []))]
      if (paths.length === 0) break
      await mkdir(damagedOf(lake), { recursive: true })
      for (const path of paths) await rename(path, join(damagedOf(lake), basename(path)))
      setAside.push(...paths)
      flaws = missing(await standingOf(lake, options))
    }
    await forgetLost(lake, options)
    return { ...report, setAside }
  })
}

/** Leaves receipts of no version for objects that have lost rows: ingest reads them again, and replaces what is left of them. */
async function forgetLost(lake: string, options: LakeOptions): Promise<void> {
  const standing = await standingOf(lake, options)
  const lost = new Set(missingRows(standing).map(({ where }) => where))
  const receipts = [...standing.receipts.values()].filter(({ object, version }) => lost.has(object) && version !== LOST)
  if (receipts.length === 0) return
  const batch = new Batch(lake, newBatchId(standing.lastBatch))
  const nothing = { version: LOST, batch: batch.id, bytes: 0, ...NO_LINES, expired: 0 }
  const objects = receipts.map(({ object }) => ({ object, ...nothing }))
  await batch.commit([], { objects, replaces: [], expired: [], dropped: [], positions: [] })
}

/** The version of no object. */
const LOST = 'lost'

/** Looks at parts that stay as they are, whoever writes meanwhile. */
async function check(lake: string, options: LakeOptions): Promise<VerifyReport> {
  const { standing, parts, paths, release } = await pinParts(lake, options, () => true)
  try {
    const flaws: Flaw[] = [...missing(standing)]
    let rows = 0
    for (const [i, part] of parts.entries()) {
      options.signal?.throwIfAborted()
      flaws.push(...(await flawsIn(part, paths[i] ?? part.path, options)))
      rows += part.rows
      options.onProgress?.({ done: i + 1, total: parts.length })
    }
    const quarantined = await checkQuarantine(lake, standing, options, flaws)
    flaws.push(...missingRows(standing))
    return { parts: parts.length, rows, objects: standing.receipts.size, quarantined, flaws, setAside: [] }
  } finally {
    await release()
  }
}

/** Parts that cannot be read at all, and parts of batches that are not whole. */
const missing = (standing: Standing): readonly Flaw[] =>
  flawsOf(standing).map(({ path, reason }) => ({ where: path, reason, part: path }))

async function flawsIn(part: Part, path: string, options: LakeOptions): Promise<readonly Flaw[]> {
  const checked = await checkPart(path, options)
  if (checked.kind === 'damaged')
    return [{ where: part.path, reason: checked.reason.replaceAll(path, part.path), part: part.path }]
  const said = new Map(part.objects.map(({ object, rows }) => [object, rows]))
  const names = new Set([...said.keys(), ...checked.objects.keys()])
  return [...names].flatMap(object => {
    const [is, should] = [checked.objects.get(object) ?? 0, said.get(object) ?? 0]
    return is === should
      ? []
      : [{ where: part.path, reason: `it has ${is} rows of ${object}, and says ${should}`, part: part.path }]
  })
}

/** Whether the rows of each object stand, all of them: in parts, or dropped with their days. */
function missingRows({ parts, receipts, dropped }: Standing): readonly Flaw[] {
  const rows = new Map<string, number>()
  const add = (object: string, batch: string, more: number): void => {
    const key = JSON.stringify([object, batch])
    rows.set(key, (rows.get(key) ?? 0) + more)
  }
  for (const part of parts) for (const object of part.objects) add(object.object, object.batch, object.rows)
  for (const each of dropped) add(each.object, each.batch, each.rows)
  const flaws: Flaw[] = []
  for (const receipt of receipts.values()) {
    const { object, version, batch, records, nodata, skipdata, expired, lines, headers, quarantined } = receipt
    if (version === LOST) {
      flaws.push({ where: object, reason: 'rows of it were lost, and it was not read again since' })
      continue
    }
    const is = (rows.get(JSON.stringify([object, batch])) ?? 0) + expired
    const should = records + nodata + skipdata
    if (is !== should) flaws.push({ where: object, reason: `${is} of its ${should} rows stand in the lake` })
    if (lines !== should + headers + quarantined) flaws.push({ where: object, reason: 'its counts do not add up' })
  }
  for (const part of parts) {
    for (const { object, batch } of part.objects) {
      const latest = receipts.get(object)
      if (latest?.batch !== batch && latest?.version !== LOST)
        flaws.push({ where: part.path, reason: `it holds rows of an older version of ${object}`, part: part.path })
    }
  }
  return flaws
}

async function checkQuarantine(lake: string, { receipts }: Standing, options: InstanceOptions, flaws: Flaw[]): Promise<number> {
  const kept = new Map<string, number>()
  for (const name of await readdir(quarantineOf(lake)).catch(ifAbsent<string[]>([]))) {
    const path = join(quarantineOf(lake), name)
    try {
      for (const [object, lines] of await countQuarantined(path, options))
        kept.set(JSON.stringify([object, basename(name, '.parquet')]), lines)
    } catch (error) {
      flaws.push({ where: path, reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) })
    }
  }
  let quarantined = 0
  for (const { object, batch, quarantined: lines } of receipts.values()) {
    const is = kept.get(JSON.stringify([object, batch])) ?? 0
    quarantined += is
    if (is !== lines) flaws.push({ where: object, reason: `${is} of its ${lines} quarantined lines are kept` })
  }
  return quarantined
}
