import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sumOfLines, type LineCounts } from '../engine/index.js'
import type { LakeOptions } from './options.js'
import { hoursOf, quarantineOf, receiptsOf } from './places.js'
import { ifAbsent, standingOf } from './standing.js'

/** What a lake holds of an account and region. */
export interface LakePlace {
  readonly account: string | undefined
  readonly region: string | undefined
  readonly first: string | undefined
  readonly last: string | undefined
  readonly days: number
  readonly parts: number
  readonly sorted: number
  readonly rows: number
  readonly bytes: number
}

export interface LakeStatus extends LineCounts {
  readonly lake: string
  readonly places: readonly LakePlace[]
  readonly objects: number
  /** Of the objects as they lay, compressed. */
  readonly sourceBytes: number
  readonly parts: number
  readonly rows: number
  readonly bytes: number
  readonly expiredDays: number
  readonly quarantineBytes: number
  readonly hoursBytes: number
  readonly receiptBytes: number
  /** Parts that cannot be used; `verify` says why. */
  readonly flawed: number
}

/** Sizes, days and accounts of a lake. */
export async function statusOf(lake: string, options: LakeOptions): Promise<LakeStatus> {
  const { parts, receipts, damaged, incomplete, expired } = await standingOf(lake, options)
  const places = new Map<string, LakePlace & { readonly dates: ReadonlySet<string> }>()
  for (const part of parts) {
    const { account, region, date } = part.partition
    const key = JSON.stringify([account, region])
    const before = places.get(key)
    const dates = new Set([...(before?.dates ?? []), ...(date === undefined ? [] : [date])])
    const sorted = [...dates].sort()
    places.set(key, {
      account,
      region,
      dates,
      first: sorted[0],
      last: sorted.at(-1),
      days: dates.size,
      parts: (before?.parts ?? 0) + 1,
      sorted: (before?.sorted ?? 0) + (part.sorted ? 1 : 0),
      rows: (before?.rows ?? 0) + part.rows,
      bytes: (before?.bytes ?? 0) + (await stat(part.path)).size,
    })
  }
  const listed = [...places.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { dates, ...place }]) => place)
  const of = [...receipts.values()]
  return {
    lake,
    places: listed,
    objects: receipts.size,
    sourceBytes: of.reduce((total, { bytes }) => total + bytes, 0),
    ...sumOfLines(of),
    parts: parts.length,
    rows: parts.reduce((total, { rows }) => total + rows, 0),
    bytes: listed.reduce((total, { bytes }) => total + bytes, 0),
    expiredDays: new Set(expired.map(({ date }) => date)).size,
    quarantineBytes: await sizeOf(quarantineOf(lake)),
    hoursBytes: await sizeOf(hoursOf(lake)),
    receiptBytes: await sizeOf(receiptsOf(lake)),
    flawed: damaged.length + incomplete.length,
  }
}

/** Bytes of all files in a folder. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(ifAbsent([]))
  const sizes = await Promise.all(entries.filter(entry => entry.isFile()).map(entry => stat(join(entry.parentPath, entry.name))))
  return sizes.reduce((total, { size }) => total + size, 0)
}
