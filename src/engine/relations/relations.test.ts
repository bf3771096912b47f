import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { afterAll, describe, expect, test } from 'vitest'
import { openDuckdb, rowsOf, type Value } from '../index.js'
import { addressRange, givenRelations, relationDefinitions, relationsNeeded } from './index.js'

const folder = mkdtempSync(join(tmpdir(), 'weir-relations-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const plain = 'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'

/** The rows of each query over a log of these lines. */
async function askAll(queries: readonly string[], header: string, lines: readonly string[], own: readonly string[] = []) {
  const file = join(folder, 'flows.log')
  writeFileSync(file, [header, ...lines].join('\n') + '\n')
  const engine = await openDuckdb({ sources: [file], own })
  try {
    const answers: Record<string, Value>[][] = []
    for (const sql of queries) answers.push(await rowsOf(await engine.query(sql)))
    return answers
  } finally {
    await engine.close()
  }
}

async function ask(sql: string, header: string, lines: readonly string[], own: readonly string[] = []) {
  const [rows = []] = await askAll([sql], header, lines, own)
  return rows
}

describe('definitions', () => {
  test('each stands after what it reads', () => {
    const names = relationDefinitions().map(({ name }) => name)
    for (const [i, { reads }] of relationDefinitions().entries()) {
      expect(reads.filter(read => !givenRelations.includes(read) && !names.slice(0, i).includes(read))).toEqual([])
    }
  })

  test('what flows needs is all that is made before it', () => {
    expect(relationsNeeded(['flows']).at(-1)).toBe('flows')
    expect(relationsNeeded(['services'])).toEqual(['services'])
    expect(relationsNeeded(['records'])).toEqual([])
  })

  test('a name that is none is refused', () => {
    expect(() => relationsNeeded(['nonsense'])).toThrow(expect.objectContaining({ code: 'relation-unknown', kind: 'usage' }))
  })
})

describe('a network', () => {
  test('is a range of addresses', () => {
    expect(addressRange('203.0.113.7')).toEqual({ first: '203.0.113.7', last: '203.0.113.7' })
    expect(addressRange('203.0.113.77/20')).toEqual({ first: '203.0.112.0', last: '203.0.127.255' })
    expect(addressRange('2001:db8::/47')).toEqual({ first: '2001:db8::', last: '2001:db8:1:ffff:ffff:ffff:ffff:ffff' })
    expect(() => addressRange('203.0.113.0/33')).toThrow(expect.objectContaining({ code: 'network-invalid' }))
  })

  test('has in its range the first and last address that match it', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, bits) => {
        const { first, last } = addressRange(`${address}/${bits}`)
        const within = (text: string) => ipaddr.parse(text).match(ipaddr.parseCIDR(`${address}/${bits}`))
        expect([within(first), within(last)]).toEqual([true, true])
        expect(numberOf(last) - numberOf(first)).toBe(2 ** (32 - bits) - 1)
      }),
    )
  })
})

const numberOf = (address: string) => address.split('.').reduce((number, part) => number * 256 + Number(part), 0)

