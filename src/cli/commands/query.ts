import {
  checkRemotely,
  checkScript,
  execute,
  executeRemotely,
  statementsOf,
  type DuckdbEngine,
  type InputReport,
  type SavedQuery,
  type Statement,
} from '../../engine/index.js'
import { Fault } from '../../fault/index.js'
import { enrichmentReferences, isLake } from '../../lake/index.js'
import type { CliCommand } from '../command.js'
import type { Effects } from '../effects.js'
import { done, type Outcome } from '../exit.js'
import { nothingRead, withLogs, type Asked, type Logs } from '../logs.js'
import { awsOptions, withAws } from '../options/aws.js'
import { clockOptions, withClock } from '../options/clock.js'
import { detectionOptions, withDetection } from '../options/detection.js'
import { engineChoice, noSources, withEngine } from '../options/engine.js'
import { outputOptions, withOutput, type Format } from '../options/output.js'
import { readingOptions, withReading } from '../options/reading.js'
import { lakeAmong, lakeBeside } from '../options/lake.js'
import { library, scriptOf, withScript } from '../options/script.js'
import { configFor } from '../options/settings.js'
import { answerPrinter } from '../output/answers.js'
import { begun } from '../output/begun.js'
import { quarantineAdvice } from '../output/coverage.js'
import { jsonOf } from '../output/json.js'
import { outputFor, type Output } from '../output/output.js'
import { resultOf, rowPrinters } from '../output/rows.js'
import { countedOf } from '../output/text.js'
import { dryRun } from '../output/dry-run.js'
import { noDryRun, withRemote, type Remote } from '../remote.js'

/** `weir query [SQL] [SOURCE…]`: answers Athena's SQL. */
export const queryCommand: CliCommand = {
  declare: command => withScript(withOutput(withAws(withDetection(withClock(withEngine(withReading(command))))))),

  async run(command, effects) {
    const { format, ...choice } = outputOptions(command)
    const reading = readingOptions(command)
    const config = configFor(detectionOptions(command))
    const { own } = config.networks
    const clock = clockOptions(command, () => effects.now())
    const script = await scriptOf(command, effects)
    const output = outputFor(choice, effects)
    if (script === 'list') return printLibrary(format, output)
    const statements = statementsIn(script.sql)
    const asked = engineChoice(command)
    noDryRun(asked)
    const lake = await lakeBeside(command, effects.env, script.sources)
    const aws = awsOptions(command, effects.interrupted)
    if (asked.engine !== 'duckdb') {
      noSources(asked.engine, script.sources, reading)
      const options = { choice: asked, config, aws, clock, lake, quiet: choice.quiet }
      return withRemote(options, effects, async remote => {
        if (!asked.dryRun) return askRemotely(remote, statements, format, output, effects)
        checkRemotely(remote.engine, statements)
        const readings = statements.flatMap(one => (one.kind === 'query' ? [remote.engine.readingOf(one.sql)] : []))
        return dryRun(readings, remote, { ...choice, format }, effects)
      })
    }
    const references = await enrichmentReferences(lake)
    const sources = script.sources.length === 0 && (await isLake(lake)) ? [lake] : script.sources
    const options = { sources, aws, reading, own, clock, lake, references, quiet: choice.quiet }
    return withLogs(options, effects, async logs => {
      checkScript(logs.engine, statements)
      const nothing = await answer(logs, { sources, statements }, format, output, effects)
      if (nothing) return nothing
      await output.close()
      const inputs = await inputsOf(logs.engine, sources)
      if (!choice.quiet) await note(inputs, { lake, asked: await lakeAmong(sources) }, effects)
      return { inputs, found: false }
    })
  },
}

function statementsIn(sql: string): Statement[] {
  const statements = statementsOf(sql)
  if (statements.length > 0) return statements
  throw new Fault({
    code: 'query-empty',
    kind: 'usage',
    message: 'there is no statement in the SQL',
    expected: 'a statement such as SELECT',
  })
}

interface Questions {
  readonly statements: readonly Statement[]
  readonly sources: readonly string[]
}

