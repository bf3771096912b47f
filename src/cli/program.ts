import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { z } from 'zod'
import type { CliCommand } from './command.js'
import { usageFault } from './usage.js'

interface Entry {
  readonly name: string
  /** The command that it stands under, as `rules list`. */
  readonly group?: string
  readonly description: string
  /** Its file, and what that needs; only the command that is run is loaded. */
  readonly load: () => Promise<CliCommand>
}

const commands: readonly Entry[] = [
  {
    name: 'scan',
    description: 'Read the logs, run the rules, print what they find, worst first.',
    load: async () => (await import('./commands/scan.js')).scanCommand,
  },
  {
    name: 'query',
    description: 'Answer SQL in the dialect of Athena over the logs.',
    load: async () => (await import('./commands/query.js')).queryCommand,
  },
  {
    name: 'coverage',
    description: 'Read the logs and say what they can show and what they cannot.',
    load: async () => (await import('./commands/coverage.js')).coverageCommand,
  },
  {
    group: 'rules',
    name: 'list',
    description: 'List the rules.',
    load: async () => (await import('./commands/rules-list.js')).rulesListCommand,
  },
  {
    group: 'rules',
    name: 'show',
    description: 'Show a rule: what it looks for, its parameters, its SQL, what to do about a finding.',
    load: async () => (await import('./commands/rules-show.js')).rulesShowCommand,
  },
  {
    group: 'rules',
    name: 'test',
    description: 'Run the tests that stand in the rules; exit with 1 where one fails.',
    load: async () => (await import('./commands/rules-test.js')).rulesTestCommand,
  },
  {
    group: 'rules',
    name: 'backtest',
    description: 'Say what a rule would have raised a day over the lake or logs, and with other thresholds.',
    load: async () => (await import('./commands/rules-backtest.js')).rulesBacktestCommand,
  },
  {
    group: 'rules',
    name: 'new',
    description: 'Write a rule to begin with, that works as it stands.',
    load: async () => (await import('./commands/rules-new.js')).rulesNewCommand,
  },
  {
    name: 'ingest',
    description: 'Take logs into the lake, each object once: from files, S3, SQS and CloudWatch Logs.',
    load: async () => (await import('./commands/ingest.js')).ingestCommand,
  },
  {
    name: 'detect',
    description: 'Run the rules over the lake, print what they find, worst first.',
    load: async () => (await import('./commands/detect.js')).detectCommand,
  },
  {
    group: 'lake',
    name: 'status',
    description: 'Sizes, days and accounts of the lake.',
    load: async () => (await import('./commands/lake-status.js')).lakeStatusCommand,
  },
  {
    group: 'lake',
    name: 'verify',
    description: 'Read every part of the lake, and prove that the counts hold.',
    load: async () => (await import('./commands/lake-verify.js')).lakeVerifyCommand,
  },
  {
    group: 'lake',
    name: 'compact',
    description: 'Merge small parts, and sort them, so that questions about an address read little.',
    load: async () => (await import('./commands/lake-compact.js')).lakeCompactCommand,
  },
  {
    group: 'lake',
    name: 'expire',
    description: 'Drop the records of old days, and keep their hours.',
    load: async () => (await import('./commands/lake-expire.js')).lakeExpireCommand,
  },
  {
    group: 'lake',
    name: 'quarantine',
    description: 'List what could not be read, or read it again.',
    load: async () => (await import('./commands/lake-quarantine.js')).lakeQuarantineCommand,
  },
  {
    group: 'lake',
    name: 'enrich',
    description: 'Put a table beside the logs that says what their addresses are; without arguments, list those that are there.',
    load: async () => (await import('./commands/lake-enrich.js')).lakeEnrichCommand,
  },
  {
    name: 'ddl',
    description: 'Print, or make, the tables and views that Athena or Trino needs over the lake or over raw logs.',
    load: async () => (await import('./commands/ddl.js')).ddlCommand,
  },
  {
    name: 'simulate',
    description: 'Write the flow logs of a small VPC, with attacks in them and labels.ndjson beside them.',
    load: async () => (await import('./commands/simulate.js')).simulateCommand,
  },
  {
    name: 'demo',
    description: 'Simulate a day of a small VPC with attacks in it, scan it, and say what to type next.',
    load: async () => (await import('./commands/demo.js')).demoCommand,
  },
]

const groups: Readonly<Record<string, string>> = {
  rules: 'The rules: list them, show one, run their tests, try one on old logs, begin a new one.',
  lake: 'The lake: what stands in it, and beside it.',
}

/** What commander wants to print for help. */
export interface Help {
  answer: string
  error: string
}

/** Weir's command line: `run` gets the command that was named, with its options read. */
export async function programOf(
  args: readonly string[],
  help: Help,
  run: (command: Command, definition: CliCommand) => Promise<void>,
): Promise<Command> {
  const program = new Command('weir')
    .description('Reads AWS VPC flow logs and tells people what in them matters, with proof.')
    .version(version(), '--version', 'print the version')
    .helpCommand('help [command]', 'print help')
  for (const { group, name, description, load } of commands) {
    const above = group === undefined ? program : groupOf(program, group)
    const command = above.command(name).description(description)
    if (!args.includes(name) || (group !== undefined && !args.includes(group))) continue
    const definition = await load()
    definition.declare(command).action(() => run(command, definition))
  }
  settle(program, help)
  return program
}

/** The command that others stand under, made for the first of them. */
const groupOf = (program: Command, group: string): Command =>
  program.commands.find(each => each.name() === group) ?? program.command(group).description(groups[group] ?? '')

/** Makes every command throw instead of exit, and talk to `help` instead of the terminal. */
function settle(command: Command, help: Help): void {
  command
    .helpOption('-h, --help', 'print help')
    .configureOutput({
      writeOut: text => (help.answer += text),
      writeErr: text => (help.error += text),
    })
    .exitOverride(error => {
      throw error.code.startsWith('commander.help') || error.code === 'commander.version' ? error : usageFault(error, command)
    })
  for (const each of command.commands) settle(each, help)
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}
