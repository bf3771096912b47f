import { expect, test } from 'vitest'
import { FIELDS, unknownField } from '../format/index.js'
import { vpcFlowLogs } from './duckdb/vpc-flow-logs.js'
import { tutorialColumns } from './tutorial-names.js'

test('names of the tutorial stand beside the columns of records, but for those that a field of the logs has', () => {
  const namesBeside = (...records: readonly string[]) =>
    tutorialColumns(records.map(name => ({ name, type: 'varchar' }))).map(({ name }) => name)
  expect(namesBeside('bytes')).toEqual(expect.arrayContaining(['account', 'numbytes', 'date', 'dt']))
  expect(namesBeside('bytes', 'numbytes', 'dt')).not.toEqual(expect.arrayContaining(['numbytes']))
  expect(namesBeside('bytes', 'numbytes', 'dt')).toContain('date')
})

test('so in DuckDB too: no column stands twice', () => {
  const { sql, columns, hidden } = vpcFlowLogs('rows', [...FIELDS, unknownField('account'), unknownField('date')])
  const names = [...columns, ...hidden].map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(sql).not.toMatch(/AS "(account|date)"/)
  expect(sql).toMatch(/ AS "?dt"?/)
})
