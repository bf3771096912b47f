import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { openDuckdb, rowsOf } from '../engine/index.js'
import { parseConfig } from './config.js'
import { loadRules } from './load.js'
import { flowLogOf } from './rule-tests/flow-table.js'
import { runRules } from './run.js'

const folder = mkdtempSync(join(tmpdir(), 'weir-run-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const v2 = 'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'

function logOf(table: string, fields?: string): string {
  const file = join(folder, 'flows.log')
  writeFileSync(file, flowLogOf(table, fields))
  return file
}

async function run(source: string, config = '') {
  const engine = await openDuckdb({ sources: [source] })
  try {
    const input = await engine.input()
    const result = await runRules({ engine, rules: loadRules(), input, config: parseConfig(config), now: 1_770_000_000 })
    const proofs = []
    for (const { evidence, records, id } of result.findings.flatMap(finding => [finding, ...(finding.parts ?? [])])) {
      const rows = await rowsOf(await engine.query(evidence.sql))
      proofs.push({ id, records, rows: rows.length, shown: evidence.flows.length })
    }
    return { ...result, proofs }
  } finally {
    await engine.close()
  }
}

const attacks = `
  src                dst            port    action  at          times  packets  bytes  duration  reply
  203.0.113.7        10.0.0.1..30   22      REJECT  +0s..+60s   1      1        60     1         -
  203.0.113.8        10.0.0.5       1..99   REJECT  +0s..+60s   1      1        60     1         -
  10.0.0.9           10.0.1.1..40   445     ACCEPT  +0s..+99s   1      1        60     1         -
  203.0.113.9        10.0.0.5       22      ACCEPT  +0s..+5m    60     14       2200   4         16/3000
  198.51.100.1..4    10.0.0.6       5432    ACCEPT  +0s..+60s   1      9        900    1         8/4000
`

describe('a run', () => {
  test('ranks its findings, and proves each by as many records as it says', async () => {
    const { findings, proofs, window, rules } = await run(logOf(attacks))
    expect(findings.map(({ rule, severity }) => [severity, rule])).toEqual([
      ['high', 'address-scan'],
      ['high', 'exposed-service'],
      ['medium', 'ssh-brute-force'],
      ['info', expect.stringMatching(/scan$/)],
      ['info', expect.stringMatching(/scan$/)],
    ])
    expect(findings[2]?.parts?.map(({ rule }) => rule)).toEqual(['ssh-brute-force', 'remote-login'])
    expect(proofs.map(({ rows }) => rows)).toEqual(proofs.map(({ records }) => records))
    expect(proofs.filter(({ records, shown }) => records > 0 && shown === Math.min(20, records))).toHaveLength(proofs.length)
    expect(proofs).toHaveLength(9) // five findings, two of which are stories of two parts
    expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length)
    expect([window?.from, rules]).toEqual([1_767_607_200, loadRules().filter(({ history }) => !history).length])
  })

  test('finds the same ids in the same log again, and silences exactly what it is told to', async () => {
    const log = logOf(attacks)
    const { findings } = await run(log)
    for (const finding of findings) {
      const { findings: left } = await run(log, `exceptions: [${finding.silence}]`)
      expect(left.map(({ id }) => id)).toEqual(findings.filter(({ id }) => id !== finding.id).map(({ id }) => id))
    }
  })

  test('leaves out whom an exception names from a sum, and keeps the others in it', async () => {
    const log = logOf('src dst port action at\n203.0.113.7,203.0.113.8 10.0.0.1..30 22 REJECT +0s..+60s')
    const { findings } = await run(log, 'exceptions: [{ rule: address-scan, source: 203.0.113.7 }]')
    expect(findings.map(({ rule, sources }) => [rule, sources])).toEqual([['address-scan', ['203.0.113.8']]])
  })

  test('says what it is blind for, and does not ask a rule that is', async () => {
    const { coverage, rules } = await run(logOf(attacks, v2.replace('dstport ', '')))
    expect(coverage.find(({ code }) => code === 'missing-field')).toMatchObject({
      message: 'All of these logs lack dstport',
      blinds: expect.arrayContaining(['address-scan', 'port-scan']) as unknown,
    })
    expect(rules).toBe(loadRules().filter(({ needs, history }) => !needs.includes('dstport') && !history).length)
  })

  test('says that only rejected traffic is logged', async () => {
    const { coverage } = await run(logOf('src dst port action\n203.0.113.7 10.0.0.1 22 REJECT', v2))
    expect(coverage.map(({ code }) => code)).toEqual(['reject-only', 'guessed-client', 'smallest-period', 'short-history'])
    expect(coverage[0]?.blinds).toEqual(expect.arrayContaining(['remote-login', 'exposed-service']))
  })

  test('says which hours are missing', async () => {
    const { coverage } = await run(logOf('src dst at\n10.0.0.9 10.0.0.1 +0s\n10.0.0.9 10.0.0.1 +4h'))
    expect(coverage.find(({ code }) => code === 'missing-hours')?.message).toMatch(/^3 hours .* 2026-01-05T11:00:00Z$/)
  })

  test('says how many hours are missing in a log with one absurd time', async () => {
    const file = join(folder, 'odd.log')
    const line = (start: number) => `2 123456789012 eni-1 10.0.0.9 10.0.0.1 40000 443 6 5 900 ${start} ${start + 1} ACCEPT OK\n`
    writeFileSync(file, `${v2}\n${line(1_767_607_200)}${line(4_000_000_000)}`)
    const { coverage } = await run(file)
    expect(coverage.find(({ code }) => code === 'missing-hours')?.message).toMatch(/^620,108 hours .* 2026-01-05T11:00:00Z$/)
  })

  test('says that there is no record', async () => {
    const file = join(folder, 'empty.log')
    writeFileSync(file, `${v2}\n2 123456789012 eni-1 - - - - - - - 1767607200 1767607260 - NODATA\n`)
    const { coverage, findings, window } = await run(file)
    expect([coverage.map(({ code }) => code), findings, window]).toEqual([['no-records'], [], null])
  })

  test('adds up numbers near 2^63', async () => {
    const huge = `
      src          dst       port  action  at         times  packets              bytes                duration  reply
      203.0.113.9  10.0.0.5  22    ACCEPT  +0s..+5m   60     14                   2200                 4         16/3000
      203.0.113.9  10.0.0.5  22    ACCEPT  +6m..+7m   2      9223372036854775807  9223372036854775807  4         16/3000
      198.51.100.1..4  10.0.0.6  5432  ACCEPT  +0s..+60s  1  9                    900                  1         8/4000
    `
    const file = logOf(huge)
    writeFileSync(
      file,
      readFileSync(file, 'utf8')
        .replaceAll('9223372036854776000', '9223372036854775807')
        .replaceAll(' 3000 ', ' 9223372036854775807 '),
    )
    const { findings, coverage } = await run(file)
    const rules = findings.flatMap(({ rule, parts = [] }) => [rule, ...parts.map(part => part.rule)])
    expect([...new Set(rules)].sort()).toEqual([
      'brute-force-success',
      'cleartext-service',
      'exposed-service',
      'remote-login',
      'ssh-brute-force',
    ])
    expect(coverage.map(({ code }) => code)).not.toContain('rule-failed')
  })

  test.each([
    ['a cast', 'CAST(p.entity AS bigint) AS odd', /cast|convert/i],
    ['a division', '1 / (p.failed - p.failed) AS odd', /division/i],
    ['a row that is no candidate', `'many' AS sources_total`, /sources_total/],
  ])('goes on after a rule that fails on the records with %s, and says that it did', async (_, column, why) => {
    const engine = await openDuckdb({ sources: [logOf(attacks)] })
    const asked = loadRules().filter(({ id }) => ['port-scan', 'address-scan', 'ssh-brute-force'].includes(id))
    const rules = asked.map(rule =>
      rule.id === 'port-scan' ? { ...rule, sql: `SELECT p.*, ${column} FROM (\n${rule.sql}\n) AS p` } : rule,
    )
    const { findings, coverage, failed } = await runRules({ engine, rules, input: await engine.input(), now: 0 })
    await engine.close()
    expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['address-scan', 'ssh-brute-force']))
    expect(coverage[0]).toMatchObject({
      code: 'rule-failed',
      message: expect.stringMatching(why) as unknown,
      blinds: ['port-scan'],
    })
    expect(failed).toMatchObject([{ code: 'rule-failed', kind: 'engine', message: coverage[0]?.message }])
  })

  test('names a statement that is refused by its rule', async () => {
    const [rule] = loadRules()
    if (!rule) throw new Error('there are no rules')
    const engine = await openDuckdb({ sources: [logOf(attacks)] })
    const broken = { ...rule, sql: 'SELECT nonsense FROM flows' }
    await expect(runRules({ engine, rules: [broken], input: await engine.input(), now: 0 })).rejects.toMatchObject({
      kind: 'usage',
      where: expect.stringContaining(`rule ${rule.id}`) as unknown,
    })
    await engine.close()
  })
})

const labelled = fileURLToPath(new URL('../../../shared/data/labelled/', import.meta.url))

describe.skipIf(!existsSync(labelled))('on labelled traffic', () => {
  test.each([
    ['strat-002-nmap', '172.16.1.11', 'high'],
    ['portscan-vertical', '192.168.1.9', 'high'],
    ['portscan-horizontal', '10.0.2.112', 'medium'],
    ['strat-008-public-host-attacked', '104.156.155.13', 'medium'],
  ])('%s: the scanner is %s', async (set, scanner, severity) => {
    const { findings } = await run(join(labelled, `${set}.log.gz`))
    expect(findings[0]).toMatchObject({ family: 'scan', sources: [scanner], severity })
  })

  test.each(['normal-ctu-7', 'iot23-honeypot-4-1'])('%s: nothing to look at', async set => {
    const { findings } = await run(join(labelled, `${set}.log.gz`))
    expect(findings.filter(({ severity }) => !['info', 'low'].includes(severity))).toEqual([])
  })
})
