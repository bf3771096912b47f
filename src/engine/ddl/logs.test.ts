import { expect, test } from 'vitest'
import { layoutOfFields } from '../../format/index.js'
import { logsStatements, type LogFormat } from './logs.js'

const V2 = 'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'

const place = {
  root: 's3://logs/AWSLogs/',
  accountKey: '',
  service: 'vpcflowlogs',
  regionKey: '',
  hive: false,
  hourly: false,
}

const formatOf = (content: LogFormat['content'], flowLogs: readonly string[] = ['fl-1']): LogFormat => ({
  place,
  content,
  flowLogs,
  accounts: ['111122223333'],
  regions: ['eu-west-1'],
  firstDay: '2026/01/05',
})

const text = (fields: string): LogFormat['content'] => ({ kind: 'text', layout: layoutOfFields(fields), header: 'version' })

const statementsOf = (...formats: readonly LogFormat[]) =>
  logsStatements({ target: { engine: 'athena', schema: 'weir' }, formats, own: [], now: new Date(0) })

const viewOf = (name: string, ...formats: readonly LogFormat[]) =>
  statementsOf(...formats).find(({ sql }) => sql.startsWith(`CREATE OR REPLACE VIEW "weir"."${name}" `))?.sql ?? ''

test.each<[string, LogFormat['content']]>([
  ['lines', text(`${V2} pkt-srcaddr pkt-dstaddr`)],
  ['Parquet', { kind: 'parquet' }],
])("keys of %s are those of the packet's own addresses, where a record has them", (_, content) => {
  const view = viewOf('stored_records', formatOf(content))
  expect(view).toContain(
    `CAST(TRY_CAST(COALESCE(NULLIF("pkt_srcaddr", '-'), NULLIF("srcaddr", '-')) AS ipaddress) AS varbinary) AS "src_key"`,
  )
  expect(view).toContain(`NULLIF("pkt_dstaddr", '-'), NULLIF("dstaddr", '-')`)
})

test('keys of lines that have one address, or none', () => {
  const view = viewOf('stored_records', formatOf(text('version srcaddr start end')))
  expect(view).toContain(`CAST(TRY_CAST("srcaddr" AS ipaddress) AS varbinary) AS "src_key"`)
  expect(view).toContain(`CAST(NULL AS varbinary) AS "dst_key"`)
})

test('times in milliseconds become seconds, by the bound that DuckDB has too', () => {
  const value = 'TRY_CAST("start" AS bigint)'
  expect(viewOf('stored_records', formatOf(text(V2)))).toContain(
    `CASE WHEN ${value} > 99999999999 THEN ${value} / 1000 ELSE ${value} END AS "start"`,
  )
})

test('a field by a name of the tutorial stays what it is, and is no column twice', () => {
  const view = viewOf('vpc_flow_logs', formatOf(text(`${V2} account numbytes dt`)))
  for (const name of ['account', 'numbytes', 'dt']) expect(view.split(`"${name}"`)).toHaveLength(2)
  expect(view).toContain('"interface_id" AS "interfaceid"')
})

const ids = (count: number, letter: string) =>
  Array.from({ length: count }, (_, i) => `fl-${letter}${String(i).padStart(16, '0')}`)

test('flow logs are named while they are few', () => {
  expect(viewOf('stored_records', formatOf(text(V2)))).toContain(`IN ('fl-1')`)
})

test('of very many flow logs, those of one format need no name', () => {
  expect(viewOf('stored_records', formatOf(text(V2), ids(11_500, 'a')))).not.toContain('regexp_extract')
})

test('of very many flow logs, the most are those that no other format has', () => {
  const view = viewOf('stored_records', formatOf(text(V2), ids(11_500, 'a')), formatOf(text(`${V2} vpc-id`), ['fl-b', 'fl-c']))
  const [first = '', second = ''] = view.split('UNION ALL')
  expect(first).toContain(`NOT IN ('fl-b', 'fl-c')`)
  expect(second).toContain(`, '') IN ('fl-b', 'fl-c')`)
})

test('a statement that is longer than Athena takes is refused before any is made', () => {
  const formats = [formatOf(text(V2), ids(11_500, 'a')), formatOf(text(`${V2} vpc-id`), ids(11_500, 'b'))]
  expect(() => statementsOf(...formats)).toThrow(/Athena takes 262144/)
})
