import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Fault } from '../fault/index.js'
import { openLogGroup, regionOfGroup, type EventKey, type LogGroupOptions, type UnreadableSource } from '../source/index.js'
import { forgetPositions } from './batch.js'
import { IngestTally, type IngestReport } from './ingest.js'
import type { LakeOptions } from './options.js'
import type { Position } from './receipt.js'
import { Writer } from './writer.js'

export interface LogGroupIngest extends LakeOptions, Omit<LogGroupOptions, 'from' | 'to' | 'folder' | 'seen' | 'signal'> {
  /** Milliseconds; without it a first run reads all that there is, and later ones go on from the last. */
  readonly since: number | undefined
  readonly until: number
  /** Milliseconds before the end of the last run from which events are looked at again: some come late. */
  readonly lookBack: number
}

/**
 * Takes the events of a log group into a lake, each once: what was read before is not read again but for the time that is looked
 * back, and events met there again are known by their ids.
 */
export async function ingestLogGroup(lake: string, url: string, options: LogGroupIngest): Promise<IngestReport> {
  return Writer.open(lake, 'weir ingest', options, async writer => {
    const { endpointUrl, profile, roleArn, streams } = options
    const region = await regionOfGroup(url, options)
    const of = [url, endpointUrl, region, profile, roleArn]
    const group = JSON.stringify([...of, ...new Set(streams.toSorted())])
    refuseOverlap(url, of.length, group, writer.positions)
    const place = { region, account: ACCOUNT.exec(url)?.[1] }
    const before = positionOf(writer.positions.filter(position => position.group === group))
    const after = positionAfter(before, group, options)
    const tally = new IngestTally()
    const unreadable: UnreadableSource[] = []
    const seen = new Map(before?.seen ?? [])
    const folder = await mkdtemp(join(options.tempDir, 'events-'))
    try {
      let isWhole = true
      for (const span of spansOf(before, options)) {
        const log = await openLogGroup(url, {
          ...options,
          ...span,
          folder,
          seen: ({ id }) => seen.has(hashOf(id)),
        })
        try {
          for await (const { path, name, events, bytes } of log.stretches()) {
            const hashes = events.map(({ id, time }: EventKey): [string, number] => [hashOf(id), time])
            const position = { ...(before ?? { group, from: 0, to: 0, seenFrom: 0 }), seen: hashes }
            const object = { name, version: '1', bytes }
            tally.add(await writer.store([{ object, path, place }], options, { positions: [position] }))
            for (const [hash, time] of hashes) if (isMetAgain(time, after)) seen.set(hash, time)
            await rm(path, { force: true })
          }
        } finally {
          log.close()
        }
        unreadable.push(...log.unreadable)
        isWhole &&= log.unreadable.length === 0
      }
      if (isWhole) await settle(writer, { ...after, seen: [...seen].filter(([, time]) => isMetAgain(time, after)) })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
    return tally.report(unreadable)
  })
}

/**
 * What was read is noted for the streams that were asked for together. Events of streams that were asked for otherwise before would
 * not be known again.
 */
function refuseOverlap(url: string, parts: number, group: string, positions: readonly Position[]): void {
  const split = (name: string): { of: string; streams: readonly string[] } => {
    const all = z.array(z.string().nullable()).parse(JSON.parse(name))
    return { of: JSON.stringify(all.slice(0, parts)), streams: all.slice(parts).flatMap(stream => stream ?? []) }
  }
  const asked = split(group)
  const meets = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a)
  for (const position of positions) {
    const before = split(position.group)
    if (position.group === group || before.of !== asked.of) continue
    const isApart = [asked, before].every(({ streams }) => streams.length > 0)
    if (isApart && !asked.streams.some(a => before.streams.some(b => meets(a, b)))) continue
    throw new Fault({
      code: 'log-group-streams',
      kind: 'usage',
      message: 'events of these log streams were taken in under another choice of streams, and would be doubled',
      where: url,
      expected: before.streams.length > 0 ? `--stream ${before.streams.join(',')}, or streams beside these` : 'no --stream',
      action: 'ask for the streams as before, or take them into another lake with --lake',
    })
  }
}

/** Notes what was read; what was noted on the way is not needed any more. */
async function settle(writer: Writer, position: Position): Promise<void> {
  const batch = writer.newBatch()
  await writer.commit(batch, [], { objects: [], replaces: [], expired: [], dropped: [], positions: [position] })
  await forgetPositions(writer.lake, position.group, batch.id)
}

type Span = Omit<Position, 'seen'>

/** What will have been read when a run is done. */
function positionAfter(before: Span | undefined, group: string, { since, until, lookBack }: LogGroupIngest): Span {
  if (!isRead(before)) {
    const from = since ?? 0
    return { group, from, to: until, seenFrom: Math.max(from, until - lookBack) }
  }
  const to = Math.max(until, before.to)
  return { group, from: Math.min(since ?? before.from, before.from), to, seenFrom: Math.max(before.seenFrom, to - lookBack) }
}

/** Whether a later run may read an event of that time: it has to know it then. */
const isMetAgain = (time: number, { from, seenFrom }: Span): boolean => time < from || time >= seenFrom

const isRead = (position: Span | undefined): position is Span => position !== undefined && position.to > position.from

/** What is to be read: what lies before what was read, and what came since. */
function spansOf(
  before: Span | undefined,
  { since, until, lookBack }: LogGroupIngest,
): readonly { readonly from: number | undefined; readonly to: number }[] {
  if (!isRead(before)) return [{ from: since, to: until }]
  const earlier = since !== undefined && since < before.from ? [{ from: since, to: before.from }] : []
  const from = Math.max(before.seenFrom, before.to - lookBack)
  const later = until > from ? [{ from, to: until }] : []
  return [...earlier, ...later]
}

/** What several batches have noted of a group: the span of the latest, the events of all. */
function positionOf(positions: readonly Position[]): Position | undefined {
  const last = positions.at(-1)
  return last && { ...last, seen: positions.flatMap(({ seen }) => seen) }
}

const hashOf = (id: string): string => createHash('sha256').update(id).digest('base64url').slice(0, 16)

/** In a group's ARN. */
const ACCOUNT = /arn:aws[a-z-]*:logs:[a-z0-9-]+:(\d{12}):/
