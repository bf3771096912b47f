import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openDuckdb } from '../engine/index.js'
import { loadRules } from './load.js'
import { flowLogOf } from './rule-tests/flow-table.js'
import { runRules } from './run.js'

const folder = mkdtempSync(join(tmpdir(), 'weir-odd-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const visits = (at: string, times = 400) => `
  src              dst       port  at     times   packets  bytes  reply
  203.0.113.1..2   10.0.0.5  443   ${at}  ${times}  9        900    8/9000
  2001:db8::1..2   fd00::5   443   ${at}  ${times}  9        900    8/9000`

const knocks = `
  src               dst       port  action  at
  203.0.113.1..200  10.0.0.5  22    REJECT  +0s..+50m`

/** A line for each of 60,000 ports that a host tries and another refuses. */
const ports = (client: string, server: string, header: number): string =>
  Array.from({ length: 60_000 }, (_, i) => {
    const tuple = (from: string, to: string, between: string) =>
      `5 123456789012 eni-1 vpc-1 ${from} ${to} ${between} 6 1 ${header} ${1_767_607_200 + (i >> 6)} ${1_767_607_201 + (i >> 6)} ACCEPT OK`
    return `${tuple(client, server, `40000 ${i + 1}`)} 2 egress\n${tuple(server, client, `${i + 1} 40000`)} 4 ingress\n`
  }).join('')

const header = flowLogOf('src dst\n10.0.0.9 10.0.0.5').split('\n')[0] ?? ''
const backwards = flowLogOf(visits('+1m')).replaceAll(/ (\d{10}) (\d{10}) /g, ' $2 $1 ')

interface OddLog {
  readonly name: string
  readonly log: string
  /** What coverage says of it, by code and words, and which rules find something. */
  readonly says: readonly (readonly [string, RegExp])[]
  readonly finds: readonly string[]
}

const PACE = ['smallest-period', /from a period of 2 min on; .* from 6 min on$/] as const
const SHORT = ['short-history', /less than the 3 days/] as const
const ACCEPTED = ['accept-only', /Only accepted/] as const

const logs: readonly OddLog[] = [
  { name: 'one record', log: flowLogOf('src dst port\n203.0.113.7 10.0.0.5 443'), says: [ACCEPTED, PACE, SHORT], finds: [] },
  { name: 'one record of IPv6', log: flowLogOf('src dst port\n2001:db8::7 fd00::5 443'), says: [ACCEPTED, PACE, SHORT], finds: [] },
  { name: 'an hour of accepted traffic', log: flowLogOf(visits('+0s..+3602s')), says: [ACCEPTED, PACE, SHORT], finds: [] },
  { name: 'nothing but rejections', log: flowLogOf(knocks), says: [['reject-only', /what got through is not seen/], PACE, SHORT], finds: [] },
  {
    name: 'a clock that jumps by a day, and by three years',
    log: flowLogOf(`${visits('+0s..+20m')}\n203.0.113.1 10.0.0.5 443 +1d 1 9 900 8/9000\n203.0.113.1 10.0.0.5 443 +1100d 1 9 900 8/9000`),
    says: [['missing-hours', /^26,398 hours have no line at all, the first from 2026-01-05T11:00:00Z$/], ACCEPTED, PACE],
    finds: [],
  },
  {
    name: 'two days, a week apart',
    log: flowLogOf(`${visits('+0s..+20m')}\n203.0.113.1 10.0.0.5 443 +7d 1 9 900 8/9000`),
    says: [['missing-hours', /^167 hours/], ACCEPTED, PACE, SHORT],
    finds: [],
  },
  { name: 'lines that end before they start', log: backwards, says: [['quarantined', /3,200 lines$/], ['no-records', /no record/]], finds: [] },
  {
    name: 'the same records twice',
    log: `${flowLogOf(visits('+0s..+50m'))}${flowLogOf(visits('+0s..+50m'))}`,
    says: [['repeated-records', /^50 % of the records/], ACCEPTED, PACE, SHORT],
    finds: [],
  },
  {
    name: 'hosts that are tried on 60,000 ports, IPv4 and IPv6',
    log: `${header}\n${ports('10.0.0.9', '10.0.0.6', 40)}${ports('fd00::9', 'fd00::6', 60)}`,
    says: [ACCEPTED, PACE, SHORT],
    finds: ['port-scan 120000', 'port-scan 120000'],
  },
] // prettier-ignore

test.each(logs)('$name', async ({ log, says, finds }) => {
  const file = join(folder, 'flows.log')
  writeFileSync(file, log)
  const engine = await openDuckdb({ sources: [file], threads: 1 })
  try {
    const { coverage, findings } = await runRules({ engine, rules: loadRules(), input: await engine.input(), now: 0 })
    expect(coverage.map(({ code, message }) => [code, message])).toEqual(
      says.map(([code, words]): unknown[] => [code, expect.stringMatching(words)]),
    )
    expect(findings.map(({ rule, records }) => `${rule} ${records}`)).toEqual(finds)
  } finally {
    await engine.close()
  }
})
