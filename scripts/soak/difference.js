// Compares lakes as a stranger to Weir would: by their Parquet files and receipts alone.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { weir, weirJson } from './weir.js'

/** What one lake has and the other has not, in words; nothing where they hold the same records, receipts and quarantine. */
export async function differences(a, b) {
  const [told, other] = [await tellOf(a), await tellOf(b)]
  const unlike = Object.keys(told).filter(name => told[name] !== other[name])
  return [...(await unlikeRows(a, b)), ...unlike.map(name => `${name} of ${a} and ${b} are not the same`)]
}

async function unlikeRows(a, b) {
  return withDuckdb(async ask => {
    const columns = {}
    for (const lake of [a, b]) {
      const described = await ask(`DESCRIBE FROM ${rowsOf(lake)}`)
      columns[lake] = described.map(({ column_name: name }) => `"${name}"`).sort()
    }
    if (String(columns[a]) !== String(columns[b])) return [`${a} has the columns ${columns[a]}, ${b} has ${columns[b]}`]
    const unlike = []
    for (const [one, other] of [
      [a, b],
      [b, a],
    ]) {
      const select = lake => `SELECT ${columns[a]} FROM ${rowsOf(lake)}`
      const rows = await ask(`SELECT source_object, count(*) AS n FROM (${select(one)} EXCEPT ALL ${select(other)}) GROUP BY 1`)
      unlike.push(...rows.map(row => `${row.n} rows of ${row.source_object} stand in ${one} and not in ${other}`))
    }
    return unlike
  })
}

const rowsOf = lake => `read_parquet('${join(lake, 'records')}/**/*.parquet', union_by_name=true, hive_partitioning=true)`

/** What a lake tells of itself, in an order of its own. */
async function tellOf(lake) {
  const query = await weir(['query', 'SELECT * FROM records', lake, '--format', 'csv', '--quiet'])
  const status = await weirJson(['lake', 'status', '--lake', lake])
  const counts = ['objects', 'sourceBytes', 'lines', 'records', 'nodata', 'skipdata', 'headers', 'quarantined', 'rows']
  const kept = await weir(['lake', 'quarantine', '--lake', lake, '--format', 'csv', '--quiet'])
  if (query.code !== 0) throw new Error(query.stderr)
  return {
    'rows, as weir query tells them,': query.stdout.split('\r\n').sort().join('\n'),
    counts: JSON.stringify(Object.entries(status).filter(([name]) => counts.includes(name))),
    'quarantined lines': kept.stdout.split('\r\n').sort().join('\n'),
    receipts: JSON.stringify(await receiptsOf(lake)),
  }
}

/** The receipts in the metadata of parts and in files of receipts, without what differs from run to run. */
export async function receiptsOf(lake) {
  const texts = await withDuckdb(ask =>
    ask(
      `SELECT decode(value) AS text FROM parquet_kv_metadata('${join(lake, 'records')}/**/*.parquet') WHERE decode(key) = 'weir'`,
    ),
  )
  const folder = join(lake, '_receipts')
  const files = existsSync(folder) ? readdirSync(folder).map(name => readFileSync(join(folder, name), 'utf8')) : []
  const receipts = new Map()
  for (const text of [...texts.map(({ text }) => text), ...files])
    for (const { batch, rows, ...receipt } of JSON.parse(text).objects) receipts.set(receipt.object, receipt)
  return [...receipts.values()].sort((a, b) => (a.object < b.object ? -1 : 1))
}

async function withDuckdb(use) {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await instance.connect()
  try {
    return await use(async sql => (await connection.runAndReadAll(sql)).getRowObjectsJson())
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}