/** Answers the statements, or tells that there was nothing to answer them from. */
async function answer(
  logs: Logs,
  { statements, sources }: Questions,
  format: Format,
  output: Output,
  effects: Effects,
): Promise<Asked | undefined> {
  const printer = answerPrinter(format, output, statements.length, () => effects.now())
  for (const [i, statement] of statements.entries()) {
    const since = effects.now()
    const { result, isWhole } = await begun(await execute(logs.engine, statement, { signal: effects.interrupted }))
    logs.progress.end()
    const nothing = statement.kind === 'query' && isWhole ? await nothingReadOf(logs.engine, sources) : undefined
    if (nothing) {
      if (i > 0) await printer.end()
      return nothing
    }
    const scannedBytes = async (): Promise<number> =>
      statement.kind === 'query' && isWhole ? sumOf(await inputsOf(logs.engine, sources), input => input.bytes) : 0
    await printer.print({ statement: statement.text, result, since, scannedBytes })
  }
  await printer.end()
  return undefined
}

/** Answers the statements where the data is. */
async function askRemotely(
  { engine, progress }: Remote,
  statements: readonly Statement[],
  format: Format,
  output: Output,
  effects: Effects,
): Promise<Asked> {
  checkRemotely(engine, statements)
  const printer = answerPrinter(format, output, statements.length, () => effects.now())
  for (const statement of statements) {
    const since = effects.now()
    const before = engine.scannedBytes
    const { result } = await begun(await executeRemotely(engine, statement, { signal: effects.interrupted }))
    progress.end()
    const scannedBytes = (): Promise<number> => Promise.resolve(engine.scannedBytes - before)
    await printer.print({ statement: statement.text, result, since, scannedBytes })
  }
  await printer.end()
  await output.close()
  return { inputs: [], found: false }
}

/** A table that a person made reads its files in its own way, and is an answer whatever Weir makes of them. */
async function nothingReadOf(engine: DuckdbEngine, sources: readonly string[]): Promise<Asked | undefined> {
  if (sources.length === 0 || engine.tableInputs().size > 0) return undefined
  return nothingRead(engine, await engine.input())
}

/** What was read of the sources that were named, and of the tables that were asked. */
async function inputsOf(engine: DuckdbEngine, sources: readonly string[]): Promise<InputReport[]> {
  return [...(sources.length > 0 ? [await engine.input()] : []), ...engine.tableInputs().values()]
}

/** Says on stderr what the rows do not show. */
async function note(
  inputs: readonly InputReport[],
  { lake, asked }: { lake: string; asked: string | undefined },
  effects: Effects,
): Promise<void> {
  const quarantined = sumOf(inputs, input => input.quarantined)
  if (quarantined > 0) {
    await effects.stderr.write(
      `note: ${countedOf(quarantined, 'line')} not understood and left out; ${quarantineAdvice(asked)}\n`,
    )
  }
  for (const { source, message } of inputs.flatMap(input => input.damaged)) {
    await effects.stderr.write(`note: ${source} is damaged, and was read as far as it could be: ${message}\n`)
  }
  if (inputs.length === 0)
    await effects.stderr.write(
      `note: no SOURCE was given and ${lake} is no lake, so records and flows are empty: name files or folders after the SQL\n`,
    )
}

const sumOf = (inputs: readonly InputReport[], count: (input: InputReport) => number): number =>
  inputs.reduce((sum, input) => sum + count(input), 0)

async function printLibrary(format: Format, output: Output): Promise<Outcome> {
  const queries = library()
  if (format === 'json') await output.write(`${jsonOf({ queries }, 2)}\n`)
  else if (format === 'table') await printTitles(queries, output)
  else {
    const columns = { name: 'varchar', title: 'varchar', description: 'varchar' }
    const rows = queries.map(({ name, title, description }) => [name, title, description])
    await rowPrinters[format](resultOf(columns, rows), output)
  }
  await output.close()
  return done
}

/** Names are typed, and stand whole: descriptions are left to the other formats. */
async function printTitles(queries: readonly SavedQuery[], output: Output): Promise<void> {
  const rows = queries.map(({ name, title }) => [name, title])
  await rowPrinters.table(resultOf({ name: 'varchar', title: 'varchar' }, rows), output)
  await output.write(output.style.faint('\nweir query --saved NAME SOURCE asks one; --format json has descriptions and SQL\n'))
}
