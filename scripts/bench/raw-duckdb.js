// What DuckDB alone needs for the same question: `read_csv` with typed columns written by hand. Arguments: all|two, folder.
import { DuckDBInstance } from '@duckdb/node-api'

const [question, folder] = process.argv.slice(2)
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
const select =
  question === 'two'
    ? 'count(*), sum(bytes)'
    : Object.keys(types)
        .map(name => `max("${name}")`)
        .join(', ')
const instance = await DuckDBInstance.create(':memory:')
const connection = await instance.connect()
const result = await connection.runAndReadAll(
  `SELECT ${select} FROM read_csv('${folder}/**/*.log.gz', auto_detect=false, header=true, delim=' ', quote='', escape='', nullstr='-', columns={${columns}})`,
)
console.log(result.getRowsJson()[0].join(' '))
