// The lake: ingest, compaction and a question about one address, beside DuckDB alone on the same files.
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measure, median } from './measure.js'

const RAW = ['scripts/bench/raw-duckdb.js']

/** Bytes of all files in a folder. */
const sizeOf = folder =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)

const gigabytes = bytes => (bytes / 1e9).toFixed(3)
const span = times => `${Math.min(...times).toFixed(2)} to ${Math.max(...times).toFixed(2)}`

/** Measures what becomes of the logs in a folder when they are taken into a lake, and prints it. */
export async function benchLake(logs, { weir, runs }) {
  const folder = mkdtempSync(join(tmpdir(), 'weir-bench-'))
  try {
    const [plain, compacted] = ['plain', 'compacted'].map(name => join(folder, name))
    await ingest(logs, plain, folder, { weir, runs })
    await compaction(plain, compacted, folder, weir)
    await lookups(plain, compacted, weir)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function ingest(logs, lake, folder, { weir, runs }) {
  const raw = join(folder, 'raw.parquet')
  const [copies, ingests] = [[], []]
  for (let run = 0; run <= runs; run++) {
    const copy = await measure(process.execPath, [...RAW, 'copy', logs, raw])
    rmSync(lake, { recursive: true, force: true })
    const taken = await measure(process.execPath, [...weir, 'ingest', logs, '--lake', lake, '--format', 'json', '--quiet'])
    const { lines, records, nodata, skipdata, headers, quarantined } = JSON.parse(taken.output)
    if (lines !== records + nodata + skipdata + headers + quarantined) throw new Error('the counts of ingest do not add up')
    if (run > 0 || runs === 0) {
      copies.push(copy)
      ingests.push(taken)
    }
  }
  const [copied, ingested] = [copies, ingests].map(results => results.map(({ seconds }) => seconds))
  const [rawBytes, bytes] = [statSync(raw).size, sizeOf(join(lake, 'records'))]
  console.log(
    `raw DuckDB, COPY to Parquet  ${median(copied).toFixed(2).padStart(7)} s  (${span(copied)})  ${gigabytes(rawBytes)} GB`,
  )
  console.log(
    `weir ingest                  ${median(ingested).toFixed(2).padStart(7)} s  (${span(ingested)})  ${gigabytes(bytes)} GB  ` +
      `peak ${(Math.max(...ingests.map(({ peak }) => peak)) / 1e9).toFixed(2)} GB`,
  )
  console.log(`weir ingest is ${(median(copied) / median(ingested)).toFixed(2)} times as fast as raw DuckDB (wanted: 0.85)`)
  console.log(`its parts are ${(bytes / rawBytes).toFixed(2)} times as large (wanted: at most 1.15)`)
}

async function compaction(plain, compacted, folder, weir) {
  const sorted = await measure(process.execPath, [...RAW, 'sort', plain, join(folder, 'sorted')])
  cpSync(plain, compacted, { recursive: true })
  const merged = await measure(process.execPath, [...weir, 'lake', 'compact', '--lake', compacted, '--quiet'])
  console.log(
    `raw DuckDB, COPY … ORDER BY  ${sorted.seconds.toFixed(2).padStart(7)} s  ${gigabytes(sizeOf(join(folder, 'sorted')))} GB`,
  )
  console.log(
    `weir lake compact            ${merged.seconds.toFixed(2).padStart(7)} s  ${gigabytes(sizeOf(join(compacted, 'records')))} GB  ` +
      `peak ${(merged.peak / 1e9).toFixed(2)} GB`,
  )
  console.log(`weir lake compact is ${(sorted.seconds / merged.seconds).toFixed(2)} times as fast (wanted: 0.5)`)
}

const LOOKUPS = 3

/** The statements alone: DuckDB over the parts as they were written, Weir over those that were merged and sorted. */
async function lookups(plain, compacted, weir) {
  const { output } = await measure(process.execPath, [...RAW, 'addresses', plain])
  for (const { about, address } of JSON.parse(output)) {
    const [raw, ours] = [[], []]
    const sql = `SELECT count(*), sum(bytes) FROM records WHERE srcaddr = '${address}' OR dstaddr = '${address}'`
    let answers = ['', '']
    for (let i = 0; i < LOOKUPS; i++) {
      const alone = JSON.parse((await measure(process.execPath, [...RAW, 'lookup', plain, address])).output)
      const asked = await measure(process.execPath, [...weir, 'query', sql, compacted, '--format', 'json', '--quiet'])
      const [{ elapsed_ms, rows }] = JSON.parse(asked.output).results
      answers = [alone.rows.join(' '), Object.values(rows[0]).join(' ')]
      raw.push(alone.milliseconds)
      ours.push(elapsed_ms)
    }
    if (answers[0] !== answers[1]) throw new Error(`${address}: ${answers.join(' and ')}`)
    console.log(
      `${about}: DuckDB ${median(raw).toFixed(0)} ms, weir query ${median(ours).toFixed(0)} ms, ` +
        `${(median(raw) / median(ours)).toFixed(1)} times as fast (wanted: 5)`,
    )
  }
}
