import { writeFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { z } from 'zod'
import { loadRules, type Rule, type RuleTest } from '../../src/detect/index.js'
import { recordsOf, type TestRecord } from '../../src/detect/rule-tests/flow-table.js'
import { inEmptyFolder, weir } from './logs.js'

inEmptyFolder()

const FIELDS =
  'version account-id interface-id vpc-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status tcp-flags flow-direction'
const rules = loadRules()

/** The first test of a rule that expects something, in a log of all fields. */
function exampleOf({ id, tests }: Rule): RuleTest {
  const example = tests.find(({ expect, fields }) => expect.length > 0 && fields === undefined)
  if (!example) throw new Error(`no test of ${id} expects a finding`)
  return example
}

/** Each rule has a VPC of its own, and its own of the outside's addresses: `198.51.100.7` is 198.105.100.7 for the sixth rule. */
const placed = (record: TestRecord, place: number): TestRecord => ({
  ...record,
  srcaddr: addressAt(record['srcaddr'] ?? '', place),
  dstaddr: addressAt(record['dstaddr'] ?? '', place),
  'vpc-id': `vpc-${String(place).padStart(8, '0')}`,
  'interface-id': `${record['interface-id'] ?? ''}${String(place)}`,
})
const addressAt = (address: string, place: number): string => {
  const [a = '', , c = '', d = ''] = address.split('.')
  return a === '10' ? address : [a, 100 + place, c, d].join('.')
}

/** The same over IPv6, whose header is 20 bytes longer. */
const overIpv6 = (record: TestRecord): TestRecord => ({
  ...record,
  srcaddr: ipv6Of(record['srcaddr'] ?? ''),
  dstaddr: ipv6Of(record['dstaddr'] ?? ''),
  'vpc-id': `${record['vpc-id'] ?? ''}6`,
  'interface-id': `${record['interface-id'] ?? ''}6`,
  bytes: String(Number(record['bytes']) + 20 * Number(record['packets'])),
})
const ipv6Of = (address: string): string => {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number)
  const pair = (high: number, low: number) => (256 * high + low).toString(16)
  return `${a === 10 ? 'fd00:0' : '2001:db8'}:${pair(a, b)}:${pair(c, d)}::1`
}

/** What an example says of lists and weir.yaml, at its place. */
function settings(): string {
  const listed = rules.flatMap((rule, place) =>
    Object.entries(exampleOf(rule).lists).flatMap(([name, networks]) =>
      networks.map(network => ({ name, address: addressAt(network, place) })),
    ),
  )
  const lists = [...new Set(listed.map(({ name }) => name))].map(name => {
    const addresses = listed.filter(list => list.name === name).map(({ address }) => address)
    const both = addresses.flatMap(address => {
      const [first = '', bits = '32'] = address.split('/')
      return [address, `${ipv6Of(first)}/${String(32 + Number(bits))}`]
    })
    writeFileSync(`${name}.txt`, both.join('\n'))
    return { name, file: `${name}.txt` }
  })
  const [all, inside] = [
    ['0.0.0.0/0', '::/0'],
    ['10.0.0.0/8', 'fd00::/8'],
  ]
  const allow = [
    { name: 'all', from: all, to: all, ports: ['0-21', '23-5431', '5433-65535'] },
    { name: 'others', from: ['192.0.2.1'], to: inside, ports: [22] },
  ]
  return stringify({ lists, allow })
}

const part = z.object({
  rule: z.string(),
  records: z.int(),
  sources: z.array(z.string()),
  sources_total: z.int().optional(),
  targets: z.array(z.string()),
  targets_total: z.int().optional(),
  first_seen: z.iso.datetime(),
  last_seen: z.iso.datetime(),
  evidence: z.object({ sql: z.string() }),
})
type Part = z.output<typeof part>
const report = z.object({ findings: z.array(part.extend({ parts: z.array(part).default([]) })) })
const row = z.object({ srcaddr: z.string(), dstaddr: z.string(), start: z.int(), end: z.int() })
type Row = z.output<typeof row>
const answers = z.object({ results: z.array(z.object({ rows: z.array(row) })) })

/** A finding of the scan, and what its SQL gave through `weir query`. */
interface Proven {
  readonly finding: Part
  readonly rows: readonly Row[]
}
const proven: Proven[] = []

beforeAll(async () => {
  const records = rules.flatMap((rule, place) => recordsOf(exampleOf(rule).flows, rule.id).map(record => placed(record, place)))
  const names = FIELDS.split(' ')
  const lines = [...records, ...records.map(overIpv6)].map(record => names.map(name => record[name] ?? '-').join(' '))
  writeFileSync('flows.log', [FIELDS, ...lines, ''].join('\n'))
  writeFileSync('weir.yaml', settings())
  const scan = await weir(['scan', 'flows.log', '--format', 'json', '--quiet'])
  const { findings } = report.parse(JSON.parse(scan.stdout))
  const all = findings.flatMap(({ parts, ...finding }) => (parts.length > 0 ? parts : [finding]))
  writeFileSync('evidence.sql', all.map(({ evidence }) => `${evidence.sql};\n`).join('\n'))
  const query = await weir(['query', '-f', 'evidence.sql', 'flows.log', '--format', 'json', '--quiet'])
  const { results } = answers.parse(JSON.parse(query.stdout))
  proven.push(...all.map((finding, i) => ({ finding, rows: results[i]?.rows ?? [] })))
}, 180_000)

test.each(['.', ':'])('every rule has a finding of addresses with %s', sign => {
  const found = new Set(
    proven.filter(({ rows }) => rows.some(({ srcaddr }) => srcaddr.includes(sign))).map(({ finding }) => finding.rule),
  )
  expect(rules.map(({ id }) => id).filter(id => !found.has(id))).toEqual([])
})

test('the SQL of each finding gives as many records as it says', () => {
  expect(proven.map(({ finding, rows }) => [finding.rule, rows.length])).toEqual(
    proven.map(({ finding }) => [finding.rule, finding.records]),
  )
  expect(proven.filter(({ rows }) => rows.length === 0)).toEqual([])
})

test('each of these lies between the sources and the targets, in the time of the finding', () => {
  const astray = proven.flatMap(({ finding, rows }) =>
    rows.filter(row => !isWithin(row, finding)).map(row => ({ rule: finding.rule, ...row })),
  )
  expect(astray).toEqual([])
})

function isWithin({ srcaddr, dstaddr, start, end }: Row, finding: Part): boolean {
  const isSource = named(finding.sources, finding.sources_total)
  const isTarget = named(finding.targets, finding.targets_total)
  const isBetween = (isSource(srcaddr) && isTarget(dstaddr)) || (isSource(dstaddr) && isTarget(srcaddr))
  return isBetween && start >= Date.parse(finding.first_seen) / 1000 && end <= Date.parse(finding.last_seen) / 1000
}

/** A side of which not all are named may be anybody. */
const named = (addresses: readonly string[], total = addresses.length) =>
  addresses.length > 0 && addresses.length === total ? (address: string) => addresses.includes(address) : () => true