describe('flows', () => {
  const v2 = (text: string) => `2 123456789012 ${text} 1767607200 1767607260 ACCEPT OK`

  test('guess the client by port where there are no flags', async () => {
    const rows = await ask('SELECT client, server_port, client_confidence FROM flows ORDER BY srcport', plain, [
      v2('eni-1 10.0.0.5 203.0.113.9 443 51000 6 5 900'),
      v2('eni-1 203.0.113.9 10.0.0.5 51000 443 6 5 900'),
      v2('eni-1 10.0.0.5 203.0.113.9 52000 20000 6 5 900'),
    ])
    expect(rows).toEqual([
      { client: '203.0.113.9', server_port: 443, client_confidence: 0.8 },
      { client: '203.0.113.9', server_port: 443, client_confidence: 0.8 },
      { client: '10.0.0.5', server_port: 20000, client_confidence: 0.7 },
    ])
  })

  test('guess the same client from either direction', async () => {
    const port = fc.integer({ min: 1, max: 65_535 })
    const pairs = fc.sample(fc.tuple(fc.ipV4(), fc.ipV4(), port, port), { numRuns: 300, seed: 1 }).filter(([a, b]) => a !== b)
    const lines = pairs.flatMap(([a, b, p, q], i) => [
      v2(`eni-${i} ${a} ${b} ${p} ${q} 17 5 900`),
      v2(`eni-${i} ${b} ${a} ${q} ${p} 17 5 900`),
    ])
    const rows = await ask('SELECT interface_id FROM flows GROUP BY interface_id HAVING count(DISTINCT client) > 1', plain, lines)
    expect(rows).toEqual([])
  })

  test('trust flags more than ports', async () => {
    const rows = await ask('SELECT client, server_port, opens FROM flows ORDER BY srcaddr', `${plain} tcp-flags`, [
      `${v2('eni-1 10.0.0.5 203.0.113.9 443 51000 6 5 900')} 2`,
      `${v2('eni-1 203.0.113.9 10.0.0.5 51000 443 6 5 900')} 18`,
    ])
    expect(rows).toEqual([
      { client: '10.0.0.5', server_port: 51000, opens: true },
      { client: '10.0.0.5', server_port: 51000, opens: false },
    ])
  })

  test('count what goes through a NAT gateway once, where only addresses tell', async () => {
    const through = (eni: string, host: string, port: number) => [
      v2(`${eni} ${host} 203.0.113.9 5000${port} 443 6 5 900`),
      v2(`eni-nat ${host} 10.0.9.9 5000${port} 443 6 5 900`),
      v2(`eni-nat 10.0.9.9 203.0.113.9 200${port} 443 6 5 900`),
      v2(`eni-nat 203.0.113.9 10.0.9.9 443 200${port} 6 5 700`),
      v2(`eni-nat 10.0.9.9 ${host} 443 5000${port} 6 5 700`),
      v2(`${eni} 203.0.113.9 ${host} 443 5000${port} 6 5 700`),
    ]
    const rows = await ask(
      'SELECT client, server, packets_to_server AS packets FROM sessions WHERE counted ORDER BY client',
      plain,
      [
        ...through('eni-1', '10.0.0.5', 1),
        ...through('eni-2', '10.0.0.6', 2),
        v2('eni-1 10.0.0.5 10.0.0.6 51000 22 6 5 900'),
        v2('eni-2 10.0.0.5 10.0.0.6 51000 22 6 5 900'),
        v2('eni-nat 198.51.100.7 10.0.9.9 51000 23 6 1 40'),
        // A host whose own ENI is not logged.
        v2('eni-nat 10.0.0.77 10.0.9.9 50007 443 6 5 900'),
        v2('eni-nat 10.0.9.9 203.0.113.9 2007 443 6 5 900'),
      ],
    )
    expect(rows).toEqual([
      { client: '10.0.0.5', server: '10.0.0.6', packets: 5 },
      { client: '10.0.0.5', server: '203.0.113.9', packets: 5 },
      { client: '10.0.0.6', server: '203.0.113.9', packets: 5 },
    ])
  })

  test('know an IPv6 address by the subnet of another ENI', async () => {
    const rows = await ask('SELECT address FROM addresses WHERE own ORDER BY address', plain, [
      v2('eni-1 2001:db8:1::5 2001:db8:2::9 443 51000 6 5 900'),
      v2('eni-1 2001:db8:1::5 2001:db8:3::9 443 51000 6 5 900'),
      v2('eni-1 2001:db8:4::9 2001:db8:1::5 51000 443 6 5 900'),
      v2('eni-2 2001:db8:1::6 2001:db8:5::9 443 51000 6 5 900'),
      v2('eni-2 2001:db8:5::9 2001:db8:1::6 51000 443 6 5 900'),
    ])
    expect(rows).toEqual([{ address: '2001:db8:1::5' }, { address: '2001:db8:1::6' }])
  })

  test('learn an own public address from what all records of an ENI share', async () => {
    const rows = await ask('SELECT address FROM addresses WHERE own', plain, [
      v2('eni-1 198.51.100.5 203.0.113.9 443 51000 6 5 900'),
      v2('eni-1 203.0.113.8 198.51.100.5 51000 443 6 5 900'),
    ])
    expect(rows).toEqual([{ address: '198.51.100.5' }])
  })

  test('do not take a source that alone tries many targets through one ENI for its own', async () => {
    const targets = ['10.0.0.5', '10.0.0.6', '10.0.0.7']
    const asks = targets.map(target => v2(`eni-nlb 203.0.113.7 ${target} 51000 22 6 1 60`))
    const answers = targets.map(target => v2(`eni-nlb ${target} 203.0.113.7 22 51000 6 1 40`))
    const outside = ['198.51.100.5', '198.51.100.6'].map(target => v2(`eni-fw 203.0.113.7 ${target} 51000 22 6 1 60`))
    const own = 'SELECT address FROM addresses WHERE own ORDER BY address'
    const inside = targets.map(address => ({ address }))
    expect(await ask(own, plain, asks)).toEqual(inside)
    expect(await ask(own, plain, [...asks, ...answers])).toEqual(inside)
    expect(await ask(own, plain, outside)).toEqual([])
  })

  test('learn a private address from rejected records alone', async () => {
    const rejected = ['203.0.113.7', '203.0.113.8'].map(source =>
      v2(`eni-1 ${source} 10.0.0.5 51000 22 6 1 60`).replace('ACCEPT', 'REJECT'),
    )
    expect(await ask('SELECT address FROM addresses WHERE logged', plain, rejected)).toEqual([{ address: '10.0.0.5' }])
  })

  test('leave open whose a public address is where an ENI has one peer only, unless the user says so', async () => {
    const log = [v2('eni-1 2001:db8::5 2001:db8:9::9 443 51000 6 5 900')]
    expect(await ask('SELECT address FROM addresses WHERE own', plain, log)).toEqual([])
    expect(await ask('SELECT address FROM addresses WHERE own', plain, log, ['2001:db8::/48'])).toEqual([
      { address: '2001:db8::5' },
    ])
  })

  test('count bytes once, whatever ENIs and NAT gateways wrote of them', async () => {
    const header =
      'interface-id vpc-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr srcport dstport protocol bytes packets start end action flow-direction log-status'
    const line = (eni: string, ends: string, direction: string) =>
      `${eni} vpc-1 ${ends} 51000 443 6 100 1 1767607200 1767607210 ACCEPT ${direction} OK`
    const rows = await ask('SELECT interface_id, src, dst FROM flows WHERE counted ORDER BY src, dst', header, [
      line('eni-nat', '10.0.1.5 10.0.0.220 10.0.1.5 203.0.113.5', 'ingress'),
      line('eni-nat', '10.0.0.220 203.0.113.5 10.0.0.220 203.0.113.5', 'egress'),
      line('eni-nat', '203.0.113.5 10.0.0.220 203.0.113.5 10.0.0.220', 'ingress'),
      line('eni-nat', '10.0.0.220 10.0.1.5 203.0.113.5 10.0.1.5', 'egress'),
      line('eni-a', '10.0.1.5 203.0.113.5 10.0.1.5 203.0.113.5', 'egress'),
      line('eni-a', '203.0.113.5 10.0.1.5 203.0.113.5 10.0.1.5', 'ingress'),
      line('eni-a', '10.0.1.5 10.0.2.6 10.0.1.5 10.0.2.6', 'egress'),
      line('eni-b', '10.0.1.5 10.0.2.6 10.0.1.5 10.0.2.6', 'ingress'),
    ])
    expect(rows).toEqual([
      { interface_id: 'eni-a', src: '10.0.1.5', dst: '10.0.2.6' },
      { interface_id: 'eni-a', src: '10.0.1.5', dst: '203.0.113.5' },
      { interface_id: 'eni-a', src: '203.0.113.5', dst: '10.0.1.5' },
    ])
  })

  test('hold as many rows as there are records of status OK', async () => {
    const rows = await ask('SELECT count(*) AS flows FROM flows', plain, [
      v2('eni-1 10.0.0.5 203.0.113.9 443 51000 6 5 900'),
      '2 123456789012 eni-1 - - - - - - - 1767607200 1767607260 - NODATA',
      v2('eni-2 10.0.0.5 203.0.113.9 0 0 1 5 900'),
    ])
    expect(rows).toEqual([{ flows: 2 }])
  })

  test('say the direction that the log leaves out', async () => {
    const rows = await ask('SELECT direction, network FROM flows', plain, [v2('eni-1 10.0.0.5 203.0.113.9 443 51000 6 5 900')])
    expect(rows).toEqual([{ direction: 'egress', network: '123456789012' }])
  })
})

