import { expect, test } from 'vitest'
import { fieldNamed } from '../../format/index.js'
import { statementsOf } from '../sql/statements.js'
import { COLUMN_ALIASES, fieldOfColumn, hiddenDateSource, startColumn } from './columns.js'

test.each([
  ['account', 'account-id'],
  ['account_id', 'account-id'],
  ['interfaceid', 'interface-id'],
  ['sourceaddress', 'srcaddr'],
  ['destination_port', 'dstport'],
  ['numbytes', 'bytes'],
  ['startTime', 'start'],
  ['end', 'end'],
  ['logStatus', 'log-status'],
  ['pkt_srcaddr', 'pkt-srcaddr'],
  ['pktDstAwsService', 'pkt-dst-aws-service'],
])('%s means %s', (column, field) => {
  expect(fieldOfColumn(column)?.name).toBe(field)
})

test('a name that says nothing, and aliases that all name fields', () => {
  expect(fieldOfColumn('colour')).toBeUndefined()
  expect(Object.values(COLUMN_ALIASES).filter(name => fieldNamed(name) === undefined)).toEqual([])
})

test.each([
  ['(version int, starttime int) PARTITIONED BY (dt string)', 'starttime', 'starttime'],
  ['(version int, start bigint) PARTITIONED BY (`date` date)', 'start', undefined],
  ['(version int)', undefined, undefined],
])('the hidden date of %s', (columns, start, source) => {
  const [statement] = statementsOf(`CREATE EXTERNAL TABLE t ${columns} LOCATION 's3://logs/'`)
  if (statement?.kind !== 'create-table') throw new Error('no table')
  expect(startColumn(statement.table)).toBe(start)
  expect(hiddenDateSource(statement.table)).toBe(source)
})
