// The same questions and the same rules on DuckDB and on a Trino of one node on this machine, over the same lake.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTrino } from '../trino/server.js'
import { measure, median } from './measure.js'

const DAY = ['--since', '2026-01-05', '--until', '2026-01-06']

/** What is asked; `{address}` is one of the busiest. */
const QUESTIONS = [
  ['count and sum', 'SELECT count(*) AS n, sum(bytes) AS bytes FROM records'],
  [
    'the ten who sent most',
    'SELECT srcaddr, sum(bytes) AS bytes FROM records GROUP BY srcaddr ORDER BY bytes DESC, srcaddr LIMIT 10',
  ],
  ['one address', `SELECT count(*) AS n, sum(bytes) AS bytes FROM records WHERE srcaddr = '{address}' OR dstaddr = '{address}'`],
  [
    'clients of each server',
    'SELECT server, server_port, count(DISTINCT client) AS clients FROM flows GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 10',
  ],
]

/** Measures the engines over what is in a folder of logs, with all questions or those of these names, and prints it. */
export async function benchEngines(logs, { weir, runs, names }) {
  const folder = mkdtempSync(join(tmpdir(), 'weir-engines-'))
  const files = join(folder, 'files')
  mkdirSync(files)
  const lake = join(files, 'lake')
  const run = args => measure(process.execPath, [...weir, ...args, '--quiet'])
  await run(['ingest', logs, '--lake', lake])
  const trino = await startTrino({ files, lasting: true })
  try {
    const config = join(folder, 'weir.yaml')
    writeFileSync(config, JSON.stringify({ trino: { url: trino.url, schema: 'bench', location: 'local:///lake' } }))
    const made = await run(['ddl', 'trino', '--lake', lake, '--config', config, '--apply'])
    console.log(`weir ddl trino --apply over the lake  ${made.seconds.toFixed(1)} s`)
    const engines = { DuckDB: ['--lake', lake], Trino: ['--engine', 'trino', '--config', config] }
    const top = await run([
      'query',
      'SELECT srcaddr FROM records GROUP BY 1 ORDER BY sum(bytes) DESC LIMIT 1',
      '--lake',
      lake,
      '--format',
      'json',
    ])
    const address = JSON.parse(top.output).results[0].rows[0].srcaddr
    for (const [name, sql] of QUESTIONS) await compare(name, ['query', sql.replaceAll('{address}', address)], answersOf)
    await compare('weir detect', ['detect'], findingsOf)

    /** Prints the times of both, whose answers must be the same. */
    async function compare(name, args, read) {
      if (names && !names.includes(name)) return
      const seen = Object.entries(engines).map(([engine, where]) => ({ engine, where, times: [], peak: 0, answer: undefined }))
      for (let i = 0; i <= runs; i++)
        for (const one of seen) {
          const { seconds, peak, output } = await run([
            ...args,
            ...one.where,
            ...DAY,
            '--format',
            'json',
            '--now',
            '2026-01-06T00:00:00Z',
          ])
          one.answer = read(JSON.parse(output))
          if (i > 0 || runs === 0) one.times.push(seconds)
          one.peak = Math.max(one.peak, peak)
        }
      const [here, there] = seen
      if (JSON.stringify(here.answer) !== JSON.stringify(there.answer)) throw new Error(`${name}: the engines differ`)
      for (const { engine, times, peak } of seen)
        console.log(
          `${name.padEnd(24)} ${engine.padEnd(7)} ${median(times).toFixed(1).padStart(7)} s  Weir's peak ${(peak / 1e9).toFixed(2)} GB`,
        )
    }
  } finally {
    await trino.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const answersOf = ({ results }) => results.map(({ rows }) => rows)
const findingsOf = ({ findings }) => findings.map(({ id, severity, records }) => [id, severity, records])
