// Reading: Weir beside DuckDB alone, whole processes, in one run on the same files.
import { measure, median } from './measure.js'

const fields =
  'version account_id interface_id srcaddr dstaddr srcport dstport protocol packets bytes start "end" action log_status'
const all = `SELECT ${fields
  .split(' ')
  .map(name => `max(${name})`)
  .join(', ')} FROM records`
const two = 'SELECT count(*), sum(bytes) FROM records'

/** Measures queries and a scan of the logs in a folder, and prints what they took. */
export async function benchReading(logs, { weir, runs }) {
  const commands = {
    'raw DuckDB, all columns': ['scripts/bench/raw-duckdb.js', 'all', logs],
    'weir query, all columns': [...weir, 'query', all, logs, '--format', 'csv', '--quiet'],
    'raw DuckDB, count and sum': ['scripts/bench/raw-duckdb.js', 'two', logs],
    'weir query, count and sum': [...weir, 'query', two, logs, '--format', 'csv', '--quiet'],
    'weir scan': [...weir, 'scan', logs, '--format', 'json', '--quiet'],
  }
  const taken = Object.fromEntries(Object.keys(commands).map(name => [name, []]))
  for (let run = 0; run <= runs; run++) {
    for (const [name, args] of Object.entries(commands)) {
      const result = await measure(process.execPath, args)
      if (run > 0 || runs === 0) taken[name].push(result)
      if (run === 0 && name === 'weir scan') checkCounts(JSON.parse(result.output).input)
    }
  }

  const seconds = name => median(taken[name].map(result => result.seconds))
  console.log('')
  for (const name of Object.keys(commands)) {
    const times = taken[name].map(result => result.seconds)
    const span = `${Math.min(...times).toFixed(2)} to ${Math.max(...times).toFixed(2)}`
    const peak = (Math.max(...taken[name].map(result => result.peak)) / 1e9).toFixed(2)
    console.log(`${name.padEnd(28)} ${seconds(name).toFixed(2).padStart(7)} s  (${span})  peak ${peak} GB`)
  }
  console.log('')
  const ratio = what => (seconds(`raw DuckDB, ${what}`) / seconds(`weir query, ${what}`)).toFixed(2)
  console.log(`weir query is ${ratio('all columns')} times as fast as raw DuckDB over all columns (wanted: 0.85)`)
  console.log(`weir query is ${ratio('count and sum')} times as fast as raw DuckDB over count and sum (wanted: 0.55)`)
}

function checkCounts({ lines, records, nodata, skipdata, headers, quarantined }) {
  const sum = records + nodata + skipdata + headers + quarantined
  console.log(
    `lines ${lines} = records ${records} + nodata ${nodata} + skipdata ${skipdata} + headers ${headers} + quarantined ${quarantined}`,
  )
  if (sum !== lines) throw new Error(`the counts add up to ${sum}`)
}
