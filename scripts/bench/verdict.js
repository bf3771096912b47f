// The verdict of all rules: over gzip and over a lake, beside DuckDB's own COPY of the same files to Parquet.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measure, median } from './measure.js'

const RAW = ['scripts/bench/raw-duckdb.js']

/** Measures scans of the logs in a folder and of a lake of them, and prints them. */
export async function benchVerdict(logs, { weir, runs }) {
  const folder = mkdtempSync(join(tmpdir(), 'weir-bench-'))
  const lake = join(folder, 'lake')
  const scan = source => measure(process.execPath, [...weir, 'scan', source, '--format', 'json', '--quiet'])
  try {
    await measure(process.execPath, [...weir, 'ingest', logs, '--lake', lake, '--quiet'])
    const taken = { copy: [], gzip: [], lake: [], again: [] }
    for (let run = 0; run <= runs; run++) {
      rmSync(join(lake, '_sessions'), { recursive: true, force: true })
      const results = {
        copy: await measure(process.execPath, [...RAW, 'copy', logs, join(folder, 'raw.parquet')]),
        gzip: await scan(logs),
        lake: await scan(lake),
        again: await scan(lake),
      }
      if (new Set(['gzip', 'lake', 'again'].map(name => findingsOf(results[name]))).size > 1)
        throw new Error('the findings are not the same')
      if (run > 0 || runs === 0) for (const [name, result] of Object.entries(results)) taken[name].push(result)
    }
    print(taken)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const findingsOf = ({ output }) => JSON.stringify(JSON.parse(output).findings.map(({ id, severity }) => [id, severity]))

const LINES = [
  ['copy', 'DuckDB alone, COPY to Parquet', undefined],
  ['gzip', 'weir scan, gzip', 2.5],
  ['lake', 'weir scan, a lake, first', undefined],
  ['again', 'weir scan, a lake, once more', 1.3],
]

function print(taken) {
  const copied = median(taken.copy.map(({ seconds }) => seconds))
  for (const [name, what, most] of LINES) {
    const times = taken[name].map(({ seconds }) => seconds)
    const parts = [
      `${median(times).toFixed(1).padStart(6)} s  (${Math.min(...times).toFixed(1)} to ${Math.max(...times).toFixed(1)})`,
      `peak ${(Math.max(...taken[name].map(({ peak }) => peak)) / 1e9).toFixed(2)} GB`,
      ...(name === 'copy'
        ? []
        : [`${(median(times) / copied).toFixed(2)} times COPY${most ? ` (wanted: at most ${most})` : ''}`]),
      ...(name === 'copy' ? [] : [shares(taken[name])]),
    ]
    console.log(`${what.padEnd(30)}${parts.join('  ')}`)
  }
}

/** What the report says of its times. */
function shares(results) {
  const stats = results.map(({ output }) => JSON.parse(output).stats)
  const times = Object.keys(stats[0].rule_ms).map(rule => [rule, median(stats.map(({ rule_ms }) => rule_ms[rule]))])
  const all = times.reduce((sum, [, time]) => sum + time, 0)
  const [rule, most] = times.sort(([, a], [, b]) => b - a)[0]
  const seconds = milliseconds => `${(milliseconds / 1000).toFixed(1)} s`
  return (
    `sessions ${seconds(median(stats.map(({ prepare_ms }) => prepare_ms)))}, rules ${seconds(all)}, ` +
    `proofs ${seconds(median(stats.map(({ proofs_ms }) => proofs_ms)))}; ${rule} takes ${(most / (all - most)).toFixed(2)} of the others together`
  )
}
