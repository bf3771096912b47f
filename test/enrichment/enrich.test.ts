import { existsSync, readdirSync, renameSync } from 'node:fs'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { Fault } from '../../src/fault/index.js'
import { enrich, enrichments, removeEnrichment } from '../../src/lake/index.js'
import { eni, flowLog, ownLakes, subnet, vpc } from './world.js'

const newLake = ownLakes()

describe('what the AWS CLI prints', () => {
  test('describe-network-interfaces', async () => {
    const lake = newLake()
    const attached = {
      Description: 'ELB app/front',
      InterfaceType: 'interface',
      Status: 'in-use',
      RequesterManaged: true,
      MacAddress: '02:00:00:00:00:01',
      Association: { PublicIp: '203.0.113.7' },
      Attachment: { InstanceId: 'i-1' },
      Ipv4Prefixes: [{ Ipv4Prefix: '10.0.1.16/28' }],
      Groups: [{ GroupId: 'sg-1', GroupName: 'web' }],
      TagSet: [{ Key: 'Name', Value: 'front' }],
    }
    const page = { NetworkInterfaces: [eni('eni-1', 'vpc-1', ['10.0.0.5', '2001:db8::5'], attached), eni('eni-2', 'vpc-1', [])] }
    expect(await lake.enrich('network-interfaces', page)).toEqual({ name: 'network-interfaces', kind: 'inventory', rows: 2 })
    expect(await lake.ask(`SELECT * FROM network_interfaces WHERE interface_id = 'eni-1'`)).toEqual([
      {
        interface_id: 'eni-1',
        instance_id: 'i-1',
        name: 'front',
        description: 'ELB app/front',
        interface_type: 'interface',
        status: 'in-use',
        requester_managed: true,
        account_id: '111111111111',
        region: 'eu-central-1',
        availability_zone: 'eu-central-1a',
        vpc_id: 'vpc-1',
        subnet_id: 'subnet-of-vpc-1',
        mac_address: '02:00:00:00:00:01',
        addresses: ['10.0.0.5', '2001:db8::5', '203.0.113.7'],
        public_addresses: ['203.0.113.7'],
        prefixes: ['10.0.1.16/28'],
        security_groups: ['sg-1'],
        tags: { Name: 'front' },
      },
    ])
  })

  test('describe-instances, with the addresses of their ENIs', async () => {
    const lake = newLake()
    const instance = {
      InstanceId: 'i-1',
      InstanceType: 't3.micro',
      State: { Name: 'running' },
      LaunchTime: '2026-01-05T10:00:00+00:00',
      Placement: { AvailabilityZone: 'us-west-2-lax-1a' },
      VpcId: 'vpc-1',
      SubnetId: 'subnet-1',
      NetworkInterfaces: [eni('eni-1', 'vpc-1', ['10.0.0.5'])],
      Tags: [{ Key: 'Name', Value: 'web' }],
    }
    await lake.enrich('instances', { Reservations: [{ OwnerId: '222222222222', Instances: [instance] }] })
    const columns = 'instance_id, name, state, launch_time, account_id, region, interfaces'
    expect(await lake.ask(`SELECT ${columns} FROM instances`)).toEqual([
      {
        instance_id: 'i-1',
        name: 'web',
        state: 'running',
        launch_time: 1767607200,
        account_id: '222222222222',
        region: 'us-west-2',
        interfaces: { 'eni-1': ['10.0.0.5'] },
      },
    ])
  })

  test('describe-vpcs, without what is no longer associated; describe-subnets', async () => {
    const lake = newLake()
    const gone = { CidrBlock: '10.9.0.0/16', CidrBlockState: { State: 'disassociated' } }
    const one = vpc('vpc-1', '10.0.0.0/16', '2001:db8:1::/56')
    await lake.enrich('vpcs', { Vpcs: [{ ...one, CidrBlockAssociationSet: [...one.CidrBlockAssociationSet, gone] }] })
    await lake.enrich('subnets', { Subnets: [subnet('subnet-1', 'vpc-1', '10.0.1.0/24')] })
    expect(await lake.ask('SELECT vpc_id, networks FROM vpcs')).toEqual([
      { vpc_id: 'vpc-1', networks: ['10.0.0.0/16', '2001:db8:1::/56'] },
    ])
    expect(await lake.ask('SELECT subnet_id, vpc_id, region, networks FROM subnets')).toEqual([
      { subnet_id: 'subnet-1', vpc_id: 'vpc-1', region: 'eu-central-1', networks: ['10.0.1.0/24'] },
    ])
  })

  test('describe-flow-logs, to S3 and to CloudWatch Logs', async () => {
    const lake = newLake()
    const toGroup = { LogDestination: null, LogGroupName: '/vpc/flow', DeliverLogsErrorMessage: 'Access error' }
    await lake.enrich('flow-logs', { FlowLogs: [flowLog('fl-1', 'vpc-1'), flowLog('fl-2', 'eni-1', toGroup)] })
    const columns = 'resource_id, traffic_type, max_aggregation_interval, log_destination, delivery_error'
    expect(await lake.ask(`SELECT ${columns} FROM flow_log_configurations ORDER BY flow_log_id`)).toEqual([
      {
        resource_id: 'vpc-1',
        traffic_type: 'ALL',
        max_aggregation_interval: 60,
        log_destination: 'arn:aws:s3:::logs',
        delivery_error: null,
      },
      {
        resource_id: 'eni-1',
        traffic_type: 'ALL',
        max_aggregation_interval: 60,
        log_destination: '/vpc/flow',
        delivery_error: 'Access error',
      },
    ])
  })

  test('several documents, one behind the other or in one array; the later of two that are alike stands', async () => {
    const lake = newLake()
    const pages = [vpc('vpc-1', '10.0.0.0/16'), vpc('vpc-2', '10.1.0.0/16'), vpc('vpc-1', '10.2.0.0/16')].map(one => ({
      Vpcs: [one],
    }))
    const expected = [
      { vpc_id: 'vpc-1', networks: ['10.2.0.0/16'] },
      { vpc_id: 'vpc-2', networks: ['10.1.0.0/16'] },
    ]
    for (const text of [pages.map(page => JSON.stringify(page, null, 4)).join('\n'), JSON.stringify(pages)]) {
      expect((await lake.enrich('vpcs', text)).rows).toBe(2)
      expect(await lake.ask('SELECT vpc_id, networks FROM vpcs ORDER BY vpc_id')).toEqual(expected)
    }
  })

  test('a second file takes the place of the first, or is added to it', async () => {
    const lake = newLake()
    const ids = async () => (await lake.ask('SELECT vpc_id FROM vpcs ORDER BY vpc_id')).map(row => row['vpc_id'])
    await lake.enrich('vpcs', { Vpcs: [vpc('vpc-1', '10.0.0.0/16'), vpc('vpc-2', '10.1.0.0/16')] })
    await lake.enrich('vpcs', { Vpcs: [vpc('vpc-2', '10.2.0.0/16'), vpc('vpc-3', '10.3.0.0/16')] }, { add: true })
    expect(await ids()).toEqual(['vpc-1', 'vpc-2', 'vpc-3'])
    expect(await lake.ask(`SELECT networks FROM vpcs WHERE vpc_id = 'vpc-2'`)).toEqual([{ networks: ['10.2.0.0/16'] }])
    await lake.enrich('vpcs', { Vpcs: [vpc('vpc-4', '10.4.0.0/16')] })
    expect(await ids()).toEqual(['vpc-4'])
  })

  test('comes from standard input, too', async () => {
    const { path } = newLake()
    const stdin = Readable.from([Buffer.from('{"Vpcs":[]}')])
    expect(await enrich(path, 'vpcs', '-', { stdin })).toEqual({ name: 'vpcs', kind: 'inventory', rows: 0 })
  })
})

