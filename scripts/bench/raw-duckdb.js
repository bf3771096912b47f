// What DuckDB alone needs for the same: `read_csv` with typed columns written by hand, and COPY. It prints its answer.
// Arguments: all|two FOLDER; copy FOLDER TO; sort LAKE TO; addresses LAKE; lookup LAKE ADDRESS.
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

const [question, folder, argument] = process.argv.slice(2)
const types = {
  version: 'INTEGER',
  account_id: 'VARCHAR',
  interface_id: 'VARCHAR',
  srcaddr: 'VARCHAR',
  dstaddr: 'VARCHAR',
  srcport: 'INTEGER',
  dstport: 'INTEGER',
  protocol: 'INTEGER',
  packets: 'BIGINT',
  bytes: 'BIGINT',
  start: 'BIGINT',
  end: 'BIGINT',
  action: 'VARCHAR',
  log_status: 'VARCHAR',
}
const columns = Object.entries(types)
  .map(([name, type]) => `'${name}': '${type}'`)
  .join(', ')
const lines = `read_csv('${folder}/**/*.log.gz', auto_detect=false, header=true, delim=' ', quote='', escape='', nullstr='-', columns={${columns}})`
const parts = `read_parquet('${folder}/records/**/*.parquet', union_by_name=true, hive_partitioning=true)`

const instance = await DuckDBInstance.create(':memory:')
const connection = await instance.connect()
const rowsOf = async sql => (await connection.runAndReadAll(sql)).getRowsJson()

const maxima = Object.keys(types)
  .map(name => `max("${name}")`)
  .join(', ')

/** An address that is seldom seen, and one that is seen now and then all day. */
async function addresses() {
  const seen = `SELECT address, count(*) AS records FROM (SELECT srcaddr AS address FROM ${parts} UNION ALL SELECT dstaddr FROM ${parts}) WHERE address IS NOT NULL GROUP BY address`
  const [seldom] = await rowsOf(`SELECT address, records FROM (${seen}) ORDER BY records, address LIMIT 1`)
  const [common] = await rowsOf(`SELECT address, records FROM (${seen}) ORDER BY abs(records - 40), address LIMIT 1`)
  return [seldom, common].map(([address, records]) => ({ about: `an address of ${records} records`, address }))
}

async function lookup(address) {
  const sql = `SELECT count(*), sum(bytes) FROM ${parts} WHERE srcaddr = '${address}' OR dstaddr = '${address}'`
  const since = performance.now()
  const [rows] = await rowsOf(sql)
  return { milliseconds: performance.now() - since, rows }
}

const questions = {
  all: async () => (await rowsOf(`SELECT ${maxima} FROM ${lines}`))[0].join(' '),
  two: async () => (await rowsOf(`SELECT count(*), sum(bytes) FROM ${lines}`))[0].join(' '),
  copy: async () => {
    await connection.run(`COPY (SELECT * FROM ${lines}) TO '${argument}' (FORMAT parquet, COMPRESSION zstd)`)
    return ''
  },
  sort: async () => {
    await connection.run(`SET temp_directory = '${dirname(argument)}'`)
    const days = await rowsOf(`SELECT DISTINCT date::VARCHAR FROM ${parts} ORDER BY 1`)
    mkdirSync(argument)
    for (const [day] of days) {
      const order = `ORDER BY start // 3600, src_key`
      await connection.run(
        `COPY (SELECT * FROM read_parquet('${folder}/records/*/*/date=${day}/*.parquet', hive_partitioning=false) ${order}) TO '${argument}/${day}.parquet' (FORMAT parquet, COMPRESSION zstd)`,
      )
    }
    return ''
  },
  addresses: async () => JSON.stringify(await addresses()),
  lookup: async () => JSON.stringify(await lookup(argument)),
}
console.log(await questions[question]())
