import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname, networkInterfaces } from 'node:os'
import { isAlive } from '../alive.js'
import type { RemoteConnection } from './connection.js'

/** How long a table of a run may stand where nobody can tell whether the run still goes on: on another machine. Seconds. */
const LIFETIME = 86_400

/** `weir_run_<when it may be dropped>_<machine>_<process>_<run>_<relation>`. */
const NAME = /^weir_run_(\d+)_([0-9a-f]{8})_(\d+)_[0-9a-f]{6}_[a-z_0-9]+$/

/**
 * Processes are numbered by machine and, on Linux, by container. Machines share names, and containers the addresses of their cards:
 * the kernel's boot tells machines apart where there is one, and what a boot before this one has left waits for its lifetime.
 */
const MACHINE = createHash('sha256')
  .update(JSON.stringify([hostname(), cards(), bootOfKernel(), namespaceOfProcesses()]))
  .digest('hex')
  .slice(0, 8)

function cards(): readonly string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ mac }) => mac))
  return [...new Set(all)].sort()
}

function bootOfKernel(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')
  } catch {
    return ''
  }
}

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

  /** Drops what runs have left that are no more. One that cannot be dropped is told of: it is not this run's trouble. */
  async sweep(onLeft: (table: string, error: unknown) => Promise<void> = async () => {}, now = new Date()): Promise<void> {
    for (const table of this.options.standing)
      if (isLeft(table, now)) await this.options.store.drop(table).catch((error: unknown) => onLeft(table, error))
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