describe("AWS's published ranges", () => {
  test('IPv4 and IPv6', async () => {
    const lake = newLake()
    const [region, service] = ['eu-west-1', 'S3']
    const ranges = {
      syncToken: '1',
      prefixes: [{ ip_prefix: '52.218.0.0/17', region, service, network_border_group: region }],
      ipv6_prefixes: [{ ipv6_prefix: '2a05:d050:8000::/40', region, service }],
    }
    expect(await lake.enrich('ip-ranges', ranges)).toMatchObject({ kind: 'ranges', rows: 2 })
    expect(await lake.ask('SELECT network, first_key, last_key, prefix_length, service FROM aws_ranges ORDER BY 1 DESC')).toEqual(
      [
        { network: '52.218.0.0/17', first_key: '52.218.0.0', last_key: '52.218.127.255', prefix_length: 17, service },
        {
          network: '2a05:d050:8000::/40',
          first_key: '2a05:d050:8000::',
          last_key: '2a05:d050:80ff:ffff:ffff:ffff:ffff:ffff',
          prefix_length: 40,
          service,
        },
      ],
    )
  })
})

describe('lists', () => {
  const cases: Record<string, [string | object, object[]]> = {
    'plain lines with remarks': [
      '# bad ones\n203.0.113.7\n\n198.51.100.77/24 ; SBL1\n2001:DB8::/32 # six\r\n',
      [
        { network: '198.51.100.0/24', score: null, source: 'known-bad' },
        { network: '2001:db8::/32', score: null, source: 'known-bad' },
        { network: '203.0.113.7/32', score: null, source: 'known-bad' },
      ],
    ],
    'ipsum: address, tab, score': [
      '# IPsum\n203.0.113.7\t9\n203.0.113.8\t1\n',
      [
        { network: '203.0.113.7/32', score: 9, source: 'known-bad' },
        { network: '203.0.113.8/32', score: 1, source: 'known-bad' },
      ],
    ],
    'CSV with columns by name': [
      '\uFEFFsource,"IP",score\n"feed, one",203.0.113.7,0.5\nother,::ffff:203.0.113.8,\n',
      [
        { network: '203.0.113.7/32', score: 0.5, source: 'feed, one' },
        { network: '203.0.113.8/32', score: null, source: 'other' },
      ],
    ],
    'a MISP warning list': [
      { name: 'Resolvers', type: 'cidr', version: 1, list: ['203.0.113.53', '2001:db8::53'] },
      [
        { network: '2001:db8::53/128', score: null, source: 'Resolvers' },
        { network: '203.0.113.53/32', score: null, source: 'Resolvers' },
      ],
    ],
  }
  test.each(Object.entries(cases))('%s', async (_, [content, expected]) => {
    const lake = newLake()
    expect(await lake.enrich('known-bad', content)).toMatchObject({ kind: 'list', rows: expected.length })
    const sql = 'SELECT network, score, source FROM listed_networks ORDER BY network'
    expect(await lake.ask(sql)).toEqual(expected)
  })

  test('known-bad and known-good stand in one relation, own networks in theirs', async () => {
    const lake = newLake()
    await lake.enrich('known-bad', '203.0.113.7')
    await lake.enrich('known-good', '203.0.113.7')
    await lake.enrich('own-networks', '203.0.113.0/24')
    expect(await lake.ask('SELECT list, network FROM listed_networks ORDER BY list')).toEqual([
      { list: 'known-bad', network: '203.0.113.7/32' },
      { list: 'known-good', network: '203.0.113.7/32' },
    ])
    expect(await lake.ask('SELECT first_key, last_key FROM own_networks')).toEqual([
      { first_key: '203.0.113.0', last_key: '203.0.113.255' },
    ])
  })
})

