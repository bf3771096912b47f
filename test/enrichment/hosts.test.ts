import { describe, expect, test } from 'vitest'
import { mmdb } from './mmdb.js'
import { eni, line, ownLakes, plain, subnet, vpc } from './world.js'

const newLake = ownLakes()

const web = (team: string) => ({
  TagSet: [
    { Key: 'Name', Value: `web of ${team}` },
    { Key: 'team', Value: team },
  ],
})

describe('an inventory', () => {
  test('names ENI, instance, tags and subnet, and tells two VPCs with the same addresses apart', async () => {
    const lake = newLake()
    const attached = { Attachment: { InstanceId: 'i-1' }, Association: { PublicIp: '203.0.113.7' }, ...web('red') }
    await lake.enrich('network-interfaces', {
      NetworkInterfaces: [eni('eni-1', 'vpc-1', ['10.0.0.5'], attached), eni('eni-2', 'vpc-2', ['10.0.0.5'], web('blue'))],
    })
    const rows = await lake.ask(
      `SELECT address, network, interface_id, instance_id, name, tags['team'] AS team, vpc_id, subnet_id, region, own
      FROM hosts WHERE own ORDER BY address, network`,
      [line('eni-1 10.0.0.5 198.51.100.9'), line('eni-2 10.0.0.5 198.51.100.9'), line('eni-1 203.0.113.7 198.51.100.9')],
    )
    const [subnet_id, region] = ['subnet-of-vpc-1', 'eu-central-1']
    const red = { interface_id: 'eni-1', instance_id: 'i-1', name: 'web of red', team: 'red', vpc_id: 'vpc-1', subnet_id, region }
    const blue = { ...red, interface_id: 'eni-2', instance_id: null, name: 'web of blue', team: 'blue', vpc_id: 'vpc-2' }
    expect(rows).toEqual([
      { address: '10.0.0.5', network: 'vpc-1', ...red, own: true },
      { address: '10.0.0.5', network: 'vpc-2', ...blue, subnet_id: 'subnet-of-vpc-2', own: true },
      { address: '203.0.113.7', network: '', ...red, own: true },
    ])
  })

  test('settles the network of flows and ENIs where the log has no VPC', async () => {
    const lake = newLake()
    const log = [line('eni-1 10.0.0.5 198.51.100.9'), line('eni-2 10.0.0.5 198.51.100.9')]
    const networks = 'SELECT interface_id, network, client_network AS src_network FROM flows ORDER BY 1'
    expect(await lake.ask(networks, log)).toEqual(
      ['eni-1', 'eni-2'].map(interface_id => ({ interface_id, network: '111111111111', src_network: '111111111111' })),
    )
    await lake.enrich('network-interfaces', { NetworkInterfaces: [eni('eni-1', 'vpc-1', ['10.0.0.5'])] })
    expect(await lake.ask(networks, log)).toEqual([
      { interface_id: 'eni-1', network: 'vpc-1', src_network: 'vpc-1' },
      { interface_id: 'eni-2', network: '111111111111', src_network: '111111111111' },
    ])
    const withVpc = await lake.ask(
      'SELECT network FROM interfaces',
      [`${line('eni-1 10.0.0.5 198.51.100.9')} vpc-9`],
      `${plain} vpc-id`,
    )
    expect(withVpc).toEqual([{ network: 'vpc-9' }])
  })

  test('of instances alone names their ENIs too; the name of the instance goes before that of the ENI', async () => {
    const lake = newLake()
    const reservation = {
      OwnerId: '111111111111',
      Instances: [
        {
          InstanceId: 'i-1',
          VpcId: 'vpc-1',
          NetworkInterfaces: [eni('eni-1', 'vpc-1', ['10.0.0.5'])],
          Tags: [{ Key: 'Name', Value: 'db' }],
        },
      ],
    }
    const host = `SELECT interface_id, instance_id, name, tags, network FROM hosts WHERE address = '10.0.0.5'`
    const log = [line('eni-1 10.0.0.5 198.51.100.9')]
    const expected = { interface_id: 'eni-1', instance_id: 'i-1', name: 'db', network: 'vpc-1' }
    await lake.enrich('instances', { Reservations: [reservation] })
    expect(await lake.ask(host, log)).toEqual([{ ...expected, tags: { Name: 'db' } }])
    const named = { Attachment: { InstanceId: 'i-1' }, ...web('red') }
    await lake.enrich('network-interfaces', { NetworkInterfaces: [eni('eni-1', 'vpc-1', ['10.0.0.5'], named)] })
    expect(await lake.ask(host, log)).toEqual([{ ...expected, tags: { Name: 'db', team: 'red' } }])
  })

  test('finds the ENI behind a peering, where one alone can be meant', async () => {
    const lake = newLake()
    await lake.enrich('network-interfaces', {
      NetworkInterfaces: [
        eni('eni-1', 'vpc-1', ['10.1.0.5']),
        eni('eni-2', 'vpc-2', ['10.2.0.5']),
        eni('eni-3', 'vpc-3', ['10.3.0.5']),
        eni('eni-4', 'vpc-4', ['10.3.0.5']),
        eni('eni-5', 'vpc-2', ['10.1.0.9']),
      ],
    })
    const log = ['10.2.0.5', '10.3.0.5', '10.1.0.9'].map(peer => line(`eni-1 10.1.0.5 ${peer}`))
    const peers = `SELECT address, network, interface_id, vpc_id FROM hosts WHERE address <> '10.1.0.5' ORDER BY address`
    const bare = ['10.1.0.9', '10.2.0.5', '10.3.0.5'].map(address => ({
      address,
      network: 'vpc-1',
      interface_id: null,
      vpc_id: null as string | null,
    }))
    expect(await lake.ask(peers, log)).toEqual(bare)
    await lake.enrich('vpcs', { Vpcs: [vpc('vpc-1', '10.1.0.0/16')] })
    const [inside, alone, ambiguous] = bare
    expect(await lake.ask(peers, log)).toEqual([
      { ...inside, vpc_id: 'vpc-1' },
      { ...alone, interface_id: 'eni-2', vpc_id: 'vpc-2' },
      ambiguous,
    ])
  })

  test('gives the subnet of an address that no ENI has any more, IPv6 of a VPC, and delegated prefixes', async () => {
    const lake = newLake()
    const delegated = { Ipv4Prefixes: [{ Ipv4Prefix: '10.0.1.16/28' }], Ipv6Prefixes: [{ Ipv6Prefix: '2001:db8:1:2:3::/80' }] }
    await lake.enrich('network-interfaces', { NetworkInterfaces: [eni('eni-1', 'vpc-1', ['10.0.0.5'], delegated)] })
    await lake.enrich('vpcs', { Vpcs: [vpc('vpc-1', '10.0.0.0/16', '2001:db8:1::/56')] })
    await lake.enrich('subnets', {
      Subnets: [subnet('subnet-1', 'vpc-1', '10.0.1.0/24'), subnet('subnet-9', 'vpc-9', '10.0.0.0/8')],
    })
    const peers = ['10.0.1.17', '10.0.1.99', '10.0.9.9', '2001:db8:1:2:3::7', '2001:db8:1:ff::7', '2001:db8:2::7']
    const rows = await lake.ask(
      `SELECT address, network, interface_id, vpc_id, subnet_id, own FROM hosts WHERE address <> '10.0.0.5' ORDER BY address_key`,
      peers.map(peer => line(`eni-1 10.0.0.5 ${peer}`)),
    )
    const eni1 = { interface_id: 'eni-1', vpc_id: 'vpc-1', subnet_id: 'subnet-of-vpc-1', own: true }
    const none = { interface_id: null, vpc_id: 'vpc-1', subnet_id: null, own: true }
    expect(rows).toEqual([
      { address: '10.0.1.17', network: 'vpc-1', ...eni1 },
      { address: '10.0.1.99', network: 'vpc-1', ...none, subnet_id: 'subnet-1' },
      { address: '10.0.9.9', network: 'vpc-1', ...none },
      { address: '2001:db8:1:2:3::7', network: '', ...eni1 },
      { address: '2001:db8:1:ff::7', network: '', ...none },
      { address: '2001:db8:2::7', network: '', ...none, vpc_id: null, own: false },
    ])
  })
})

