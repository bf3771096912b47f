import { realpath } from 'node:fs/promises'
import type { LogFormat } from '../engine/index.js'
import { Fault } from '../fault/index.js'
import { headerOf, layoutOfFields, type Layout } from '../format/index.js'
import {
  deliveriesOf,
  openFolder,
  openS3,
  samplesOf,
  type DeliveredLog,
  type ObjectSource,
  type PassedOver,
} from '../source/index.js'
import type { Effects } from './effects.js'
import { contentOf, requireFew, textOf } from './log-content.js'
import type { AwsChoice } from './options/aws.js'

/** Raw logs, and what is known of them without looking. */
export interface RawLogs {
  /** `s3://…`, or a folder of this machine. */
  readonly source: string
  /** The same as the engine sees it. */
  readonly location: string
  /** Of `--fields`: the format of files that show no header. */
  readonly fields: string | undefined
  readonly since: Date | undefined
  readonly aws: AwsChoice
}

export interface FoundFormats {
  readonly formats: readonly LogFormat[]
  /** Files that no table reads. */
  readonly others: PassedOver
}

/** Finds out which formats AWS's logs have and where. Throws a Fault of kind `usage` where that cannot be seen and is not said. */
export async function logFormats(logs: RawLogs, effects: Effects, tempDir: string): Promise<FoundFormats> {
  const layout = logs.fields === undefined ? undefined : layoutOfFields(logs.fields)
  const source = await opened(logs, effects, tempDir)
  try {
    const local = logs.source.startsWith('s3://') ? logs.source : await realpath(logs.source).catch(() => logs.source)
    const from = local.replace(/\/*$/, '/')
    const to = logs.location.replace(/\/*$/, '/')
    const found = await deliveriesOf(source, ({ name }) => (name.startsWith(from) ? `${to}${name.slice(from.length)}` : name))
    const { others } = found
    if (found.logs.length === 0) return { formats: [assumed(logs, to, layout, source)], others }
    const [unread] = source.unreadable
    if (unread) throw unlisted(unread.source, unread.reason)
    const formats = await formatsOf(found.logs, source, tempDir, layout)
    const all = together(formats.map(format => ({ ...format, firstDay: latest(format.firstDay, logs.since) })))
    requireApart(all)
    return { formats: all, others }
  } finally {
    source.close()
  }
}

async function opened({ source, since, aws }: RawLogs, effects: Effects, tempDir: string): Promise<ObjectSource> {
  const { accounts, regions, lookBack } = aws
  if (source.startsWith('s3://')) return openS3(source, { ...aws.aws, since, lookBack, accounts, regions, vpcs: [] })
  return openFolder([source], { stdin: effects.stdin, tempDir }, [])
}

/** One after another: samples have one place. */
async function formatsOf(
  logs: readonly DeliveredLog[],
  source: ObjectSource,
  tempDir: string,
  fields: Layout | undefined,
): Promise<readonly LogFormat[]> {
  const formats: LogFormat[] = []
  for (const log of logs) {
    const { place, flowLog, accounts, regions, firstDay } = log
    if (log.kind === 'text') requireFew(log)
    const content =
      log.kind === 'parquet' ? ({ kind: 'parquet' } as const) : contentOf(log, await samplesOf(log, source, tempDir), fields)
    formats.push({ place, content, flowLogs: [flowLog], accounts, regions, firstDay })
  }
  return formats
}

const latest = (day: string, since: Date | undefined): string => {
  const from = since?.toISOString().slice(0, 10).replaceAll('-', '/') ?? ''
  return day > from ? day : from
}

/** Flow logs of one format in one place as one. */
function together(formats: readonly LogFormat[]): readonly LogFormat[] {
  const groups = new Map<string, LogFormat>()
  for (const format of formats) {
    const { place, content } = format
    const key = JSON.stringify([place, content.kind === 'text' ? headerOf(content.layout) : ''])
    const before = groups.get(key)
    groups.set(key, before ? joined(before, format) : format)
  }
  return [...groups.values()]
}

const joined = (a: LogFormat, b: LogFormat): LogFormat => ({
  ...a,
  flowLogs: [...new Set([...(a.flowLogs ?? []), ...(b.flowLogs ?? [])])].sort(),
  accounts: [...new Set([...a.accounts, ...b.accounts])].sort(),
  regions: [...new Set([...a.regions, ...b.regions])].sort(),
  firstDay: a.firstDay < b.firstDay ? a.firstDay : b.firstDay,
})

/** The one format that a person says there is, where nothing can be listed. */
function assumed(
  { since, aws, source: name }: RawLogs,
  root: string,
  layout: Layout | undefined,
  source: ObjectSource,
): LogFormat {
  const [unread] = source.unreadable
  const { accounts, regions } = aws
  if (!name.startsWith('s3://') && unread)
    throw new Fault({ code: 'source-unreadable', kind: 'source', message: unread.reason, where: name })
  if (!layout || accounts.length === 0 || regions.length === 0 || !since)
    throw unlisted(name, unread?.reason ?? 'there are no flow logs in the layout of AWS')
  const place = { root, accountKey: '', service: 'vpcflowlogs', regionKey: '', hive: false, hourly: false }
  return { place, content: textOf(layout), flowLogs: undefined, accounts, regions, firstDay: latest('', since) }
}

/** A table of text would take Parquet for lines, and one of Parquet ends at the first file that is none. */
function requireApart(formats: readonly LogFormat[]): void {
  for (const text of formats.filter(({ content }) => content.kind === 'text')) {
    const mixed = formats.find(
      other =>
        other.content.kind === 'parquet' &&
        other.place.root === text.place.root &&
        other.place.hive === text.place.hive &&
        other.accounts.some(account => text.accounts.includes(account)) &&
        other.regions.some(region => text.regions.includes(region)),
    )
    if (!mixed) continue
    throw new Fault({
      code: 'ddl-mixed',
      kind: 'usage',
      message: 'text and Parquet lie in the same folders: no table can read the one without the other',
      where: text.place.root,
      expected: 'a prefix for each kind of file',
      action: 'weir ingest reads both into a lake, then weir ddl --lake DIR',
    })
  }
}

const unlisted = (where: string, reason: string): Fault =>
  new Fault({
    code: 'ddl-fields',
    kind: 'usage',
    message: `which formats the logs have cannot be seen: ${reason}`,
    where,
    expected: 'logs as AWS lays them out: AWSLogs/<account>/vpcflowlogs/<region>/YYYY/MM/DD/',
    action: 'give a prefix that can be listed, or say all of it: --fields "…" --account ID --regions NAME --since DAY',
  })
