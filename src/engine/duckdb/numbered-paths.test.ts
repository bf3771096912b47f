import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { rowsOf, type Engine } from '../engine.js'
import { openDuckdb } from './open.js'

const folder = mkdtempSync(join(tmpdir(), 'weir-numbered-'))
afterAll(() => rmSync(folder, { recursive: true }))

const V2 = 'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'
const V5 = `${V2} vpc-id subnet-id instance-id tcp-flags pkt-srcaddr pkt-dstaddr region flow-direction`
const hosts = ['10.0.0.1', '10.0.0.2', '198.51.100.250', '2001:db8:1:2:3:4:5:6']

/** Records of two ENIs, one of which writes fields up to version 5, and what they write where there were none. */
function lines(eni: 'eni-1' | 'eni-0123456789abcdef0'): readonly string[] {
  const isV5 = eni !== 'eni-1'
  const more = (egress: boolean, src: string, dst: string): string =>
    isV5 ? ` vpc-1 subnet-1 i-1 ${egress ? 2 : 18} ${src} ${dst} us-east-1 ${egress ? 'egress' : 'ingress'}` : ''
  const pairs = hosts.flatMap(src => hosts.flatMap(dst => (src === dst ? [] : [[src, dst] as const])))
  return [
    isV5 ? V5 : V2,
    ...pairs.flatMap(([src, dst], i) =>
      [0, 1, 2].map(n => {
        const start = 1767600000 + 100 * i + n
        const action = n === 2 ? 'REJECT' : 'ACCEPT'
        return `2 111122223333 ${eni} ${src} ${dst} ${40000 + i} 443 6 ${n + 1} ${100 * (i + 1)} ${start} ${start + (n === 1 ? 300 : 59)} ${action} OK${more(i % 2 === 0, src, dst)}`
      }),
    ),
    `2 111122223333 ${eni} - - - - - - - 1767600000 1767600060 - NODATA${isV5 ? ' - - - - - - - -' : ''}`,
  ]
}

type Ask = (engine: Engine) => ReturnType<typeof rowsOf>

const asks =
  (sql: string): Ask =>
  async engine => {
    const rows = await rowsOf(await engine.query(sql))
    expect(rows.length).toBeGreaterThan(10)
    return rows
  }

/** What the records between the pairs of hosts say of which a condition holds. `traffic_path` is a column that no log here has. */
const ofPairs =
  (which: string): Ask =>
  async engine => {
    const pairs = await rowsOf(await engine.query(`SELECT DISTINCT pair_id FROM placed_paths WHERE ${which}`))
    const few = await engine.narrowed(pairs.map(({ pair_id }) => Number(pair_id)))
    const rows = await rowsOf(await few.query('SELECT * FROM records WHERE traffic_path IS NULL'))
    return rows.map(row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)))
  }

async function rowsBy(
  name: string,
  odd: readonly string[],
  ask: Ask,
  window: { from?: number; to?: number },
): Promise<readonly string[]> {
  const files = (['eni-1', 'eni-0123456789abcdef0'] as const).map(eni => {
    const path = join(folder, `${name}-${eni}.log`)
    writeFileSync(path, [...lines(eni), ...odd].map(line => `${line}\n`).join(''))
    return path
  })
  const engine = await openDuckdb({ sources: files, threads: 2, window })
  try {
    await engine.prepare(['flows'])
    expect((await engine.explain('SELECT srcaddr FROM records')).includes('$texts')).toBe(odd.length === 0)
    const rows = await ask(engine)
    return rows.map(row => JSON.stringify(row)).sort()
  } finally {
    await engine.close()
  }
}

test.each([
  ['SELECT * FROM records', {}],
  ['SELECT * FROM paths', {}],
  ['SELECT * FROM paths', { from: 1767600300, to: 1767600900 }],
  ['SELECT * FROM flows', {}],
  ['SELECT * FROM flows', { from: 1767600300, to: 1767600900 }],
])('what is read in bulk, with texts told once, is what is read line by line: %s %o', async (sql, window) => {
  expect(await rowsBy('bulk', [], asks(sql), window)).toEqual(await rowsBy('odd', ['odd'], asks(sql), window))
})

test.each([
  ['pair_id % 3 > 0', {}, 24],
  ['pair_id % 3 > 0', { from: 1767600300, to: 1767601500 }, 12],
  ['pair_id < 0', {}, 0],
])('and so are the records of the pairs of hosts with %s, apart from all others: %o', async (which, window, least) => {
  const [bulk, odd] = [await rowsBy('bulk', [], ofPairs(which), window), await rowsBy('odd', ['odd'], ofPairs(which), window)]
  expect(bulk).toEqual(odd)
  expect(bulk.length).toBeGreaterThanOrEqual(least)
  expect(bulk.length).toBeLessThan((await rowsBy('bulk', [], asks('SELECT * FROM flows'), window)).length)
})