test('without anything beside the logs, hosts have what the logs show', async () => {
  const rows = await newLake().ask(
    'SELECT address, network, scope, own, first_seen, last_seen, records, interface_id, account_id, lists FROM hosts ORDER BY address_key',
    [line('eni-1 10.0.0.5 198.51.100.9'), line('eni-1 198.51.100.9 10.0.0.5'), line('eni-1 10.0.0.5 198.51.100.8')],
  )
  const seen = { first_seen: 1767607200, last_seen: 1767607260, lists: null }
  const outside = { network: '', scope: 'public', own: false, ...seen, interface_id: null, account_id: null }
  expect(rows).toEqual([
    {
      address: '10.0.0.5',
      network: '111111111111',
      scope: 'private',
      own: true,
      ...seen,
      records: 3,
      interface_id: 'eni-1',
      account_id: '111111111111',
    },
    { address: '198.51.100.8', ...outside, records: 1 },
    { address: '198.51.100.9', ...outside, records: 2 },
  ])
})

test("each client and server of flows is one host of its network, the packets' own addresses too", async () => {
  const header =
    'account-id vpc-id interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr srcport dstport protocol packets bytes start end action log-status'
  const written = (eni: string, ends: string) =>
    `111111111111 vpc-1 ${eni} ${ends} 51000 443 6 5 900 1767607200 1767607260 ACCEPT OK`
  const rows = await newLake().ask(
    `SELECT count(*) AS flows, count(c.address) AS clients, count(s.address) AS servers
    FROM flows f
    LEFT JOIN hosts c ON c.address = f.client AND c.network = f.client_network
    LEFT JOIN hosts s ON s.address = f.server AND s.network = f.server_network`,
    [
      written('eni-nat', '10.0.0.220 203.0.113.5 10.0.1.5 203.0.113.5'),
      written('eni-a', '10.0.1.5 203.0.113.5 10.0.1.5 203.0.113.5'),
      written('eni-a', '203.0.113.5 10.0.1.5 203.0.113.5 10.0.1.5'),
    ],
    header,
  )
  expect(rows).toEqual([{ flows: 3, clients: 3, servers: 3 }])
})

