import { createReadStream } from 'node:fs'
import { access, copyFile, mkdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { openOrigins, originNames, referenceOf, rowsOfReference, writeReference, type ReferenceRow } from '../../engine/index.js'
import { Fault } from '../../fault/index.js'
import { flowLogs, instances, networkInterfaces, subnets, vpcs, type AwsListing } from './aws-cli.js'
import { awsRanges } from './ip-ranges.js'
import { jsonDocuments } from './json-documents.js'
import { networksOfJson, networksOfLines, type ListedNetwork } from './lists.js'
import { replaceFile } from './replace.js'

export const enrichmentNames = [
  'network-interfaces',
  'instances',
  'vpcs',
  'subnets',
  'flow-logs',
  'ip-ranges',
  'own-networks',
  'known-bad',
  'known-good',
  ...originNames,
] as const
export type EnrichmentName = (typeof enrichmentNames)[number]

/** Where a table comes from: the AWS CLI, AWS's published ranges, a list of networks, an MMDB file. */
export type EnrichmentKind = 'inventory' | 'ranges' | 'list' | 'database'

export interface Enriched {
  readonly name: EnrichmentName
  readonly kind: EnrichmentKind
  /** Null for an MMDB file, which is kept as it is. */
  readonly rows: number | null
}

export interface StoredEnrichment extends Enriched {
  readonly file: string
  /** When it was put into the lake. */
  readonly date: Date
}

export interface EnrichOptions {
  /** Adds to what is there, as for a second account, in place of replacing it. */
  readonly add?: boolean
  /** Read where FILE is `-`. */
  readonly stdin?: Readable
}

const inventory: Readonly<Partial<Record<EnrichmentName, AwsListing>>> = {
  'network-interfaces': networkInterfaces,
  instances,
  vpcs,
  subnets,
  'flow-logs': flowLogs,
}

function kindOf(name: EnrichmentName): EnrichmentKind {
  if (inventory[name]) return 'inventory'
  if (name === 'ip-ranges') return 'ranges'
  return name === 'asn' || name === 'country' ? 'database' : 'list'
}

const isName = (name: string): name is EnrichmentName => enrichmentNames.some(known => known === name)

const folderOf = (lake: string): string => join(lake, 'enrichment')
/** A folder for each relation, as a table of Trino or Athena needs it; MMDB files stand beside. */
const fileOf = (lake: string, name: EnrichmentName): string =>
  join(
    folderOf(lake),
    ...(kindOf(name) === 'database' ? [`${name}.mmdb`] : [referenceOf(name)?.relation ?? '', `${name}.parquet`]),
  )
/** Where earlier versions put the tables, which are read there still. */
const oldFileOf = (lake: string, name: EnrichmentName): string => join(folderOf(lake), `${name}.parquet`)

async function standingFile(lake: string, name: EnrichmentName): Promise<string | undefined> {
  for (const file of [fileOf(lake, name), oldFileOf(lake, name)]) if (await exists(file)) return file
  return undefined
}

/**
 * Puts a table beside the logs of a lake, in place of the one of that name. What is there stays until the new one is whole. Throws a
 * Fault of kind `usage` for a name that is none, and of kind `source` where the file is not what the name says.
 */
export async function enrich(lake: string, name: string, file: string, options: EnrichOptions = {}): Promise<Enriched> {
  if (!isName(name)) throw unknownName(name)
  const kind = kindOf(name)
  const { add = false } = options
  if (kind === 'database' && (add || file === '-')) throw standsAlone(name)
  await requireFile(file)
  const target = fileOf(lake, name)
  await mkdir(dirname(target), { recursive: true })
  if (kind === 'database') {
    await openOrigins(file)
    await replaceFile(target, aside => copyFile(file, aside))
    return { name, kind, rows: null }
  }
  const definition = referenceOf(name)
  if (!definition) throw unknownName(name)
  const input = file === '-' ? (options.stdin ?? process.stdin) : createReadStream(file)
  const rows = rowsOf(name, kind, input, file === '-' ? 'standard input' : file)
  const keeping = add ? await standingFile(lake, name) : undefined
  const count = await replaceFile(target, aside => writeReference(definition, aside, rows, { keeping }))
  await rm(oldFileOf(lake, name), { force: true })
  return { name, kind, rows: count }
}

async function* rowsOf(name: EnrichmentName, kind: EnrichmentKind, input: Readable, file: string): AsyncGenerator<ReferenceRow> {
  const listing = inventory[name]
  if (listing) yield* listing.rows(await jsonDocuments(input, file), file)
  else if (kind === 'ranges') yield* awsRanges(await jsonDocuments(input, file), file)
  else
    for await (const { score, ...network } of networksOf(input, file))
      yield name === 'own-networks' ? network : { list: name, ...network, score }
}

/** A list in any of its forms: lines, or JSON as MISP has it. */
async function* networksOf(input: Readable, file: string): AsyncGenerator<ListedNetwork> {
  const [first, whole] = await begun(input)
  yield* /^\uFEFF?\s*\{/.test(first) ? networksOfJson(whole, file) : networksOfLines(whole, file)
}

/** The rows of `listed_networks` for lists of a person's own. Throws a Fault where a file cannot be read or is no list. */
export async function* listRows(
  lists: readonly { readonly name: string; readonly file: string }[],
): AsyncGenerator<ReferenceRow> {
  for (const { name, file } of lists) {
    await requireFile(file)
    for await (const network of networksOf(createReadStream(file), file)) yield { list: name, ...network }
  }
}

/** The beginning of a stream, and all of it. */
async function begun(input: Readable): Promise<[string, Readable]> {
  const chunks: AsyncIterator<unknown> = input[Symbol.asyncIterator]()
  const first = await chunks.next()
  if (first.done) return ['', Readable.from([])]
  const whole = async function* () {
    yield first.value
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value
  }
  return [Buffer.from(first.value as Uint8Array).toString('utf8', 0, 100), Readable.from(whole())]
}

/** The tables that stand beside the logs of a lake, by name. */
export async function enrichments(lake: string): Promise<StoredEnrichment[]> {
  const stored: StoredEnrichment[] = []
  for (const [name, file] of await enrichmentReferences(lake)) {
    if (!isName(name)) continue
    const kind = kindOf(name)
    const rows = kind === 'database' ? null : await rowsOfReference(file)
    stored.push({ name, kind, rows, file, date: (await stat(file)).mtime })
  }
  return stored
}

/** The files of those tables by name, as `openDuckdb` takes them. */
export async function enrichmentReferences(lake: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>()
  for (const name of enrichmentNames) {
    const file = await standingFile(lake, name)
    if (file !== undefined) files.set(name, file)
  }
  return files
}

/** The relations whose files stand in folders of their own, and the names of those that an earlier version put elsewhere. */
export async function enrichmentFolders(
  lake: string,
): Promise<{ readonly relations: readonly string[]; readonly elsewhere: readonly string[] }> {
  const files = [...(await enrichmentReferences(lake))].filter(([, file]) => file.endsWith('.parquet'))
  const isInFolder = ([name, file]: readonly [string, string]): boolean => isName(name) && file === fileOf(lake, name)
  return {
    relations: [...new Set(files.filter(isInFolder).map(([, file]) => basename(dirname(file))))],
    elsewhere: files.filter(each => !isInFolder(each)).map(([name]) => name),
  }
}

/** Takes a table out of the lake; says whether there was one. */
export async function removeEnrichment(lake: string, name: string): Promise<boolean> {
  if (!isName(name)) throw unknownName(name)
  if ((await standingFile(lake, name)) === undefined) return false
  for (const file of [fileOf(lake, name), oldFileOf(lake, name)]) await rm(file, { force: true })
  return true
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

async function requireFile(file: string): Promise<void> {
  if (file === '-') return
  const found = await stat(file).catch((cause: unknown) => {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new Fault({ code: 'enrichment-file', kind: 'source', message, where: file, expected: 'a readable file', cause })
  })
  if (!found.isDirectory()) return
  throw new Fault({ code: 'enrichment-file', kind: 'source', message: 'this is a folder', where: file, expected: 'a file' })
}

const unknownName = (name: string): Fault =>
  new Fault({
    code: 'enrichment-unknown',
    kind: 'usage',
    message: `there is no table ${name} beside the logs`,
    expected: enrichmentNames.join(', '),
    action: 'weir lake enrich NAME FILE',
  })

const standsAlone = (name: string): Fault =>
  new Fault({
    code: 'enrichment-usage',
    kind: 'usage',
    message: `${name} is one MMDB file, kept as it is`,
    expected: 'the path of a file, without --add',
  })
