import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openDuckdb, rowsOf } from '../engine/index.js'
import { candidateOf } from './candidate.js'
import { evidenceBetween, hostsOf } from './evidence.js'
import { countingStatement } from './finding.js'
import { bindLiterals, type Bound } from './literals.js'

const folder = mkdtempSync(join(tmpdir(), 'weir-evidence-'))
afterAll(() => rmSync(folder, { recursive: true }))

const V3 =
  'account-id interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr srcport dstport protocol packets bytes start end action log-status'
const line = (from: string, to: string, packet: string, ports: string): string =>
  `111122223333 eni-1 ${from} ${to} ${packet} ${ports} 6 1 60 1767600000 1767600060 ACCEPT OK`

const candidate = (over: Record<string, unknown>) =>
  candidateOf(
    {
      ...{
        entity: '203.0.113.7',
        network: '',
        sources: ['203.0.113.7'],
        targets: ['10.0.0.1', '10.0.0.2'],
        ports: [22],
        protocol: 6,
      },
      ...{ first_seen: 1767600000, last_seen: 1767600060, severity: 'medium', confidence: 0.5, ...over },
    },
    'rule',
  )

test('what is said of the hosts of evidence holds for all of it, and for less than all records', async () => {
  const path = join(folder, 'some.log')
  const lines = [
    line('203.0.113.7', '10.0.0.1', '- -', '40000 22'),
    line('10.0.0.1', '203.0.113.7', '- -', '22 40000'),
    line('10.0.0.9', '10.0.0.2', '203.0.113.7 10.0.0.2', '40001 22'),
    line('203.0.113.7', '10.0.0.9', '- -', '40002 22'),
    line('203.0.113.8', '10.0.0.1', '- -', '40003 22'),
    line('203.0.113.7', '10.0.0.1', '- -', '40004 80'),
  ]
  writeFileSync(path, [V3, ...lines].map(text => `${text}\n`).join(''))
  const engine = await openDuckdb({ sources: [path], threads: 1 })
  try {
    const found = candidate({})
    const values = new Map<string, Bound>(
      Object.entries({
        sources: [...found.sources.items],
        targets: [...found.targets.items],
        ports: [22],
        protocols: [6],
        in_network: { sql: 'TRUE' },
        first_seen: found.firstSeen,
        last_seen: found.lastSeen,
      }),
    )
    const count = async (where: string): Promise<number> =>
      (await rowsOf(await engine.query(`SELECT * FROM records WHERE ${where}`))).length
    const evidence = bindLiterals(evidenceBetween(found), values, 'here').split('WHERE')[1] ?? 'FALSE'
    expect(await count(evidence)).toBe(3)
    expect(await count(`(${evidence}) AND ${hostsOf(found) ?? 'FALSE'}`)).toBe(3)
    expect(await count(hostsOf(found) ?? 'TRUE')).toBe(4)
  } finally {
    await engine.close()
  }
})

test('nothing is said where one side has no names', () => {
  expect(hostsOf(candidate({ targets: [] }))).toBeUndefined()
})

test('hosts are left out where a count would be too long with them', () => {
  const many = (net: string) =>
    Array.from({ length: 1000 }, (_, i) => `2001:db8:${net}:1111:2222:3333:4444:${(4096 + i).toString(16)}`)
  const hosts = hostsOf(candidate({ sources: many('aaaa'), targets: many('bbbb') }))
  const evidence = `SELECT * FROM records WHERE srcaddr <> '${'x'.repeat(90_000)}'`
  expect(countingStatement('SELECT * FROM records', hosts)).toContain('\nWHERE ')
  expect(countingStatement(evidence, hosts)).not.toContain('\nWHERE ')
  expect(countingStatement(evidence, undefined)).not.toContain('\nWHERE ')
})
