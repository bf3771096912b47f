import { z } from 'zod'
import type { Config } from '../../detect/index.js'
import {
  applyStatements,
  lakeStatements,
  logsStatements,
  openTempDir,
  removeTempDir,
  scriptOf,
  type DdlStatement,
  type DdlTarget,
} from '../../engine/index.js'
import { Fault } from '../../fault/index.js'
import { FIELDS } from '../../format/index.js'
import { enrichmentFolders, isLake, shapeOf } from '../../lake/index.js'
import type { CliCommand } from '../command.js'
import type { Effects } from '../effects.js'
import { done } from '../exit.js'
import { logFormats } from '../log-formats.js'
import { awsOptions, withAwsObjects } from '../options/aws.js'
import { choiceOf } from '../options/choice.js'
import { clockOptions, withNow } from '../options/clock.js'
import { detectionOptions, withDetection } from '../options/detection.js'
import { lakeOf, lakeResources, requireLake, withLake } from '../options/lake.js'
import { outputOptions, withOutput } from '../options/output.js'
import { configFor } from '../options/settings.js'
import { jsonOf } from '../output/json.js'
import { outputFor } from '../output/output.js'
import { countedOf } from '../output/text.js'
import { connectTo } from '../engines.js'
import type { PassedOver } from '../../source/index.js'
import type { Command } from 'commander'

const ENGINES = ['athena', 'trino'] as const

const shape = z.object({
  location: z.string().optional(),
  fields: z.string().optional(),
  apply: z.boolean().default(false),
})

/** `weir ddl athena|trino`: the tables and views that an engine asks for, printed or made. */
export const ddlCommand: CliCommand = {
  declare: command =>
    withOutput(withDetection(withNow(withAwsObjects(withLake(command)))), ['table', 'json'])
      .argument('<engine>', ENGINES.join(' or '))
      .argument('[source]', "raw logs in AWS's layout: s3://bucket/AWSLogs/ or a folder (default: the lake)")
      .option('--location <address>', 'the lake, or a folder of logs, as the engine sees it: s3://bucket/lake/')
      .option('--since <time>', 'raw logs: the day with which their tables begin: ISO 8601, or an age such as 90d')
      .option('--fields <names>', 'the fields of logs whose header cannot be seen: "version account-id interface-id …"')
      .option('--apply', 'make them, in place of printing them'),

  async run(command, effects) {
    const { format, ...choice } = outputOptions(command)
    const [word = '', source] = command.args
    const engine = choiceOf('ENGINE', ENGINES)(word)
    const config = configFor(detectionOptions(command))
    const target = targetOf(engine, config)
    const { apply } = shape.parse(command.opts())
    const output = outputFor(choice, effects)
    const statements = await statementsFor(command, effects, source, target, config)
    if (apply) {
      const aws = awsOptions(command, effects.interrupted)
      const connection = await connectTo(engine, { config, aws }, effects)
      try {
        await applyStatements(statements, connection, { signal: effects.interrupted })
      } finally {
        await connection.close()
      }
    }
    if (format === 'json') await output.write(`${jsonOf({ version: 1, statements }, 2)}\n`)
    else if (apply) await output.write(`${target.schema}: ${countedOf(statements.length, 'statement')} carried out\n`)
    else await output.write(scriptOf(statements))
    await output.close()
    return done
  },
}

async function statementsFor(
  command: Command,
  effects: Effects,
  source: string | undefined,
  target: DdlTarget,
  config: Config,
): Promise<readonly DdlStatement[]> {
  const { location, fields } = shape.parse(command.opts())
  const { now = effects.now(), since } = clockOptions(command, () => effects.now())
  const own = config.networks.own
  const { quiet } = outputOptions(command)
  const tempDir = await openTempDir(undefined)
  try {
    if (source !== undefined && !(await isLake(source))) {
      noneGiven(command, ['lake'], `${source} is no lake`)
      const place = locationFor(target, location ?? (source.startsWith('s3://') ? source : undefined))
      const aws = awsOptions(command, effects.interrupted)
      const { formats, others } = await logFormats({ source, location: place, fields, since, aws }, effects, tempDir)
      if (others.objects > 0 && !quiet) await effects.stderr.write(`note: ${passedOver(others)}\n`)
      return logsStatements({ target, formats, own, now })
    }
    noneGiven(command, ['fields', 'since', 'account', 'regions', 'lookBack'], 'a lake says itself what is in it')
    const place = locationFor(target, location ?? config[target.engine].location)
    const lake = await requireLake(source ?? lakeOf(command, effects.env))
    const { unknown, partitions, strays } = await shapeOf(lake, lakeResources({}, tempDir))
    const { relations, elsewhere } = await enrichmentFolders(lake)
    if (strays > 0 && !quiet) await effects.stderr.write(`note: ${readToo(strays)}\n`)
    if (elsewhere.length > 0 && !quiet) await effects.stderr.write(`${staysBeside(elsewhere)}\n`)
    return lakeStatements({
      target,
      location: place,
      fields: [...FIELDS, ...unknown],
      partitions,
      references: relations,
      own,
      now,
    })
  } finally {
    await removeTempDir(tempDir)
  }
}

const targetOf = (engine: (typeof ENGINES)[number], { trino, athena }: Config): DdlTarget =>
  engine === 'trino' ? { engine, catalog: trino.catalog, schema: trino.schema } : { engine, schema: athena.database }

function locationFor({ engine }: DdlTarget, location: string | undefined): string {
  if (location !== undefined && (engine === 'athena' ? /^s3:\/\/[^/]+/ : /^[a-z0-9]+:\/\//).test(location)) return location
  throw new Fault({
    code: 'ddl-location',
    kind: 'usage',
    message: location === undefined ? `where ${engine} sees the files is not said` : `${engine} cannot read ${location}`,
    expected: engine === 'athena' ? 's3://bucket/prefix/' : 's3://bucket/prefix/, or an address of a file system that Trino has',
    action: `--location ADDRESS, or ${engine}.location in weir.yaml for a lake`,
  })
}

/** Refuses options that would change nothing. */
function noneGiven(command: Command, names: readonly string[], why: string): void {
  const given = command.options.filter(
    option => names.includes(option.attributeName()) && command.getOptionValueSource(option.attributeName()) === 'cli',
  )
  if (given.length === 0) return
  const flags = given.map(({ long }) => long ?? '').join(', ')
  throw new Fault({
    code: 'option-source',
    kind: 'usage',
    message: `${why}: ${flags} would change nothing`,
    where: flags,
    action: 'leave it away',
  })
}

const passedOver = ({ objects, example }: PassedOver): string =>
  `${countedOf(objects, 'file')} passed over, of no name or place that AWS gives to flow logs, such as ${example}`

const readToo = (strays: number): string =>
  `${countedOf(strays, 'file')} under records/ replaced, incomplete or damaged, and a table reads what lies there: the next weir ingest takes away what is replaced, weir lake verify names the rest`

const staysBeside = (names: readonly string[]): string =>
  `${names.join(', ')}: put there by an earlier version, where no table reaches it; weir lake enrich NAME FILE puts it right`