describe('what is refused, and leaves what is there', () => {
  const cases: [name: string, content: unknown, code: string, said: RegExp][] = [
    ['vpcs', '{"Vpcs":[{"VpcId":7}]}', 'enrichment-shape', /vpcs\.txt, \$\.Vpcs\[0\]\.VpcId/],
    ['vpcs', '{"Vpcs":[]} {"Subnets":[]}', 'enrichment-shape', /document 2, \$\.Vpcs/],
    ['vpcs', { Vpcs: [vpc('vpc-1', '10.0.0/16')] }, 'enrichment-shape', /this is no network/],
    ['vpcs', { Vpcs: [], NextToken: 'x' }, 'enrichment-partial', /NextToken/],
    ['vpcs', '{"Vpcs":[', 'enrichment-json', /only a part of it/],
    ['vpcs', 'An error occurred (UnauthorizedOperation)', 'enrichment-json', /no JSON/],
    ['vpcs', '', 'enrichment-json', /it is empty/],
    ['known-bad', '203.0.113.7\n203.0.113.300\n', 'enrichment-network', /known-bad\.txt:2/],
    ['known-bad', { name: 'x', list: ['example.com'] }, 'enrichment-network', /"example\.com" is no network.*\$\.list\[0\]/],
    ['known-bad', '# nothing\n', 'enrichment-empty', /no network in the list/],
    ['asn', 'text', 'mmdb-invalid', /no MMDB/],
  ]
  test.each(cases)('%s: %j', async (name, content, code, said) => {
    const lake = newLake()
    if (name === 'vpcs') await lake.enrich(name, { Vpcs: [vpc('vpc-1', '10.0.0.0/16')] })
    const fault = await lake.enrich(name, content).then(
      () => undefined,
      (error: unknown) => error,
    )
    if (!(fault instanceof Fault)) throw new Error(`no fault: ${String(fault)}`)
    expect(fault).toMatchObject({ kind: 'source', code })
    expect(`${fault.message} ${fault.where ?? ''}`).toMatch(said)
    expect((await enrichments(lake.path)).map(({ rows }) => rows)).toEqual(name === 'vpcs' ? [1] : [])
    expect(readdirSync(`${lake.path}/enrichment`).filter(file => file.startsWith('_'))).toEqual([])
  })

  test('a name that is none, a file that is not there, --add of an MMDB file', async () => {
    const lake = newLake()
    await expect(lake.enrich('vpc', {})).rejects.toMatchObject({ code: 'enrichment-unknown', kind: 'usage' })
    await expect(enrich(lake.path, 'vpcs', '/nowhere')).rejects.toMatchObject({ code: 'enrichment-file', kind: 'source' })
    await expect(lake.enrich('asn', '', { add: true })).rejects.toMatchObject({ code: 'enrichment-usage', kind: 'usage' })
    expect(existsSync(lake.path)).toBe(false)
  })
})