test('where no record has flags, sessions do not ask for them', () => {
  const asking = (flags: boolean) =>
    relationDefinitions({ flags }).flatMap(({ name, sql }) => (/\btcp_flags\b/.test(sql) && name !== 'flows' ? [name] : []))
  expect(asking(true)).toEqual(['five_tuples', 'split_sessions'])
  expect(asking(false)).toEqual([])
})

describe('sessions', () => {
  const v5 = `${plain} tcp-flags flow-direction`
  const at = 1_767_607_200
  const between = (from: number, to: number, flags: number, more = '') =>
    `2 123456789012 eni-1 10.0.0.5 203.0.113.9 51000 443 6 5 900 ${at + from} ${at + to} ACCEPT OK ${flags} egress${more}`
  const reply = (from: number, to: number, flags: number, bytes = 4000) =>
    `2 123456789012 eni-1 203.0.113.9 10.0.0.5 443 51000 6 5 ${bytes} ${at + from} ${at + to} ACCEPT OK ${flags} ingress`
  const sessionsOf = (lines: readonly string[], header = v5) =>
    ask(
      'SELECT "start" - 1767607200 AS began, "end" - 1767607200 AS ended, outcome, opened, records FROM sessions ORDER BY 1',
      header,
      lines,
    )

  test('stitch a connection over intervals, with both directions', async () => {
    const lines = [between(0, 59, 2), reply(0, 59, 18), between(60, 119, 0), reply(60, 119, 0), between(120, 130, 1)]
    expect(await sessionsOf(lines)).toEqual([{ began: 0, ended: 130, outcome: 'answered', opened: true, records: 5 }])
  })

  test('a port that is used again after FIN is another connection', async () => {
    const lines = [between(0, 5, 3), reply(0, 5, 19), between(30, 35, 3), reply(30, 35, 19)]
    expect((await sessionsOf(lines)).map(({ began }) => began)).toEqual([0, 30])
  })

  test('retransmissions of a SYN are one try, and one after a minute is another', async () => {
    const syn = (from: number, to: number) => between(from, to, 2).replace(' 5 900 ', ' 1 60 ')
    expect(await sessionsOf([syn(0, 3), syn(35, 36), syn(120, 121)])).toMatchObject([
      { began: 0, ended: 36, outcome: 'unanswered' },
      { began: 120, ended: 121 },
    ])
  })

  test('a quiet connection goes on without SYN, whatever the silence', async () => {
    expect(await sessionsOf([between(0, 9, 2), reply(0, 9, 18), between(9000, 9009, 0), reply(9000, 9009, 0)])).toHaveLength(1)
  })

  test('without flags, half an hour of silence ends it', async () => {
    const bare = (line: string) => line.split(' ').slice(0, 14).join(' ')
    const lines = [between(0, 9, 2), reply(0, 9, 18), between(1700, 1709, 0), between(9000, 9009, 0)].map(bare)
    expect((await sessionsOf(lines, plain)).map(({ began }) => began)).toEqual([0, 9000])
  })

  test('what two ENIs wrote is counted once', async () => {
    const inside = (eni: string, direction: string) =>
      `2 123456789012 ${eni} 10.0.0.5 10.0.1.7 51000 443 6 5 900 ${at} ${at + 9} ACCEPT OK 2 ${direction}`
    const rows = await ask('SELECT packets_to_server, bytes_to_server, records FROM sessions', v5, [
      inside('eni-1', 'egress'),
      inside('eni-2', 'ingress'),
    ])
    expect(rows).toEqual([{ packets_to_server: 5, bytes_to_server: 900, records: 2 }])
  })

  test('are the same where the log lacks flags, and the relations another text, as where it has them and says nothing', async () => {
    const record = fc
      .record({
        isReply: fc.boolean(),
        protocol: fc.constantFrom(6, 17),
        start: fc.integer({ min: 0, max: 20_000 }),
        length: fc.integer({ min: 0, max: 60 }),
        action: fc.constantFrom('ACCEPT', 'REJECT'),
      })
      .map(({ isReply, protocol, start, length, action }) => {
        const ends = isReply ? '203.0.113.9 10.0.0.1 443 40000' : '10.0.0.1 203.0.113.9 40000 443'
        return `2 123456789012 eni-1 ${ends} ${protocol} 3 180 ${at + start} ${at + start + length} ${action} OK`
      })
    const sql = 'SELECT * FROM sessions ORDER BY client, server, client_port, server_port, protocol, "start", "end"'
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 8, maxLength: 24 }), async lines => {
        const silent = await ask(
          sql,
          `${plain} tcp-flags`,
          lines.map(line => `${line} -`),
        )
        expect(await ask(sql, plain, lines)).toEqual(silent)
      }),
      { numRuns: 12 },
    )
  }, 180_000)

  test('hold the packets, bytes and records of flows, in whatever order these stand', async () => {
    const host = fc.integer({ min: 1, max: 3 }).map(n => `10.0.0.${n}`)
    const record = fc
      .record({
        src: host,
        dst: fc.oneof(host, fc.constant('203.0.113.9'), fc.constant('2001:db8::9')),
        eni: fc.constantFrom('eni-1', 'eni-2', '-'),
        ports: fc.tuple(fc.constantFrom(22, 443, 40_000), fc.constantFrom(22, 40_000, 50_000)),
        protocol: fc.constantFrom(1, 6, 17),
        packets: fc.integer({ min: 0, max: 9 }),
        start: fc.integer({ min: 0, max: 9000 }),
        length: fc.integer({ min: 0, max: 600 }),
        action: fc.constantFrom('ACCEPT', 'REJECT'),
        flags: fc.constantFrom('-', '0', '1', '2', '3', '4', '18', '19'),
        direction: fc.constantFrom('-', 'egress', 'ingress'),
      })
      .map(
        r =>
          `2 123456789012 ${r.eni} ${r.src} ${r.dst} ${r.ports.join(' ')} ${r.protocol} ${r.packets} ${r.packets * 60} ${at + r.start} ${at + r.start + r.length} ${r.action} OK ${r.flags} ${r.direction}`,
      )
    const sums = (from: string, packets: string, bytes: string, records: string) =>
      `SELECT sum(${packets}) AS packets, sum(${bytes}) AS bytes, sum(${records}) AS records FROM ${from}`
    const all =
      'SELECT client, server, client_port, server_port, protocol, "start", "end", outcome, records, packets_to_server, packets_to_client FROM sessions ORDER BY 1, 2, 3, 4, 5, 6, 7'
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 30 }), async lines => {
        const counted = (column: string) => `CASE WHEN counted THEN ${column} ELSE 0 END`
        const [flows, sessions, sorted] = await askAll(
          [
            sums('flows', counted('packets'), counted('bytes'), '1'),
            sums('sessions', 'packets_to_server + packets_to_client', 'bytes_to_server + bytes_to_client', 'records'),
            all,
          ],
          v5,
          lines,
        )
        expect(sessions).toEqual(flows)
        expect(await ask(all, v5, [...lines].reverse())).toEqual(sorted)
      }),
      { numRuns: 12 },
    )
  }, 180_000)
})