describe("AWS's ranges", () => {
  test('give service and region of the narrowest; AMAZON and EC2 only where no other service has it', async () => {
    const lake = newLake()
    const range = (ip_prefix: string, service: string, region: string) => ({ ip_prefix, service, region })
    await lake.enrich('ip-ranges', {
      prefixes: [
        range('52.92.0.0/16', 'AMAZON', 'us-east-1'),
        range('52.92.16.0/20', 'AMAZON', 'us-east-1'),
        range('52.92.16.0/20', 'S3', 'us-east-1'),
        range('52.92.16.0/20', 'EC2', 'us-east-1'),
        range('52.92.17.0/24', 'EC2', 'us-west-2'),
        range('52.92.17.0/24', 'AMAZON', 'us-west-2'),
      ],
      ipv6_prefixes: [{ ipv6_prefix: '2600:1f00::/24', service: 'EC2', region: 'eu-west-1' }],
    })
    const peers = ['52.92.16.1', '52.92.17.1', '52.92.99.1', '52.93.0.1', '2600:1fff::1']
    const rows = await lake.ask(
      `SELECT address, aws_service AS service, aws_region AS region FROM hosts WHERE scope = 'public' ORDER BY address_key`,
      peers.map(peer => line(`eni-1 10.0.0.5 ${peer}`)),
    )
    expect(rows).toEqual([
      { address: '52.92.16.1', service: 'S3', region: 'us-east-1' },
      { address: '52.92.17.1', service: 'EC2', region: 'us-west-2' },
      { address: '52.92.99.1', service: 'AMAZON', region: 'us-east-1' },
      { address: '52.93.0.1', service: null, region: null },
      { address: '2600:1fff::1', service: 'EC2', region: 'eu-west-1' },
    ])
  })
})

