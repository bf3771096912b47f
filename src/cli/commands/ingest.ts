import { z } from 'zod'
import { Fault } from '../../fault/index.js'
import { ingest, ingestLogGroup, ownFolders, type IngestReport, type LakeOptions } from '../../lake/index.js'
import { openFolder, openS3, openSqs, type ObjectSource } from '../../source/index.js'
import type { CliCommand } from '../command.js'
import type { Effects } from '../effects.js'
import { done } from '../exit.js'
import { awsOptions, withAws, type AwsChoice } from '../options/aws.js'
import { clockOptions, withClock, type ClockOptions } from '../options/clock.js'
import { lakeAmong, lakeOf, withLake, withLakeWork, withResources } from '../options/lake.js'
import { outputOptions, withOutput } from '../options/output.js'
import { printIngest, sumOfReports } from '../output/ingest.js'
import { faultsOfIngest } from '../output/ingest-faults.js'
import { outputFor } from '../output/output.js'
import { schemeFault, schemeOf } from '../sources.js'

const shape = z.object({ fields: z.string().optional(), strict: z.boolean().default(false), all: z.boolean().default(false) })

/** `weir ingest SOURCE…`: takes logs into a lake, each version of each object once. */
export const ingestCommand: CliCommand = {
  declare: command =>
    withOutput(withAws(withClock(withResources(withLake(command)))))
      .argument('<source...>', 'files, folders, globs, -, s3://bucket/prefix, sqs://queue or cloudwatch://log-group')
      .option('--fields <names>', 'the fields of logs without a header: "version account-id interface-id …"')
      .option('--strict', 'exit with 3 where lines were quarantined or an object is damaged')
      .option('--all', 'list every object'),

  async run(command, effects) {
    const { format, ...choice } = outputOptions(command)
    const { fields, strict, all } = shape.parse(command.opts())
    const lake = lakeOf(command, effects.env)
    const clock = clockOptions(command, () => effects.now())
    const aws = awsOptions(command, effects.interrupted)
    const output = outputFor(choice, effects)
    const groups = groupsOf(command.args)
    const other = await lakeAmong(command.args)
    if (other !== undefined) throw lakeFault(other)
    const reports: IngestReport[] = []
    await withLakeWork(command, effects, { name: 'ingest', quiet: choice.quiet, unit: 'bytes' }, async options => {
      for (const group of groups) reports.push(await ingestFrom(group, { lake, fields, clock, aws, options, effects }))
    })
    const report = sumOfReports(reports)
    const faults = faultsOfIngest(report)
    const isNothing = report.known === 0 && report.objects.every(({ kind }) => kind === 'failed')
    if (faults.length === 0 || !isNothing) await printIngest({ report, lake, all }, format, output)
    await output.close()
    return { ...done, faults, flawed: strict && isFlawed(report) }
  },
}

/** Sources that are listed together: all of this machine's, and each of AWS's. */
interface SourceGroup {
  readonly scheme: string | undefined
  readonly sources: readonly string[]
}

const SCHEMES = ['s3', 'sqs', 'cloudwatch']

function groupsOf(sources: readonly string[]): readonly SourceGroup[] {
  const local = sources.filter(source => schemeOf(source) === undefined)
  const remote = sources.flatMap(source => {
    const scheme = schemeOf(source)
    if (scheme === undefined) return []
    if (!SCHEMES.includes(scheme)) throw schemeFault(source, scheme)
    return [{ scheme, sources: [source] }]
  })
  return [...(local.length === 0 ? [] : [{ scheme: undefined, sources: local }]), ...remote]
}

interface IngestChoice {
  readonly lake: string
  readonly fields: string | undefined
  readonly clock: ClockOptions
  readonly aws: AwsChoice
  readonly options: LakeOptions
  readonly effects: Effects
}

async function ingestFrom({ scheme, sources }: SourceGroup, choice: IngestChoice): Promise<IngestReport> {
  const { lake, fields, clock, aws, options, effects } = choice
  const [first = ''] = sources
  if (scheme === 'cloudwatch') {
    const until = (clock.until ?? clock.now ?? effects.now()).getTime()
    const { streams, lookBack } = aws
    const { signal, ...reach } = aws.aws
    return ingestLogGroup(lake, first, { ...options, ...reach, fields, streams, lookBack, since: clock.since?.getTime(), until })
  }
  const source = await openSource(scheme, sources, choice)
  try {
    return await ingest(lake, source, { ...options, fields })
  } finally {
    source.close()
  }
}

async function openSource(scheme: string | undefined, sources: readonly string[], choice: IngestChoice): Promise<ObjectSource> {
  const { lake, clock, aws, options, effects } = choice
  const { accounts, regions, lookBack } = aws
  const [first = ''] = sources
  if (scheme === 'sqs') return openSqs(first, aws.aws)
  if (scheme === 's3') {
    const { since, until } = clock
    return openS3(first, { ...aws.aws, since, until, lookBack, accounts, regions, vpcs: [] })
  }
  return openFolder(sources, { stdin: effects.stdin, tempDir: options.tempDir }, ownFolders(lake))
}

const lakeFault = (lake: string): Fault =>
  new Fault({
    code: 'source-lake',
    kind: 'usage',
    message: 'a lake is not taken into another',
    where: lake,
    expected: 'logs as AWS wrote them',
    action: `ask it as it is: weir query SQL ${lake}, or weir detect --lake ${lake}`,
  })

const isFlawed = ({ quarantined, objects }: IngestReport): boolean =>
  quarantined > 0 || objects.some(object => object.kind === 'stored' && object.receipt.damage !== undefined)
