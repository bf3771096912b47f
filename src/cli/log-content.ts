import type { LogFormat } from '../engine/index.js'
import { Fault } from '../fault/index.js'
import { headerOf, tokenFits, tokensOf, type Layout } from '../format/index.js'
import { MOST_SAMPLES, type DeliveredLog, type Sample } from '../source/index.js'

export const textOf = (layout: Layout, header = layout[0]?.name ?? ''): LogFormat['content'] => ({
  kind: 'text',
  layout,
  header,
})

/** Throws a Fault of kind `usage` where files that AWS did not name are too many to look into each. */
export function requireFew({ flowLog, objects, samples, place }: DeliveredLog): void {
  if (flowLog !== '' || objects <= MOST_SAMPLES) return
  throw new Fault({
    code: 'ddl-names',
    kind: 'usage',
    message: `${objects} files have names of somebody else's, which do not tell their flow log: each may have a format of its own`,
    where: samples[0]?.name ?? place.root,
    expected: `names as AWS gives them, with the fl-… of the flow log, or ${MOST_SAMPLES} files at most`,
    action: 'give a prefix of fewer, or --account, --regions, --since; weir ingest reads all of them into a lake',
  })
}

/**
 * The format that all samples of a flow log have: what their headers say, else `fields`. Throws a Fault of kind `usage` where they
 * differ, or a table of text would not read what stands in them.
 */
export function contentOf(log: DeliveredLog, samples: readonly Sample[], fields: Layout | undefined): LogFormat['content'] {
  for (const sample of samples) if (sample.kind === 'unfit') throw unfit(sample.name, sample.reason)
  const [header, ...others] = samples.filter(sample => sample.kind === 'header')
  const names = header && headerOf(header.layout)
  for (const other of others)
    if (header && headerOf(other.layout) !== names) throw differ(header.name, other.name, 'headers differ')
  const layout = header?.layout ?? fields
  const whose = log.flowLog === '' ? (log.samples[0]?.name ?? log.place.root) : log.flowLog
  if (!layout) throw unseen(whose, reasonOf(samples))
  for (const sample of samples) {
    const trouble = sample.kind === 'lines' ? misfitIn(sample.lines, layout) : undefined
    if (trouble === undefined) continue
    throw header
      ? differ(header.name, sample.name, `the second has no header, and ${trouble}`)
      : wrongFields(sample.name, trouble)
  }
  // A flow log has one format; of files without its name, one that was not seen may have another.
  const unfetched = samples.find(sample => sample.kind === 'unfetched')
  const isSaid = fields !== undefined && headerOf(fields) === headerOf(layout)
  if (log.flowLog === '' && unfetched && !isSaid) throw unseen(unfetched.name, unfetched.reason)
  return textOf(layout, header?.first)
}

function reasonOf(samples: readonly Sample[]): string {
  if (samples.some(({ kind }) => kind === 'lines')) return 'its files have no header'
  return samples.find(sample => sample.kind === 'unfetched')?.reason ?? 'its files are empty'
}

/** What is wrong with lines of these fields. A strange value is no reason where most of its column are as they should be. */
function misfitIn(lines: readonly string[], layout: Layout): string | undefined {
  const rows = lines.map(tokensOf)
  const other = rows.find(({ length }) => length !== layout.length)
  if (other) return `a line has ${other.length} values for ${layout.length} fields: ${shortened(other.join(' '))}`
  for (const [i, field] of layout.entries()) {
    const values = rows.flatMap(tokens => tokens[i] ?? []).filter(token => token !== '-')
    const strange = values.filter(token => !tokenFits(token, field))
    if (strange[0] !== undefined && strange.length * 2 >= values.length) return `${shortened(strange[0])} is no ${field.name}`
  }
  return undefined
}

const shortened = (text: string): string => (text.length > 120 ? `${text.slice(0, 120)}…` : text)

const unseen = (log: string, reason: string): Fault =>
  new Fault({
    code: 'ddl-fields',
    kind: 'usage',
    message: `which fields ${log} has cannot be seen: ${reason}`,
    where: log,
    expected: 'files that begin with a header, as AWS writes them to S3',
    action: 'say it with --fields "version account-id …", in the order of the lines',
  })

const wrongFields = (file: string, trouble: string): Fault =>
  new Fault({
    code: 'ddl-fields',
    kind: 'usage',
    message: `--fields does not fit the lines: ${trouble}`,
    where: file,
    expected: 'the fields of these lines, all of them and in their order',
    action: 'correct --fields; or weir ingest reads files of several formats into a lake',
  })

const unfit = (file: string, reason: string): Fault =>
  new Fault({
    code: 'ddl-form',
    kind: 'usage',
    message: `no table of Athena or Trino would read this file right: ${reason}`,
    where: file,
    expected: "plain lines as AWS writes them to S3, in gzip where the name ends in .gz; not JSON, and not CloudWatch's export",
    action: 'weir ingest reads it into a lake, then weir ddl --lake DIR',
  })

const differ = (first: string, second: string, how: string): Fault =>
  new Fault({
    code: 'ddl-formats',
    kind: 'usage',
    message: `files that nothing in their names tells apart have several formats: ${how}`,
    where: `${first} and ${second}`,
    expected: 'one format, or names as AWS gives them, with the fl-… of the flow log',
    action: 'weir ingest reads both into a lake, then weir ddl --lake DIR',
  })
