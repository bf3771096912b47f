import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { openDuckdb } from '../engine/index.js'
import { loadRules } from './load.js'
import { runRules } from './run.js'

const folder = mkdtempSync(join(tmpdir(), 'weir-persistent-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const FIELDS =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'
const BEGAN = 1_767_607_200
const HOUR = 3600

/** A TCP connection that is kept open, with something to say at a steady pace. */
interface Connection {
  readonly ipv6: boolean
  readonly port: number
  /** Seconds. */
  readonly pace: number
  readonly hours: number
  readonly packets: number
  /** Its SYN stands in the logs. */
  readonly opens: boolean
  readonly answered: boolean
}

const connection: fc.Arbitrary<Connection> = fc.record({
  ipv6: fc.boolean(),
  port: fc.constantFrom(443, 8883, 5222, 22),
  pace: fc.integer({ min: 20, max: 3 * HOUR }),
  hours: fc.integer({ min: 6, max: 72 }),
  packets: fc.integer({ min: 1, max: 9 }),
  opens: fc.boolean(),
  answered: fc.boolean(),
})

const SYN = 2
const SYN_ACK = 18

/** Its records: in each aggregation interval one for each direction, from the first packet to the last. */
function recordsOf(
  { ipv6, port, pace, hours, packets, opens, answered }: Connection,
  n: number,
  interval: number,
  flags: boolean,
) {
  const [client, server] = ipv6 ? [`fd00::${n + 1}`, `2001:db8::${n + 1}`] : [`10.0.0.${n + 1}`, `198.51.100.${n + 1}`]
  const moments = Array.from({ length: Math.floor((hours * HOUR) / pace) }, (_, i) => BEGAN + n + i * pace)
  const windows = new Map<number, number[]>()
  for (const moment of moments) {
    const window = Math.floor(moment / interval)
    windows.set(window, [...(windows.get(window) ?? []), moment])
  }
  return [...windows.values()].flatMap((within, place) => {
    const record = (from: string, to: string, ports: string, opening: number) => {
      const sent = within.length * packets
      const span = `${within[0] ?? 0} ${(within.at(-1) ?? 0) + 1}`
      const flag = flags ? ` ${place === 0 && opens ? opening : 0}` : ''
      return `2 123456789012 eni-${n} ${from} ${to} ${ports} 6 ${sent} ${sent * 90} ${span} ACCEPT OK${flag}`
    }
    const asked = record(client, server, `50000 ${port}`, SYN)
    return answered ? [asked, record(server, client, `${port} 50000`, SYN_ACK)] : [asked]
  })
}

test.each([
  ['with flags, a record a minute', 60, true],
  ['with flags, a record in ten minutes', 600, true],
  ['without flags, a record a minute', 60, false],
  ['without flags, a record in ten minutes', 600, false],
])('a connection that stays open is no beacon: %s', async (_, interval, flags) => {
  const connections = fc.sample(connection, { numRuns: 60, seed: interval })
  const lines = connections.flatMap((one, n) => recordsOf(one, n, interval, flags))
  const file = join(folder, 'flows.log')
  writeFileSync(file, [flags ? `${FIELDS} tcp-flags` : FIELDS, ...lines, ''].join('\n'))
  const engine = await openDuckdb({ sources: [file], threads: 1 })
  try {
    const rules = loadRules().filter(({ id }) => id === 'beacon')
    const { findings, rules: asked } = await runRules({ engine, rules, input: await engine.input(), now: 0 })
    expect([asked, findings.map(({ summary }) => summary)]).toEqual([1, []])
  } finally {
    await engine.close()
  }
})