test('tables are listed, and taken away', async () => {
  const lake = newLake()
  expect(await enrichments(lake.path)).toEqual([])
  await lake.enrich('known-good', '203.0.113.7')
  const [stored, ...others] = await enrichments(lake.path)
  expect(stored).toMatchObject({
    name: 'known-good',
    kind: 'list',
    rows: 1,
    file: `${lake.path}/enrichment/listed_networks/known-good.parquet`,
  })
  expect([stored?.date instanceof Date, others]).toEqual([true, []])
  expect(await removeEnrichment(lake.path, 'known-good')).toBe(true)
  expect(await removeEnrichment(lake.path, 'known-good')).toBe(false)
  expect(await lake.ask('SELECT * FROM listed_networks')).toEqual([])
})

test('a table where an earlier version put it is read, added to and taken away', async () => {
  const lake = newLake()
  await lake.enrich('known-bad', '203.0.113.7')
  const [before, after] = [
    `${lake.path}/enrichment/known-bad.parquet`,
    `${lake.path}/enrichment/listed_networks/known-bad.parquet`,
  ]
  renameSync(after, before)
  expect(await lake.ask('SELECT network FROM listed_networks')).toEqual([{ network: '203.0.113.7/32' }])
  await lake.enrich('known-bad', '203.0.113.8', { add: true })
  expect([existsSync(before), existsSync(after)]).toEqual([false, true])
  expect(await lake.ask('SELECT network FROM listed_networks ORDER BY 1')).toHaveLength(2)
  renameSync(after, before)
  expect(await removeEnrichment(lake.path, 'known-bad')).toBe(true)
  expect(await enrichments(lake.path)).toEqual([])
})
