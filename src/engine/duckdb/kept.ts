import { createHash, randomUUID } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { version } from '@duckdb/node-api'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { Known, KnownRelations } from './known.js'
import { quoted } from './literal.js'

/** Where what is worked out of a lake's records is kept from run to run. */
export interface KeptPlace {
  readonly folder: string
  /** Tells these records apart from all others. */
  readonly records: string
}

/** What is worked out of all records, and read by rules. */
const KEPT = [
  'paths',
  'address_scopes',
  'interfaces',
  'addresses',
  'networks',
  'placed_paths',
  'parties',
  'five_tuples',
  'split_sessions',
  'contacts',
]

/** So many are kept in a lake, those that were used last. */
const MOST_KEPT = 4
const NAME = /^[0-9a-f]{32}\.duckdb$/

/**
 * Relations in a database file beside the instance. Where a run before has kept them, they are read from there; else they are made in
 * a file of this run, which `keep` puts into the lake once all of them are there. The file's name is a digest of the records and of
 * every statement and table that the relations are made of, so that what is found is what would be made.
 */
export class KeptRelations {
  #isThere = false
  #path: string | undefined

  constructor(
    private readonly place: KeptPlace,
    private readonly known: KnownRelations,
    private readonly tempDir: string,
  ) {}

  /** Before the instance is locked. */
  async attach(connection: DuckDBConnection): Promise<void> {
    this.#path ??= join(this.place.folder, `${await this.#digest()}.duckdb`)
    this.#isThere = await stat(this.#path).then(
      () => true,
      () => false,
    )
    if (this.#isThere) {
      try {
        await connection.run(`ATTACH ${quoted(this.#path)} AS kept (READ_ONLY)`)
        await utimes(this.#path, new Date(), new Date()).catch(unwritable)
        return
      } catch {
        // It is damaged, or was removed just now.
        this.#isThere = false
      }
    }
    await connection.run(`ATTACH ${quoted(join(this.tempDir, `kept-${randomUUID()}.duckdb`))} AS kept`)
  }

  isKept(known: Known): boolean {
    return KEPT.some(name => this.known.own(name) === known)
  }

  /** Makes the relation, where it is not there, as a table of the file, and a view of its name. */
  async define(connection: DuckDBConnection, { relation: { target } }: Known, sql: string): Promise<void> {
    if (!this.#isThere) await connection.run(`CREATE TABLE kept.${target} AS ${sql}`)
    await connection.run(`CREATE OR REPLACE VIEW ${target} AS SELECT * FROM kept.${target}`)
  }

  /** Keeps what was made, where that is all of it and the lake can be written to. */
  async keep(connection: DuckDBConnection, made: ReadonlySet<string>): Promise<void> {
    const targets = KEPT.flatMap(name => this.known.own(name)?.relation.target ?? [])
    if (this.#isThere || !this.#path || targets.some(target => !made.has(target))) return
    await connection.run('CHECKPOINT kept')
    const files = await connection.runAndReadAll(`SELECT path FROM duckdb_databases() WHERE database_name = 'kept'`)
    const [file] = files.getRows()[0] ?? []
    const { folder } = this.place
    const coming = join(folder, `${randomUUID()}.coming`)
    try {
      await mkdir(folder, { recursive: true })
      await copyFile(String(file), coming)
      await rename(coming, this.#path)
      await removeOld(folder)
    } catch (error) {
      await rm(coming, { force: true }).catch(unwritable)
      unwritable(error)
    }
  }

  async #digest(): Promise<string> {
    const digest = createHash('sha256').update(`${version()} ${this.place.records}`)
    for (const known of this.known.needs({ references: KEPT.map(relation => ({ relation })) })) {
      digest.update(`\n${known.relation.name}\n${'translation' in known ? known.translation.sql : ''}`)
      if (known.kind === 'reference') for (const file of known.files) digest.update(await readFile(file))
    }
    return digest.digest('hex').slice(0, 32)
  }
}

async function removeOld(folder: string): Promise<void> {
  const names = await readdir(folder)
  const files = await Promise.all(
    names.filter(name => NAME.test(name)).map(async name => ({ name, used: (await stat(join(folder, name))).mtimeMs })),
  )
  const old = files.sort((a, b) => b.used - a.used).slice(MOST_KEPT)
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })))
}

/** A lake that may be read only, or has no room, is asked all the same. */
function unwritable(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOENT'].includes(String(code))) throw error
}
