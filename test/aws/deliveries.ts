import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { simulate } from '../../src/simulate/index.js'

export const REGION = 'eu-west-1'

/** An object as AWS delivers it, and where its records are from. */
export interface Delivery {
  readonly key: string
  readonly body: Buffer
  readonly account: string
}

/** One way of laying logs out in a bucket. */
export interface Layout {
  readonly title: string
  readonly key: (place: Place) => string
  readonly body: (place: Place) => Buffer | Promise<Buffer>
}

interface Place {
  readonly account: string
  readonly region: string
  readonly date: string
  readonly hour: string
}

const slashed = (date: string): string => date.replaceAll('-', '/')
const named = (date: string): string => `year=${date.replace('-', '/month=').replace('-', '/day=')}`

const fileOf = ({ account, region, date, hour }: Place, suffix = 'log.gz'): string =>
  `${account}_vpcflowlogs_${region}_fl-0a1b2c3d4e5f60718_${date.replaceAll('-', '')}T${hour}00Z_${hour}abcdef.${suffix}`

const plain = (place: Place): string => `${place.account}/vpcflowlogs/${place.region}/${slashed(place.date)}/`
const hive = (place: Place, service = 'aws-service'): string =>
  `aws-account-id=${place.account}/${service}=vpcflowlogs/aws-region=${place.region}/${named(place.date)}/`

const startOf = ({ date, hour }: Place): number => Date.parse(`${date}T${hour}:00:00Z`) / 1000

/** Thirty records in ten minutes, one line that says nothing was seen, and one that says something was lost. */
function gzipOf(header: string, record: (i: number, start: number) => string, empty: (start: number, status: string) => string) {
  return (place: Place): Buffer => {
    const start = startOf(place)
    const records = Array.from({ length: 30 }, (_, i) => record(i, start + i * 20))
    return gzipSync([header, ...records, empty(start, 'NODATA'), empty(start, 'SKIPDATA'), ''].join('\n'))
  }
}

const seed = (place: Place): number => Number(place.account.slice(0, 2)) + startOf(place)

/** The default format: version 2, with the account and without the region. */
const version2 = (place: Place): Buffer =>
  gzipOf(
    'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status',
    (i, start) =>
      `2 ${place.account} eni-0a1b2c3d4e5f6071${i % 10} 10.0.${i % 3}.${i} 198.51.100.7 ${1024 + (seed(place) % 1000) + i} 443 6 ${1 + i} ${40 * (i + 1)} ${start} ${start + 59} ${i % 7 === 0 ? 'REJECT' : 'ACCEPT'} OK`,
    (start, status) => `2 ${place.account} eni-0a1b2c3d4e5f60710 - - - - - - - ${start} ${start + 59} - ${status}`,
  )(place)

/** A format of one's own, with neither account nor region: its path alone tells them. */
const withoutPlace = gzipOf(
  'interface-id srcaddr dstaddr srcport dstport protocol tcp-flags bytes packets start end action log-status',
  (i, start) =>
    `eni-0a1b2c3d4e5f6071${i % 10} 2001:db8::${i} 2001:db8:1::7 ${2048 + i} 22 6 ${i % 4} ${60 * i} ${i} ${start} ${start + 30} ACCEPT OK`,
  (start, status) => `eni-0a1b2c3d4e5f60710 - - - - - - - - ${start} ${start + 59} - ${status}`,
)

const transitGateway = (place: Place): Buffer =>
  gzipOf(
    'version resource-type account-id tgw-id tgw-attachment-id srcaddr dstaddr srcport dstport protocol packets bytes start end log-status type packets-lost-no-route tcp-flags region flow-direction',
    (i, start) =>
      `6 TransitGateway ${place.account} tgw-0a1b tgw-attach-0c2d 10.1.0.${i} 10.2.0.7 ${3000 + i} 443 6 ${1 + i} ${90 * i} ${start} ${start + 59} OK IPv4 ${i % 2} 2 ${place.region} ${i % 2 ? 'ingress' : 'egress'}`,
    (start, status) =>
      `6 TransitGateway ${place.account} tgw-0a1b tgw-attach-0c2d - - - - - - - ${start} ${start + 59} ${status} - - - ${place.region} -`,
  )(place)

const made = new Map<string, Promise<Buffer>>()

/** Parquet as AWS writes it. */
function parquet(place: Place): Promise<Buffer> {
  const key = JSON.stringify(place)
  const body = made.get(key) ?? simulated(place)
  made.set(key, body)
  return body
}

async function simulated({ account, region, date, hour }: Place): Promise<Buffer> {
  const out = mkdtempSync(join(tmpdir(), 'weir-parquet-'))
  try {
    const choice = { scenarios: [], logVersion: 5, filesPerDay: 1, records: 300, hosts: 24 }
    await simulate({ ...choice, fileFormat: 'parquet', out, account, region, start: date, seed: Number(hour) })
    const [written = ''] = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.parquet'))
    return readFileSync(join(out, written))
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

/** All layouts that AWS and people know. */
export const LAYOUTS: readonly Layout[] = [
  { title: 'as it comes', key: place => `AWSLogs/${plain(place)}${fileOf(place)}`, body: version2 },
  { title: 'by the hour', key: place => `AWSLogs/${plain(place)}${place.hour}/${fileOf(place)}`, body: withoutPlace },
  { title: 'Hive-style', key: place => `AWSLogs/${hive(place)}${fileOf(place)}`, body: withoutPlace },
  {
    title: 'Hive-style by the hour, Parquet',
    key: place => `AWSLogs/${hive(place)}hour=${place.hour}/${fileOf(place, 'log.parquet')}`,
    body: parquet,
  },
  { title: 'in an organisation', key: place => `AWSLogs/o-a1b2c3d4e5/${plain(place)}${fileOf(place)}`, body: version2 },
  { title: 'under a prefix', key: place => `security/net/AWSLogs/${plain(place)}${fileOf(place)}`, body: withoutPlace },
  {
    title: 'under a prefix, Parquet',
    key: place => `security/AWSLogs/${plain(place)}${fileOf(place, 'log.parquet')}`,
    body: parquet,
  },
  {
    title: 'of a transit gateway, Hive-style',
    key: place => `AWSLogs/${hive(place, 'service')}${fileOf(place)}`,
    body: transitGateway,
  },
  {
    title: 'under any other prefix',
    key: place => `copied/by hand/${place.account}-${place.date}-${place.hour}.gz`,
    body: version2,
  },
]

export async function delivery(layout: Layout, account: string, date: string, hour: string): Promise<Delivery> {
  const place = { account, region: REGION, date, hour }
  return { key: layout.key(place), body: await layout.body(place), account }
}