describe('host roles', () => {
  const header = `${plain} tcp-flags flow-direction vpc-id pkt-srcaddr pkt-dstaddr`
  const at = 1_767_607_200
  let moment = 0
  /** A request, and its answer where there is one, as an ENI of VPC 1 writes them. */
  const exchange = (eni: string, client: string, server: string, port: number, protocol: number, answered: boolean): string[] => {
    const [when, from] = [`${at + ++moment} ${at + moment + 1}`, 40_000 + moment]
    const inward = eni === `eni-${server}`
    const line = (ends: string, flags: number, direction: string, action: string, source: string, target: string) =>
      `2 123456789012 ${eni} ${ends} ${protocol} 9 900 ${when} ${action} OK ${protocol === 6 ? flags : 0} ${direction} vpc-1 ${source} ${target}`
    const [there, back] = inward ? ['ingress', 'egress'] : ['egress', 'ingress']
    return [
      line(`${client} ${server} ${from} ${port}`, 2, there, answered ? 'ACCEPT' : 'REJECT', client, server),
      ...(answered ? [line(`${server} ${client} ${port} ${from}`, 18, back, 'ACCEPT', server, client)] : []),
    ]
  }
  const asked = (client: string, server: string, port: number, protocol = 6, answered = true) =>
    exchange(`eni-${server}`, client, server, port, protocol, answered)

  const log = (inside: (n: number) => string, outside: (n: number) => string): string[] => {
    const [balancer, web, other, resolver, nat] = [inside(1), inside(2), inside(3), inside(4), inside(5)]
    const visitors = Array.from({ length: 12 }, (_, n) => outside(n + 1))
    return [
      ...visitors.flatMap(visitor => asked(visitor, balancer, 443)),
      ...visitors.flatMap(visitor => asked(visitor, web, 23, 6, false)),
      ...[web, other].flatMap(server => asked(balancer, server, 8080)),
      ...[balancer, web, other].flatMap(client => asked(client, resolver, 53, 17)),
      `2 123456789012 eni-nat ${web} ${nat} 50000 443 6 9 900 ${at} ${at + 9} ACCEPT OK 2 ingress vpc-1 ${web} ${outside(99)}`,
    ]
  }

  test.each([
    ['IPv4', (n: number) => `10.0.0.${n}`, (n: number) => `203.0.113.${n}`],
    ['IPv6', (n: number) => `fd00::${n}`, (n: number) => `2001:db8::${n}`],
  ])('say who serves, balances, resolves, translates and is knocked at: %s', async (_, inside, outside) => {
    const columns = 'address, network, roles, ports, clients, servers, knockers'
    const rows = await ask(`SELECT ${columns} FROM host_roles WHERE own ORDER BY address`, header, log(inside, outside))
    const row = (n: number, roles: string[], ports: number[], [clients, servers, knockers]: [number, number, number]) => ({
      ...{ address: inside(n), network: 'vpc-1', roles, ports, clients, servers, knockers },
    })
    expect(rows).toEqual([
      row(1, ['serves', 'load-balancer'], [443], [12, 3, 0]),
      row(2, ['serves', 'scanner-facing'], [8080], [1, 1, 12]),
      row(3, ['serves'], [8080], [1, 1, 0]),
      row(4, ['serves', 'resolver'], [53], [3, 0, 0]),
      row(5, ['nat'], [], [0, 0, 0]),
    ])
  })

  test('say when an address was first and last seen, and with how many it talked', async () => {
    const ends = ['10.0.0.5 203.0.113.9 51000 443', '203.0.113.9 10.0.0.5 443 51000']
    const lines = ends.map((tuple, i) => `2 123456789012 eni-1 ${tuple} 6 5 900 ${at + i} ${at + 60 + i} ACCEPT OK`)
    const columns = `address, own, peers, first_seen - ${at} AS began, last_seen - ${at} AS ended`
    const seen = { peers: 1, began: 0, ended: 61 }
    expect(await ask(`SELECT ${columns} FROM host_roles ORDER BY address`, plain, lines)).toEqual([
      { address: '10.0.0.5', own: true, ...seen },
      { address: '203.0.113.9', own: false, ...seen },
    ])
  })
})