test('lists name all that an address stands on, and own networks are ours', async () => {
  const lake = newLake()
  await lake.enrich('known-bad', '198.51.100.0/24\n198.51.100.9 5')
  await lake.enrich('known-good', '198.51.100.9')
  await lake.enrich('own-networks', '198.51.100.8/31')
  const rows = await lake.ask(
    `SELECT address, own, lists FROM hosts WHERE scope = 'public' ORDER BY address_key`,
    ['198.51.100.7', '198.51.100.9', '198.51.101.1'].map(peer => line(`eni-1 10.0.0.5 ${peer}`)),
  )
  expect(rows).toEqual([
    { address: '198.51.100.7', own: false, lists: ['known-bad'] },
    { address: '198.51.100.9', own: true, lists: ['known-bad', 'known-good'] },
    { address: '198.51.101.1', own: false, lists: null },
  ])
})

describe('MMDB files', () => {
  const autonomous = { autonomous_system_number: 64496, autonomous_system_organization: 'Example Networks' }
  const origins = `SELECT address, asn, as_name, country FROM hosts WHERE scope = 'public' ORDER BY address_key`
  const log = ['198.51.100.9', '203.0.113.9', '2001:db8::9'].map(peer => line(`eni-1 10.0.0.5 ${peer}`))

  test('say of which autonomous system and country an address is', async () => {
    const lake = newLake()
    await lake.enrich('asn', mmdb('GeoLite2-ASN', { '198.51.100.0/24': autonomous, '2001:db8::/32': autonomous }))
    const country = mmdb('GeoLite2-Country', {
      '198.51.100.0/25': { country: { iso_code: 'NL' } },
      '203.0.113.0/24': { registered_country: { iso_code: 'DE' } },
    })
    expect(await lake.enrich('country', country)).toEqual({ name: 'country', kind: 'database', rows: null })
    const found = { asn: 64496, as_name: 'Example Networks' }
    expect(await lake.ask(origins, log)).toEqual([
      { address: '198.51.100.9', ...found, country: 'NL' },
      { address: '203.0.113.9', asn: null, as_name: null, country: 'DE' },
      { address: '2001:db8::9', ...found, country: null },
    ])
  })

  test('may be one file for both, in the form of IPinfo', async () => {
    const lake = newLake()
    const entry = { asn: 'AS64496', as_name: 'Example Networks', country: 'Germany', country_code: 'DE', continent: 'Europe' }
    await lake.enrich('asn', mmdb('ipinfo lite', { '198.51.100.0/24': entry }))
    expect((await lake.ask(origins, log))[0]).toEqual({
      address: '198.51.100.9',
      asn: 64496,
      as_name: 'Example Networks',
      country: 'DE',
    })
  })
})

test('a damaged table is named, and never passed over', async () => {
  const lake = newLake()
  await lake.enrich('known-bad', '198.51.100.0/24')
  const { writeFileSync } = await import('node:fs')
  writeFileSync(`${lake.path}/enrichment/listed_networks/known-bad.parquet`, 'not Parquet')
  await expect(lake.ask('SELECT * FROM hosts', [line('eni-1 10.0.0.5 198.51.100.9')])).rejects.toMatchObject({
    code: 'reference-damaged',
    where: `${lake.path}/enrichment/listed_networks/known-bad.parquet`,
    action: 'weir lake enrich known-bad FILE',
  })
  expect(await lake.ask('SELECT * FROM flows', [line('eni-1 10.0.0.5 198.51.100.9')])).toHaveLength(1)
})
