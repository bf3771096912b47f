import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openDuckdb, rowsOf, type DuckdbEngine, type Value } from '../../src/engine/index.js'
import { enrich, enrichmentReferences, type EnrichOptions } from '../../src/lake/index.js'

/** Version 2, and what some logs have beyond it. */
export const plain =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'

/** A line of an ENI: `eni-1 10.0.0.5 203.0.113.9`. */
export const line = (ends: string, account = '111111111111'): string =>
  `2 ${account} ${ends} 51000 443 6 5 900 1767607200 1767607260 ACCEPT OK`

let lakes = 0

/** A folder of the test file's own, with lakes in it that are named by number. */
export function ownLakes() {
  const folder = mkdtempSync(join(tmpdir(), 'weir-enrichment-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  return () => new Lake(join(folder, `lake-${++lakes}`), folder)
}

export class Lake {
  constructor(
    readonly path: string,
    private readonly folder: string,
  ) {}

  /** A file beside the lake; what is no text is written as JSON. */
  file(name: string, content: unknown): string {
    const file = join(this.folder, name)
    writeFileSync(file, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content))
    return file
  }

  /** Puts a table beside the logs of the lake. */
  enrich(name: string, content: unknown, options: EnrichOptions = {}) {
    return enrich(this.path, name, this.file(`${name}.txt`, content), options)
  }

  /** Opens a log of these lines, with the lake's tables beside it. */
  async open(lines: readonly string[] = [], header = plain): Promise<DuckdbEngine> {
    const sources = lines.length > 0 ? [this.file('flows.log', `${[header, ...lines].join('\n')}\n`)] : []
    return openDuckdb({ sources, references: await enrichmentReferences(this.path) })
  }

  async ask(sql: string, lines: readonly string[] = [], header = plain): Promise<Record<string, Value>[]> {
    const engine = await this.open(lines, header)
    try {
      return await rowsOf(await engine.query(sql))
    } finally {
      await engine.close()
    }
  }
}

/** An ENI as describe-network-interfaces prints it, with what matters here. */
export const eni = (id: string, vpc: string, addresses: readonly string[], more: object = {}) => ({
  NetworkInterfaceId: id,
  OwnerId: '111111111111',
  AvailabilityZone: 'eu-central-1a',
  VpcId: vpc,
  SubnetId: `subnet-of-${vpc}`,
  PrivateIpAddresses: addresses.filter(address => !address.includes(':')).map(PrivateIpAddress => ({ PrivateIpAddress })),
  Ipv6Addresses: addresses.filter(address => address.includes(':')).map(Ipv6Address => ({ Ipv6Address })),
  ...more,
})

export const vpc = (id: string, ...networks: string[]) => ({
  VpcId: id,
  OwnerId: '111111111111',
  IsDefault: false,
  CidrBlockAssociationSet: networks
    .filter(network => !network.includes(':'))
    .map(CidrBlock => ({ CidrBlock, CidrBlockState: { State: 'associated' } })),
  Ipv6CidrBlockAssociationSet: networks
    .filter(network => network.includes(':'))
    .map(Ipv6CidrBlock => ({ Ipv6CidrBlock, Ipv6CidrBlockState: { State: 'associated' } })),
})

export const subnet = (id: string, of: string, network: string) => ({
  SubnetId: id,
  VpcId: of,
  AvailabilityZone: 'eu-central-1b',
  CidrBlock: network,
})

export const flowLog = (id: string, resource: string, more: object = {}) => ({
  FlowLogId: id,
  ResourceId: resource,
  FlowLogStatus: 'ACTIVE',
  TrafficType: 'ALL',
  MaxAggregationInterval: 60,
  DeliverLogsStatus: 'SUCCESS',
  LogDestinationType: 's3',
  LogDestination: 'arn:aws:s3:::logs',
  ...more,
})
