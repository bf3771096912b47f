// Small logs of several accounts, regions and days, for tests of what a lake keeps.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { randomFrom } from './random.js'

const ACCOUNTS = ['111111111111', '222222222222']
const REGIONS = ['eu-west-1', 'us-east-1']
const DAYS = 3
const FIRST_DAY = Date.UTC(2026, 2, 1) / 1000
const LAYOUTS = [
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status',
  'vpc-id interface-id account-id start end srcaddr dstaddr srcport dstport protocol packets bytes action log-status region',
]

/** Writes so many objects below `folder`, always the same; gives their paths and how many records each has, of any status. */
export function writeLogs(folder, objects) {
  const random = randomFrom(7)
  const records = new Map()
  for (let i = 0; i < objects; i++) {
    const [account, region] = [ACCOUNTS[i % 2], REGIONS[Math.floor(i / 2) % 2]]
    const day = FIRST_DAY + Math.floor((i * DAYS) / objects) * 86_400
    // The last of a day begin before midnight and end after it.
    const begin = i % 7 === 0 ? day + 86_400 - 300 : day + Math.floor(random() * 80_000)
    const layout = LAYOUTS[i % 5 === 0 ? 1 : 0]
    const count = i % 9 === 0 ? 0 : 5 + Math.floor(random() * 30)
    const lines = Array.from({ length: count }, (_, n) => lineOf(layout, { account, region, i, n, at: begin + n * 30 }))
    const bad = i === 11 ? ['2 not a record', `${lines[0]} and more`] : []
    const date = new Date(begin * 1000).toISOString()
    const name = `${account}_vpcflowlogs_${region}_fl-1_${date.slice(0, 16).replaceAll(/[-:]/g, '')}Z_${String(i).padStart(4, '0')}.log`
    const isPlain = i % 4 === 0
    const path = join(
      folder,
      ...['AWSLogs', account, 'vpcflowlogs', region, ...date.slice(0, 10).split('-')],
      isPlain ? name : `${name}.gz`,
    )
    const text = `${[layout, ...lines.slice(0, 3), ...bad, ...lines.slice(3)].join('\n')}\n`
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, isPlain ? text : gzipSync(text))
    records.set(path, count)
  }
  return records
}

/** A line of a layout. Lines of status OK differ in their bytes from all others; some stand twice in their object. */
function lineOf(layout, { account, region, i, n, at }) {
  const same = n % 11 === 10 ? n - 1 : n
  const status = i % 12 !== 5 ? 'OK' : n % 3 === 1 ? 'NODATA' : n % 5 === 4 ? 'SKIPDATA' : 'OK'
  const values = {
    version: 2,
    'account-id': account,
    region,
    'vpc-id': `vpc-${account.slice(0, 4)}000000000000${i % 3}`,
    'interface-id': `eni-0${String(i).padStart(16, '0')}`,
    srcaddr: `10.0.0.${same}`,
    dstaddr: n % 6 === 5 ? '2001:db8::7' : '198.51.100.7',
    srcport: 1024 + same,
    dstport: 443,
    protocol: 6,
    packets: 10,
    bytes: 1_000 * i + same,
    start: at - (n - same) * 30,
    end: at - (n - same) * 30 + 60,
    action: same % 3 === 0 ? 'REJECT' : 'ACCEPT',
    'log-status': status,
  }
  const kept = ['version', 'account-id', 'region', 'vpc-id', 'interface-id', 'start', 'end', 'log-status']
  return layout
    .split(' ')
    .map(field => (status === 'OK' || kept.includes(field) ? values[field] : '-'))
    .join(' ')
}
