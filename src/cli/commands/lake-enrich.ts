import { z } from 'zod'
import type { Result } from '../../engine/index.js'
import { Fault } from '../../fault/index.js'
import { enrich, enrichmentNames, enrichments, removeEnrichment, type Enriched, type StoredEnrichment } from '../../lake/index.js'
import type { CliCommand } from '../command.js'
import { done } from '../exit.js'
import { lakeOf, withLake } from '../options/lake.js'
import { outputOptions, withOutput, type Format } from '../options/output.js'
import { jsonOf } from '../output/json.js'
import { outputFor, type Output } from '../output/output.js'
import { resultOf, rowPrinters } from '../output/rows.js'
import { countedOf } from '../output/text.js'

const shape = z.object({ add: z.boolean().default(false), remove: z.boolean().default(false) })

/** `weir lake enrich [NAME] [FILE]`: puts a table beside the logs, takes one away, or lists them. */
export const lakeEnrichCommand: CliCommand = {
  declare: command =>
    withOutput(withLake(command))
      .argument('[name]', enrichmentNames.join(', '))
      .argument('[file]', 'what the AWS CLI prints, ip-ranges.json, a list of networks, or an MMDB file; - for standard input')
      .option('--add', 'add to the table, as for a second account, in place of replacing it')
      .option('--remove', 'take the table away'),

  async run(command, effects) {
    const { format, ...choice } = outputOptions(command)
    const lake = lakeOf(command, effects.env)
    const { add, remove } = shape.parse(command.opts())
    const [name, file] = command.args
    const output = outputFor(choice, effects)
    if (remove || add || name !== undefined) {
      const asked = name === undefined || (file === undefined) !== remove || (add && remove)
      if (asked) throw wrong(remove ? 'a NAME, and no FILE' : 'a NAME and a FILE')
    }
    if (name === undefined) await printStored(await enrichments(lake), format, output)
    else if (file === undefined) await printRemoved(name, await removeEnrichment(lake, name), format, output)
    else await printEnriched(await enrich(lake, name, file, { add, stdin: effects.stdin }), format, output)
    await output.close()
    return done
  },
}

async function printEnriched(enriched: Enriched, format: Format, output: Output): Promise<void> {
  const { name, kind, rows } = enriched
  if (format === 'json') return output.write(`${jsonOf(enriched, 2)}\n`)
  if (format === 'table') return output.write(`${name}: ${rows === null ? 'kept as it is' : countedOf(rows, 'row')}\n`)
  await rowPrinters[format](resultOf({ name: 'varchar', kind: 'varchar', rows: 'bigint' }, [[name, kind, rows]]), output)
}

async function printRemoved(name: string, removed: boolean, format: Format, output: Output): Promise<void> {
  if (format === 'json') return output.write(`${jsonOf({ name, removed }, 2)}\n`)
  if (format === 'table') return output.write(`${name}: ${removed ? 'taken away' : 'was not there'}\n`)
  await rowPrinters[format](resultOf({ name: 'varchar', removed: 'boolean' }, [[name, removed]]), output)
}

async function printStored(stored: readonly StoredEnrichment[], format: Format, output: Output): Promise<void> {
  if (format === 'json') return output.write(`${jsonOf({ enrichments: stored.map(storedJson) }, 2)}\n`)
  if (format !== 'table') {
    await rowPrinters[format](storedRows(stored), output)
    return
  }
  if (stored.length > 0) await rowPrinters.table(storedRows(stored), output)
  const absent = enrichmentNames.filter(name => !stored.some(each => each.name === name))
  if (absent.length > 0) await output.write(output.style.faint(`not there: ${absent.join(', ')}; weir lake enrich NAME FILE\n`))
}

const storedJson = ({ name, kind, rows, date, file }: StoredEnrichment) => ({ name, kind, rows, date: date.toISOString(), file })

const storedRows = (stored: readonly StoredEnrichment[]): Result =>
  resultOf(
    { name: 'varchar', kind: 'varchar', rows: 'bigint', date: 'varchar' },
    stored.map(({ name, kind, rows, date }) => [name, kind, rows, date.toISOString()]),
  )

const wrong = (expected: string): Fault =>
  new Fault({
    code: 'enrichment-usage',
    kind: 'usage',
    message: 'the arguments do not say what to do',
    where: 'weir lake enrich',
    expected,
    action: 'weir lake enrich --help',
  })
