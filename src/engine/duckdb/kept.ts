import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { version, type DuckDBConnection } from '@duckdb/node-api'
import { z } from 'zod'
import type { Known, KnownRelations } from './known.js'
import { quoted } from './literal.js'

/** Where what is worked out of a lake's records is kept from run to run. */
export interface KeptPlace {
  readonly folder: string
  /** Tells these records apart from all others. */
  readonly records: string
  /** Whether the records are in the lake still. */
  readonly stand: () => Promise<boolean>
}

/** What is worked out of all records, and read by rules. */
const KEPT = [
  ...['paths', 'address_scopes', 'shared_addresses', 'interface_addresses', 'translators', 'interfaces', 'addresses', 'networks'],
  ...['placed_paths', 'parties', 'five_tuples', 'split_sessions', 'contacts'],
]

/** So many are kept in a lake, those that were used last. */
const MOST_KEPT = 4
/** What the relations are made of, and the sum of the file's bytes. */
const NAME = /^([0-9a-f]{32})-([0-9a-f]{8})\.duckdb$/
const COMING = '.coming'
const LONGEST_COMING = 86_400_000

/**
 * Relations in a database file beside the instance. Where a run before has kept them, they are read from there; else they are made in
 * a file of this run, which `keep` puts into the lake once all of them are there. The file's name is a digest of the records and of
 * every statement, macro and table that the relations are made of, so that what is found is what would be made. A lake that cannot be written
 * to, or has no room, is asked all the same.
 */
export class KeptRelations {
  #isThere = false
  #digest: string | undefined

  constructor(
    private readonly place: KeptPlace,
    private readonly known: KnownRelations,
    private readonly tempDir: string,
  ) {}

  /** Before the instance is locked. */
  async attach(connection: DuckDBConnection): Promise<void> {
    this.#digest ??= await this.#digestOf()
    const path = await wholeFile(this.place.folder, this.#digest)
    this.#isThere = path !== undefined && (await attached(connection, `${quoted(path)} AS kept (READ_ONLY)`))
    if (path !== undefined && this.#isThere) await utimes(path, new Date(), new Date()).catch(() => undefined)
    else await connection.run(`ATTACH ${quoted(join(this.tempDir, `kept-${randomUUID()}.duckdb`))} AS kept`)
  }

  isKept(known: Known): boolean {
    return KEPT.some(name => this.known.own(name) === known)
  }

  /** Makes the relation, where it is not there, as a table of the file, and a view of its name. */
  async define(connection: DuckDBConnection, { relation: { target } }: Known, sql: string): Promise<void> {
    if (!this.#isThere) await connection.run(`CREATE TABLE kept.${target} AS ${sql}`)
    await connection.run(`CREATE OR REPLACE VIEW ${target} AS SELECT * FROM kept.${target}`)
  }

  /** Keeps what was made, where that is all of it. */
  async keep(connection: DuckDBConnection, made: ReadonlySet<string>): Promise<void> {
    const targets = KEPT.flatMap(name => this.known.own(name)?.relation.target ?? [])
    if (this.#isThere || this.#digest === undefined || targets.some(target => !made.has(target))) return
    await connection.run('CHECKPOINT kept')
    const files = await connection.runAndReadAll(`SELECT path FROM duckdb_databases() WHERE database_name = 'kept'`)
    const [file] = files.getRows()[0] ?? []
    const { folder, stand } = this.place
    const coming = join(folder, `${randomUUID()}${COMING}`)
    try {
      await mkdir(folder, { recursive: true })
      await copyFile(String(file), coming)
      await flush(coming)
      const path = join(folder, `${this.#digest}-${await sumOf(coming)}.duckdb`)
      await rename(coming, path)
      // They may have expired while they were worked on.
      if (!(await stand())) await rm(path, { force: true })
      await removeOld(folder)
    } catch {
      await rm(coming, { force: true }).catch(() => undefined)
    }
  }

  async #digestOf(): Promise<string> {
    const macros = readFileSync(new URL('../sql/macros.sql', import.meta.url))
    const digest = createHash('sha256').update(`${ownVersion()} ${version()} ${this.place.records}\n`).update(macros)
    for (const known of this.known.needs({ references: KEPT.map(relation => ({ relation })) })) {
      const sql = 'translation' in known ? known.translation.sql : known.kind === 'rows' ? known.sql : ''
      digest.update(`\n${known.relation.name}\n${sql}`)
      if (known.kind === 'reference') for (const file of known.files) digest.update(await readFile(file))
    }
    return digest.digest('hex').slice(0, 32)
  }
}

const ownVersion = (): string =>
  z.object({ version: z.string() }).parse(JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')))
    .version

const attached = (connection: DuckDBConnection, what: string): Promise<boolean> =>
  connection.run(`ATTACH ${what}`).then(
    () => true,
    () => false,
  )

/** The file of this digest whose bytes are those that were written; one that is damaged is removed. */
async function wholeFile(folder: string, digest: string): Promise<string | undefined> {
  for (const name of await readdir(folder).catch(() => [])) {
    const [, of, sum] = NAME.exec(name) ?? []
    if (of !== digest) continue
    const path = join(folder, name)
    if ((await sumOf(path).catch(() => undefined)) === sum) return path
    await rm(path, { force: true }).catch(() => undefined)
  }
  return undefined
}

async function sumOf(path: string): Promise<string> {
  let sum = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
    sum = crc32(z.instanceof(Buffer).parse(chunk), sum)
  return sum.toString(16).padStart(8, '0')
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  await handle.sync().finally(() => handle.close())
}

async function removeOld(folder: string): Promise<void> {
  const names = await readdir(folder)
  const files = await Promise.all(
    names.map(async name => ({ name, path: join(folder, name), used: (await stat(join(folder, name))).mtimeMs })),
  )
  const kept = files.filter(({ name }) => NAME.test(name)).sort((a, b) => b.used - a.used)
  const left = files.filter(({ name, used }) => name.endsWith(COMING) && Date.now() - used > LONGEST_COMING)
  await Promise.all([...kept.slice(MOST_KEPT), ...left].map(({ path }) => rm(path, { force: true })))
}
