import ipaddr from 'ipaddr.js'

type Data = string | number | readonly Data[] | { readonly [key: string]: Data }

/** A node has a record for each bit: another node, the data of a network, or nothing. */
interface Node {
  readonly records: [Node | Data | undefined, Node | Data | undefined]
}

const isNode = (record: Node | Data | undefined): record is Node => typeof record === 'object' && 'records' in record

/** An MMDB file (https://maxmind.github.io/MaxMind-DB/) of a few networks that do not overlap. */
export function mmdb(type: string, networks: Readonly<Record<string, Data>>): Buffer {
  const root: Node = { records: [undefined, undefined] }
  for (const [network, data] of Object.entries(networks)) put(root, bitsOf(network), data)
  const nodes: Node[] = []
  number(root, nodes)
  const values: Buffer[] = []
  let size = 0
  const tree = nodes.map(({ records }) =>
    records.map(record => {
      if (record === undefined) return nodes.length
      if (isNode(record)) return nodes.indexOf(record)
      const value = encode(record)
      values.push(value)
      size += value.length
      return nodes.length + 16 + size - value.length
    }),
  )
  const metadata = {
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1767607200,
    database_type: type,
    description: { en: 'made by a test' },
    ip_version: 6,
    languages: ['en'],
    node_count: nodes.length,
    record_size: 32,
  }
  const words = Buffer.alloc(tree.length * 8)
  tree.flat().forEach((record, i) => words.writeUInt32BE(record, i * 4))
  const mark = Buffer.concat([Buffer.from([0xab, 0xcd, 0xef]), Buffer.from('MaxMind.com')])
  return Buffer.concat([words, Buffer.alloc(16), ...values, mark, encode(metadata)])
}

/** The bits of a prefix; IPv4 stands in ::/96. */
function bitsOf(network: string): number[] {
  const [address, length] = ipaddr.parseCIDR(network)
  const bits = address.toByteArray().flatMap(byte => [...byte.toString(2).padStart(8, '0')].map(Number))
  return address.kind() === 'ipv4' ? [...Array<number>(96).fill(0), ...bits.slice(0, length)] : bits.slice(0, length)
}

function put(root: Node, bits: readonly number[], data: Data): void {
  let node = root
  for (const bit of bits.slice(0, -1)) {
    const side = bit === 0 ? 0 : 1
    const next = node.records[side]
    if (isNode(next)) node = next
    else node = node.records[side] = { records: [undefined, undefined] }
  }
  node.records[bits.at(-1) === 0 ? 0 : 1] = data
}

function number(node: Node, nodes: Node[]): void {
  nodes.push(node)
  for (const record of node.records) if (isNode(record)) number(record, nodes)
}

function encode(data: Data): Buffer {
  if (typeof data === 'string') return Buffer.concat([control(2, Buffer.byteLength(data)), Buffer.from(data)])
  if (typeof data === 'number') {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(data)
    return Buffer.concat([control(6, 4), bytes])
  }
  if (Array.isArray(data)) {
    const items: readonly Data[] = data
    return Buffer.concat([Buffer.from([items.length, 4]), ...items.map(encode)])
  }
  const entries = Object.entries(data)
  return Buffer.concat([control(7, entries.length), ...entries.flatMap(([key, value]) => [encode(key), encode(value)])])
}

/** Type and size; sizes of 29 and more have a byte of their own. */
const control = (type: number, size: number): Buffer =>
  size < 29 ? Buffer.from([(type << 5) | size]) : Buffer.from([(type << 5) | 29, size - 29])
