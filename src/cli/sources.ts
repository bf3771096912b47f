import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openTempDir, removeTempDir, type TimeWindow } from '../engine/index.js'
import { Fault } from '../fault/index.js'
import { isLake, openLake, type OpenLake } from '../lake/index.js'
import { openLogGroup, openS3, type FoundFile, type ObjectSource, type UnreadableSource } from '../source/index.js'
import type { AwsChoice } from './options/aws.js'
import type { ClockOptions } from './options/clock.js'
import { lakeResources } from './options/lake.js'
import type { ReadingOptions } from './options/reading.js'

const SCHEME = /^([a-z0-9]+):\/\//

/** `s3`, `cloudwatch`, `sqs`; undefined for what is on this machine. */
export const schemeOf = (source: string): string | undefined => SCHEME.exec(source)?.[1]

/** What a command that asks logs is given to read. */
export interface Brought {
  /** Files, folders, globs, standard input. */
  readonly local: readonly string[]
  /** Objects and events that were brought here. */
  readonly files: readonly FoundFile[]
  readonly unreadable: readonly UnreadableSource[]
  readonly stored: OpenLake | undefined
  release(): Promise<void>
}

export interface BringOptions {
  readonly reading: ReadingOptions
  readonly aws: AwsChoice
  readonly clock: ClockOptions
  readonly now: Date
  readonly window: Partial<TimeWindow>
}

/** Brings what sources name to where an engine can read it: AWS's objects into a folder that `release` removes. */
export async function bring(sources: readonly string[], options: BringOptions): Promise<Brought> {
  const local: string[] = []
  const lakes: OpenLake[] = []
  const files: FoundFile[] = []
  const unreadable: UnreadableSource[] = []
  let folder: string | undefined
  const release = async (): Promise<void> => {
    for (const lake of lakes) await lake.release()
    if (folder !== undefined) await removeTempDir(folder)
  }
  try {
    for (const source of sources) {
      const scheme = schemeOf(source)
      if (scheme !== undefined) {
        folder ??= await openTempDir(options.reading.tempDir)
        const place = join(folder, String(files.length))
        await mkdir(place)
        const brought = await fetched(source, scheme, place, options)
        files.push(...brought.files)
        unreadable.push(...brought.unreadable)
      } else if (await isLake(source)) {
        folder ??= await openTempDir(options.reading.tempDir)
        lakes.push(await openLake(source, options.window, lakeResources(options.reading, folder)))
      } else local.push(source)
    }
  } catch (error) {
    await release()
    throw error
  }
  return { local, files, unreadable, stored: together(lakes), release }
}

interface Fetched {
  readonly files: readonly FoundFile[]
  readonly unreadable: readonly UnreadableSource[]
}

async function fetched(source: string, scheme: string, folder: string, options: BringOptions): Promise<Fetched> {
  const { aws, accounts, regions, streams, lookBack } = options.aws
  const { since, until } = options.clock
  if (scheme === 's3') return fetchObjects(source, folder, { ...aws, since, until, lookBack, accounts, regions, vpcs: [] })
  if (scheme !== 'cloudwatch') throw schemeFault(source, scheme)
  const group = await openLogGroup(source, {
    ...aws,
    from: since && since.getTime() - lookBack,
    to: (until ?? options.now).getTime(),
    streams,
    fields: options.reading.fields,
    folder,
    seen: () => false,
  })
  const files: FoundFile[] = []
  try {
    for await (const { path, name, bytes } of group.stretches()) files.push({ path, source: name, bytes })
  } finally {
    group.close()
  }
  return { files, unreadable: group.unreadable }
}

const AT_ONCE = 16

async function fetchObjects(url: string, folder: string, options: Parameters<typeof openS3>[1]): Promise<Fetched> {
  const source = openS3(url, options)
  try {
    return await fetchAll(source, folder)
  } finally {
    source.close()
  }
}

/** Brings all objects of a source into a folder, each to a file of its own. */
export async function fetchAll(source: ObjectSource, folder: string): Promise<Fetched> {
  const files: FoundFile[] = []
  const missed: UnreadableSource[] = []
  let number = 0
  for await (const page of source.list()) {
    for (let at = 0; at < page.length; at += AT_ONCE) {
      const some = page.slice(at, at + AT_ONCE)
      const got = await Promise.all(some.map(object => source.fetch(object, join(folder, String(number++)))))
      for (const one of got) {
        if (one.kind === 'fetched') files.push({ path: one.path, source: one.object.name, bytes: one.object.bytes })
        else if (one.kind === 'failed') missed.push({ source: one.object.name, reason: one.reason })
        else missed.push({ source: one.object.name, reason: 'it was deleted after it had been listed' })
      }
    }
  }
  return { files, unreadable: [...source.unreadable, ...missed] }
}

/** Lakes as one. */
function together(lakes: readonly OpenLake[]): OpenLake | undefined {
  const [first, ...others] = lakes
  if (!first || others.length === 0) return first
  throw new Fault({
    code: 'source-lakes',
    kind: 'usage',
    message: 'more than one lake is named',
    expected: 'one lake, with files beside it where wanted',
  })
}

export function schemeFault(source: string, scheme: string): Fault {
  const isQueue = scheme === 'sqs'
  return new Fault({
    code: 'source-scheme',
    kind: 'usage',
    message: isQueue ? 'a queue is taken into a lake, it cannot be asked' : `there is no source ${scheme}://`,
    where: source,
    expected: 'a file, a folder, a glob, -, a lake, s3://bucket/prefix or cloudwatch://log-group',
    ...(isQueue ? { action: `weir ingest ${source}, then ask the lake` } : {}),
  })
}
