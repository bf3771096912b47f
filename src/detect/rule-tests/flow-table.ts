import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Fault } from '../../fault/index.js'
import { protocolNumber } from '../protocol.js'
import { addressesOf, momentsOf, numbersOf } from './ranges.js'

/** Monday, 5 January 2026, 10:00 UTC: what `at` counts from. */
const began = 1_767_607_200
const mostRows = 20_000

const columns = [
  'src', 'dst', 'port', 'sport', 'proto', 'action', 'at', 'times', 'packets', 'bytes', 'duration', 'flags', 'reply', 'direction',
  'eni', 'vpc', 'account',
] as const // prettier-ignore
type ColumnName = (typeof columns)[number]

/** One record that a test writes, in AWS's field names with hyphens, as text. */
export type TestRecord = Readonly<Record<string, string>>

const defaultFields =
  'version account-id interface-id vpc-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status tcp-flags flow-direction'

/** The log of a test's table: a header, then its records. `fields` are the names of the header; left out, those of version 5. */
export function flowLogOf(table: string, fields = defaultFields, where = 'flows'): string {
  const names = fields.trim().split(/\s+/)
  const records = recordsOf(table, where)
  return [names.join(' '), ...records.map(record => names.map(name => record[name] ?? '-').join(' '))].join('\n') + '\n'
}

/** The records of a test's table: each line stands for the product of its ranges, its moments spread evenly over them. */
export function recordsOf(table: string, where: string): readonly TestRecord[] {
  const [header = '', ...lines] = table
    .split('\n')
    .map(line => line.trim())
    .filter(line => line && !line.startsWith('#'))
  const names = header.split(/\s+/).map(name => {
    const known = columns.find(column => column === name)
    if (known) return known
    throw wrong(`there is no column ${name}`, where, `one of ${columns.join(', ')}`)
  })
  const records = lines.flatMap((line, i) => {
    const cells = line.split(/\s+/)
    if (cells.length !== names.length)
      throw wrong(
        `line ${i + 2} has ${cells.length} cells for ${names.length} columns`,
        where,
        'a cell for each column, - for none',
      )
    const cell = new Map(names.map((name, column) => [name, cells[column] ?? '-'] as const).filter(([, text]) => text !== '-'))
    return rowsOfLine(cell, where)
  })
  if (records.length > mostRows) throw wrong(`the table stands for ${records.length} records`, where, `at most ${mostRows}`)
  return records
}

function rowsOfLine(cell: ReadonlyMap<ColumnName, string>, where: string): readonly TestRecord[] {
  const need = (name: ColumnName) => cell.get(name) ?? raise(wrong(`the column ${name} is empty`, where, 'a value'))
  const times = Number(cell.get('times') ?? 1)
  const ports = portsOf(cell.get('port') ?? '0')
  const pairs = addressesOf(need('src'))
    .flatMap(src => addressesOf(need('dst')).map(dst => ({ src, dst })))
    .flatMap((pair, i) => ports(i).flatMap(port => Array.from({ length: times }, () => ({ ...pair, port }))))
  const moments = momentsOf(cell.get('at') ?? '+0s', pairs.length)
  const sports = cell.has('sport') ? numbersOf(need('sport')) : null
  return pairs.flatMap((pair, i) => {
    const sport = sports ? (sports[i % sports.length] ?? 0) : 40_000 + (i % 20_000)
    return exchangeOf(cell, { ...pair, sport, start: began + (moments[i] ?? 0) })
  })
}

/** The ports of the i-th pair of addresses: those of a range for each pair, or, as `20001++`, one for each, counting up. */
function portsOf(text: string): (pair: number) => readonly number[] {
  if (!text.endsWith('++')) return () => numbersOf(text)
  const [first = 0] = numbersOf(text.slice(0, -2))
  return pair => [first + pair]
}

interface Contact {
  readonly src: string
  readonly dst: string
  readonly port: number
  readonly sport: number
  readonly start: number
}

const sizes = z
  .string()
  .regex(/^\d+\/\d+$/)
  .transform(text => text.split('/').map(Number))
const tcp = 6
const refusal = { packets: 1, bytes: 40, flags: 4 }

/** The request, and after it the answer where the table has one, as the ENI or both ENIs wrote them. */
function exchangeOf(cell: ReadonlyMap<ColumnName, string>, contact: Contact): readonly TestRecord[] {
  const { src, dst, port, sport, start } = contact
  const protocol = protocolNumber(cell.get('proto') ?? 'tcp') ?? tcp
  const packets = Number(cell.get('packets') ?? 1)
  const bytes = Number(cell.get('bytes') ?? packets * 60)
  const action = cell.get('action') ?? 'ACCEPT'
  const flags = cell.get('flags') ?? (protocol !== tcp ? '0' : packets > 3 ? '3' : '2')
  const end = start + Number(cell.get('duration') ?? 1)
  const request = { src, dst, sport, port, protocol, packets, bytes, start, end, action, flags }
  const reply = cell.get('reply')
  const answered = reply === 'rst' ? refusal : answerOf(reply, protocol)
  const inward = cell.has('direction') ? cell.get('direction') === 'ingress' : isLocal(dst) || !isLocal(src)
  const enis = cell.get('eni') ?? (inward ? 'dst' : 'src')
  const seen = enis === 'both' ? [src, dst] : [enis === 'dst' ? dst : enis === 'src' ? src : inward ? dst : src]
  return seen.flatMap(own => {
    const eni = { cell, own, name: ['src', 'dst', 'both'].includes(enis) ? eniOf(own) : enis }
    const answer = {
      ...request,
      src: dst,
      dst: src,
      sport: port,
      port: sport,
      ...answered,
      flags: String(answered?.flags ?? 0),
      action: 'ACCEPT',
    }
    return [recordOf(request, eni), ...(answered ? [recordOf(answer, eni)] : [])]
  })
}

function answerOf(reply: string | undefined, protocol: number) {
  if (reply === undefined) return null
  const [packets = 0, bytes = 0] = sizes.parse(reply)
  return { packets, bytes, flags: protocol !== tcp ? 0 : packets > 2 ? 19 : 18 }
}

interface Traffic {
  readonly src: string
  readonly dst: string
  readonly sport: number
  readonly port: number
  readonly protocol: number
  readonly packets: number
  readonly bytes: number
  readonly start: number
  readonly end: number
  readonly action: string
  readonly flags: string
}

function recordOf(
  traffic: Traffic,
  eni: { readonly cell: ReadonlyMap<ColumnName, string>; readonly own: string; readonly name: string },
): TestRecord {
  return {
    version: '5',
    'account-id': eni.cell.get('account') ?? '123456789012',
    'interface-id': eni.name,
    'vpc-id': eni.cell.get('vpc') ?? 'vpc-0a1b2c3d',
    srcaddr: traffic.src,
    dstaddr: traffic.dst,
    srcport: String(traffic.sport),
    dstport: String(traffic.port),
    protocol: String(traffic.protocol),
    packets: String(traffic.packets),
    bytes: String(traffic.bytes),
    start: String(traffic.start),
    end: String(traffic.end),
    action: traffic.action,
    'log-status': 'OK',
    'tcp-flags': traffic.flags,
    'flow-direction': traffic.src === eni.own ? 'egress' : 'ingress',
  }
}

const eniOf = (address: string) => `eni-${createHash('sha256').update(address).digest('hex').slice(0, 17)}`
const isLocal = (address: string) => /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd])/.test(address)

function raise(fault: Fault): never {
  throw fault
}

export function wrong(message: string, where: string, expected: string): Fault {
  return new Fault({ code: 'rule-test', kind: 'usage', message, where, expected })
}
