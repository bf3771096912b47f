import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

const V2 = 'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'

/** A format of other fields in another order, without account and region, with one that no table knows. */
export const CUSTOM = 'srcaddr dstaddr srcport dstport protocol bytes packets start end action log-status interface-id my-field'

export interface Delivered {
  readonly account?: string
  readonly region?: string
  readonly flowLog: string
  /** Of somebody else's; AWS's where left out. */
  readonly name?: string
  /** YYYY/MM/DD, of the delivery. */
  readonly day?: string
  readonly hour?: string
  readonly hive?: boolean
  readonly lines: readonly string[]
}

/** Lines of version 2, the first of them its header, that start at 2026-01-05T00:00:00Z. */
export const version2 = (account = '111122223333'): readonly string[] => [
  V2,
  `2 ${account} eni-0a 10.0.0.5 198.51.100.7 51000 443 6 10 1000 1767571200 1767571260 ACCEPT OK`,
  `2 ${account} eni-0a 2001:db8::5 2001:db8::7 51000 22 6 1 9007199254740993 1767571200 1767571260 REJECT OK`,
  `2 ${account} eni-0b - - - - - - - 1767571200 1767571260 - NODATA`,
]

export const custom: readonly string[] = [
  CUSTOM,
  '10.0.1.5 198.51.100.7 52000 53 17 120 2 1767571230 1767571290 ACCEPT OK eni-0c mine',
  '- - - - - - - 1767571230 1767571290 - SKIPDATA eni-0c -',
]

/** Puts a file where AWS delivers it, below a folder `AWSLogs`. */
export function deliver(folder: string, delivered: Delivered): void {
  const { account = '111122223333', region = 'eu-west-1', flowLog, day = '2026/01/05', hour, hive = false, lines } = delivered
  const [year, month, date] = day.split('/')
  const folders = hive
    ? [
        `aws-account-id=${account}/aws-service=vpcflowlogs/aws-region=${region}`,
        `year=${year}/month=${month}/day=${date}`,
        ...(hour === undefined ? [] : [`hour=${hour}`]),
      ]
    : [`${account}/vpcflowlogs/${region}/${day}`, ...(hour === undefined ? [] : [hour])]
  const awsName = `${account}_vpcflowlogs_${region}_${flowLog}_${year}${month}${date}T0600Z_b047ee87.log.gz`
  const path = join(folder, 'AWSLogs', ...folders, delivered.name ?? awsName)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, gzipSync(`${lines.join('\n')}\n`))
}
