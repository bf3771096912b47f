import { describe, expect, test } from 'vitest'
import type { Finding, Report } from '../../detect/index.js'
import type { InputReport } from '../../engine/index.js'
import type { Output } from './output.js'
import { printReport, type ReportView } from './report.js'
import { styleFor } from './style.js'

const finding: Finding = {
  id: '5f3a9c',
  rule: 'address-scan',
  family: 'scan',
  title: 'One source tries a port on many addresses',
  severity: 'high',
  confidence: 0.97,
  mitre: ['TA0043', 'T1046'],
  entity: { kind: 'address', value: '203.0.113.7' },
  sources: ['203.0.113.7'],
  targets: ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5'],
  ports: [22],
  protocol: 'tcp',
  first_seen: '2026-01-05T09:12:00Z',
  last_seen: '2026-01-05T09:40:30Z',
  records: 824,
  summary: '203.0.113.7 tried port 22 on 5 addresses in 28 min; 2 answered',
  evidence: {
    metrics: { hosts: 5 },
    thresholds: { hosts: 4 },
    sql: "SELECT * FROM records WHERE srcaddr = '203.0.113.7'",
    flows: [],
  },
  next_steps: ['See what the two that answered sent back.'],
  false_positives: ["An auditor's scanner."],
  silence: '{ rule: address-scan, finding: "5f3a9c", reason: "known: 203.0.113.7" }',
}

const report: Report = {
  schema: 'weir.report/1',
  window: { from: '2026-01-05T00:00:00Z', to: '2026-01-06T00:00:00Z' },
  input: { sources: ['a.log.gz'], lines: 2006, records: 2000, nodata: 2, skipdata: 1, headers: 1, quarantined: 2, bytes: 48_000 },
  coverage: [{ code: 'reject-only', message: 'Only rejected traffic is logged', blinds: ['beacon'] }],
  findings: [finding, ...Array.from({ length: 12 }, (_, i): Finding => ({ ...finding, id: `info-${i}`, severity: 'info' }))],
  stats: { elapsed_ms: 12, rules: 6 },
}

const input: InputReport = { ...report.input, fields: [], partialFields: [], damaged: [], unreadable: [], aside: [] }

async function printed(
  format: Parameters<typeof printReport>[1],
  view: Partial<ReportView> = {},
  width?: number,
): Promise<string> {
  let text = ''
  const output: Output = {
    write: part => {
      text += part
      return Promise.resolve()
    },
    style: styleFor({ isTerminal: false }, false, {}),
    width,
    close: () => Promise.resolve(),
  }
  const quarantined = [{ source: 'a.log.gz', line: 17, reason: 'port 70000 is over 65535', text: '2 123 eni-1\t70000' }]
  await printReport({ report, input, quarantined, all: false, query: sql => `weir query "${sql}" logs`, ...view }, format, output)
  return text
}

test('json is the report itself', async () => {
  expect(JSON.parse(await printed('json'))).toEqual(report)
})

test('ndjson is the findings alone, one a line', async () => {
  const lines = (await printed('ndjson')).trimEnd().split('\n')
  expect(lines.map(line => JSON.parse(line) as unknown)).toEqual(report.findings)
})

test('csv is flat', async () => {
  const [head, first] = (await printed('csv')).split('\r\n')
  expect(head).toBe(
    'severity,rule,family,summary,confidence,sources,targets,ports,protocol,first_seen,last_seen,records,mitre,id',
  )
  expect(first).toContain('high,address-scan,scan,203.0.113.7 tried port 22 on 5 addresses in 28 min; 2 answered,0.97,')
})

describe('for people', () => {
  test('who, whom, where, when, how many and which', async () => {
    const text = await printed('table')
    expect(text).toContain('13 findings: 1 high, 12 info')
    expect(text).toContain(' 1  high      203.0.113.7 tried port 22 on 5 addresses in 28 min; 2 answered\n')
    expect(text).toContain('203.0.113.7 → 10.0.0.1, 10.0.0.2, 10.0.0.3 and 2 more  tcp 22\n')
    expect(text).toContain('2026-01-05 09:12 to 09:40 UTC  824 records  address-scan  id 5f3a9c\n')
  })

  test('details say how the numbers stand to the thresholds, and what to type', async () => {
    const text = await printed('table')
    expect(text).toContain('evidence  hosts 5 (threshold 4)\n')
    expect(text).toContain(`records   weir query "SELECT * FROM records WHERE srcaddr = '203.0.113.7'" logs\n`)
    expect(text).toContain('silence   - { rule: address-scan')
  })

  test('a few are told in full, and long SQL only when asked', async () => {
    const sql = `SELECT * FROM records WHERE srcaddr IN (${"'203.0.113.7', ".repeat(100)}'203.0.113.8')`
    const findings = Array.from({ length: 5 }, (_, i) => ({
      ...finding,
      id: `high-${i}`,
      evidence: { ...finding.evidence, sql },
    }))
    const brief = await printed('table', { report: { ...report, findings } })
    expect(brief.match(/^ {4}silence/gm)).toHaveLength(3)
    expect(brief).toContain('records   their SQL is long: see it with scan --all')
    const whole = await printed('table', { report: { ...report, findings }, all: true })
    expect(whole.match(/^ {4}silence/gm)).toHaveLength(5)
    expect(whole).toContain(sql)
  })

  test('many findings of severity info are summed up unless all are wanted', async () => {
    expect(await printed('table')).toContain('and 2 more of severity info: scan --all lists them')
    expect(await printed('table', { all: true })).not.toContain('--all')
  })

  test('the lines add up, and those that were not understood are named', async () => {
    const text = await printed('table')
    expect(text).toContain(
      '2,006 lines = 2,000 records + 2 nodata + 1 skipdata + 1 headers + 2 quarantined\n  in 1 file, 48.0 kB\n',
    )
    expect(text).toContain(
      'a.log.gz:17  port 70000 is over 65535\n      2 123 eni-1\\t70000\n  and 1 more: --quarantine FILE writes them all\n',
    )
  })

  test('fits the terminal', async () => {
    const lines = (await printed('table', {}, 60)).split('\n')
    const typed = /weir query|silence/
    expect(lines.filter(line => line.length > 60 && !typed.test(line))).toEqual([])
  })
})
