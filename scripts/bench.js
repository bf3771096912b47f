// `npm run bench`: Weir beside DuckDB alone, whole processes, in one run on the same files.
// npm run bench -- [--records N] [--files N] [--runs N] [--only reading|lake|verdict|listing|engines] [--question NAME]; the first run warms up and is
// counted only with --runs 0. A question is one of engines.js; several may be given.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchEngines } from './bench/engines.js'
import { benchLake } from './bench/lake.js'
import { measure } from './bench/measure.js'
import { benchReading } from './bench/reading.js'
import { benchVerdict } from './bench/verdict.js'

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '10000000' },
    files: { type: 'string', default: '40' },
    runs: { type: 'string', default: '3' },
    only: { type: 'string' },
    question: { type: 'string', multiple: true },
  },
})
const [records, files, runs] = [values.records, values.files, values.runs].map(Number)
const weir = ['bin/weir.js']
const folder = join('.cache', 'bench', `${records}-${files}`)
if (!existsSync(folder)) {
  console.log(`simulating ${records} records in ${files} files, once`)
  mkdirSync(join('.cache', 'bench'), { recursive: true })
  rmSync(`${folder}.new`, { recursive: true, force: true })
  const made = await measure(process.execPath, [
    ...weir,
    ...[
      'simulate',
      '--out',
      `${folder}.new`,
      '--records',
      String(records),
      '--files-per-day',
      String(files),
      '--log-version',
      '2',
      '--quiet',
    ],
  ])
  renameSync(`${folder}.new`, folder)
  console.log(`made in ${made.seconds.toFixed(1)} s`)
}
const written = readdirSync(folder, { recursive: true }).filter(name => String(name).endsWith('.log.gz'))
console.log(
  `${records} records in ${written.length} files; ${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, ` +
    `${(totalmem() / 2 ** 30).toFixed(0)} GiB; Node ${process.version}; ${runs} runs each, in turn; medians\n`,
)

const logs = join(folder, 'AWSLogs')
if ([undefined, 'reading'].includes(values.only)) await benchReading(logs, { weir, runs })
if ([undefined, 'lake'].includes(values.only)) await benchLake(logs, { weir, runs })
if ([undefined, 'verdict'].includes(values.only)) await benchVerdict(logs, { weir, runs })
if ([undefined, 'engines'].includes(values.only)) await benchEngines(logs, { weir, runs, names: values.question })
if ([undefined, 'listing'].includes(values.only)) {
  const { output } = await measure(process.execPath, ['scripts/bench/list-keys.js', '100000'])
  const { keys, seconds, pages, most, peak } = JSON.parse(output)
  console.log(
    `${keys} keys listed from the emulator in ${seconds.toFixed(0)} s, ${pages} pages, at most ${most} held at once, peak ${(peak / 1e9).toFixed(2)} GB`,
  )
}
