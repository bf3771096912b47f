import { basename, extname } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { z } from 'zod'
import { Fault } from '../../fault/index.js'
import { noNetwork } from './ip-ranges.js'
import { jsonDocuments, read } from './json-documents.js'
import { networkColumns, type NetworkColumns } from './networks.js'

/** A network of a list. */
export interface ListedNetwork extends NetworkColumns {
  readonly score: number | null
  /** Who says so; where the list does not say, the file's name. */
  readonly source: string
}

const warningList = z.object({ name: z.string(), list: z.array(z.string()) })

/** A MISP warning list. */
export async function* networksOfJson(stream: Readable, file: string): AsyncGenerator<ListedNetwork> {
  for (const document of await jsonDocuments(stream, file)) {
    const { name, list } = read(warningList, document, file, 'a MISP warning list')
    for (const [i, text] of list.entries()) {
      const columns = networkColumns(text.trim())
      if (!columns) throw noNetwork(text, `${file}, $.list[${i}]`)
      yield { ...columns, score: null, source: name }
    }
  }
}

/** Which cell of a line has what. */
interface Cells {
  readonly network: number
  readonly score: number | undefined
  readonly source: number | undefined
}

const NETWORK_NAMES = ['address', 'network', 'cidr', 'ip', 'ip_address', 'ipaddress', 'prefix', 'netblock', 'range', 'indicator']
const SCORE_NAMES = ['score', 'count', 'confidence', 'weight']
const SOURCE_NAMES = ['source', 'list', 'feed', 'provider', 'origin']
/** A network, then a number as ipsum has it. */
const WITHOUT_HEADER: Cells = { network: 0, score: 1, source: undefined }

/**
 * A list of lines: a network first, apart from what follows by a tab, a comma, a semicolon or a space; what follows `#` or a `;` of
 * its own is a remark. A first line with names of columns (`address,score,source`) says where network, score and source stand.
 */
export async function* networksOfLines(stream: Readable, file: string): AsyncGenerator<ListedNetwork> {
  const name = basename(file, extname(file))
  let cells: Cells | undefined
  let number = 0
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    number++
    const parts = cellsOf(number === 1 ? line.replace(/^\uFEFF/, '') : line)
    if (parts.length === 0) continue
    if (!cells) {
      cells = headerOf(parts) ?? WITHOUT_HEADER
      if (cells !== WITHOUT_HEADER) continue
    }
    const text = parts[cells.network] ?? ''
    const columns = networkColumns(text)
    if (!columns) throw noNetwork(text, `${file}:${number}`)
    const score = parts[cells.score ?? -1] ?? ''
    yield {
      ...columns,
      score: score === '' || Number.isNaN(Number(score)) ? null : Number(score),
      source: parts[cells.source ?? -1] || name,
    }
  }
  if (cells) return
  throw new Fault({
    code: 'enrichment-empty',
    kind: 'source',
    message: 'there is no network in the list',
    where: file,
    expected: 'a line for each address or CIDR',
  })
}

/** The cells of a line without its remark; none where there is nothing else. */
function cellsOf(line: string): string[] {
  const plain = line.replace(/(^|\s)[#;].*$/, '').trim()
  if (plain === '' || plain.startsWith('//')) return []
  const separator = ['\t', ',', ';'].find(each => plain.includes(each))
  if (separator === undefined) return plain.split(/\s+/)
  const quoted = `"(?:[^"]|"")*"|[^${separator}]*`
  return [...plain.matchAll(new RegExp(`(?:^|${separator})(${quoted})`, 'g'))].map(([, cell = '']) =>
    cell
      .trim()
      .replace(/^"(.*)"$/s, '$1')
      .replaceAll('""', '"')
      .trim(),
  )
}

function headerOf(parts: readonly string[]): Cells | undefined {
  const names = parts.map(part => part.toLowerCase())
  const place = (known: readonly string[]): number | undefined => {
    const found = names.findIndex(name => known.includes(name))
    return found < 0 ? undefined : found
  }
  const network = place(NETWORK_NAMES)
  return network === undefined ? undefined : { network, score: place(SCORE_NAMES), source: place(SOURCE_NAMES) }
}
