import { createHash, randomBytes } from 'node:crypto'
import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { isAlive } from '../alive.js'
import type { RemoteConnection } from './connection.js'

/** How long a table of a run may stand where nobody can tell whether the run still goes on: on another machine. Seconds. */
const LIFETIME = 86_400

/** `weir_run_<when it may be dropped>_<machine>_<process>_<run>_<relation>`. */
const NAME = /^weir_run_(\d+)_([0-9a-f]{8})_(\d+)_[0-9a-f]{6}_[a-z_]+$/

/** Processes are numbered by machine and, on Linux, by container: two may share a host name and not their numbers. */
const MACHINE = createHash('sha256').update(`${hostname()} ${namespaceOfProcesses()}`).digest('hex').slice(0, 8)

function namespaceOfProcesses(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}

export interface RunTablesOptions {
  readonly connection: RemoteConnection
  /** Names of all tables in the schema. */
  readonly standing: Iterable<string>
  /** Makes a table of a query's rows, and takes one away with its data. */
  readonly store: TableStore
}

/** How a server keeps tables: Trino by itself, Athena below a prefix of S3. */
export interface TableStore {
  create(table: string, query: string): string
  drop(table: string): Promise<void>
}

/** The tables of one run: dropped at its end, or by a later run where it was killed. */
export class RunTables {
  readonly #prefix: string
  readonly #made: string[] = []

  constructor(
    private readonly options: RunTablesOptions,
    now: Date = new Date(),
  ) {
    const until = Math.floor(now.getTime() / 1000) + LIFETIME
    this.#prefix = `weir_run_${until}_${MACHINE}_${process.pid}_${randomBytes(3).toString('hex')}`
  }

  /** Makes a table of a relation; gives its name. */
  async make(
    relation: string,
    query: string,
    signal?: AbortSignal,
  ): Promise<{ readonly table: string; readonly bytes: number | undefined }> {
    const { connection, store } = this.options
    const table = `${this.#prefix}_${relation}`
    this.#made.push(table)
    const result = await connection.run(store.create(table, query), { signal })
    for await (const page of result.pages) void page
    return { table, bytes: result.scannedBytes() }
  }

  /** Drops what runs have left that are no more. */
  async sweep(now: Date = new Date()): Promise<void> {
    for (const table of this.options.standing) if (isLeft(table, now)) await this.options.store.drop(table)
  }

  /** Drops all of them; throws the first trouble when each was tried. */
  async drop(): Promise<void> {
    const troubles: unknown[] = []
    for (const table of this.#made.splice(0).reverse()) {
      await this.options.store.drop(table).catch((error: unknown) => troubles.push(error))
    }
    if (troubles.length > 0) throw troubles[0]
  }
}

function isLeft(table: string, now: Date): boolean {
  const [, until, machine, process] = NAME.exec(table) ?? []
  if (until === undefined) return false
  return Number(until) < now.getTime() / 1000 || (machine === MACHINE && !isAlive(Number(process)))
}
