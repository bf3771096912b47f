import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { quoted } from './literal.js'

export interface InstanceOptions {
  /** Bytes that the whole process may take; DuckDB gets what is left of it. */
  readonly memory: number
  readonly threads: number
  /** Where DuckDB spills. */
  readonly tempDir: string
  /** Rows come out in the order of the lines; slower, as one thread has to wait for another. */
  readonly inOrder?: boolean
  /** Ends what runs in the instance. */
  readonly signal?: AbortSignal | undefined
}

/** What Node itself takes: the runtime and DuckDB's code, and then each thread that reads logs. */
const NODE_BYTES = 350_000_000
const READER_BYTES = 40_000_000
/** More would wait for each other: three inflate at once in libuv's pool, and one thread hands to DuckDB what all have read. */
export const MOST_READERS = 8

/** DuckDB was seen to go beyond its limit by 15 %. */
const limitOf = (memory: number, threads: number): number =>
  Math.max(128_000_000, Math.floor((memory - NODE_BYTES - READER_BYTES * Math.min(threads, MOST_READERS)) / 1.25))

/** A DuckDB of its own in memory; `close` ends both. */
export interface Instance {
  readonly connection: DuckDBConnection
  close(): void
}

export async function openInstance({ memory, threads, tempDir, inOrder = false }: InstanceOptions): Promise<Instance> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(threads),
    memory_limit: `${Math.floor(limitOf(memory, threads) / 1_000_000)}MB`,
    temp_directory: tempDir,
    preserve_insertion_order: String(inOrder),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  await connection.run(`SET TimeZone = 'UTC'`)
  // A statement is bound several times, and each would read the footers of all files anew.
  await connection.run('SET parquet_metadata_cache = true')
  return {
    connection,
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/**
 * Has `progress` of the connection say how far a statement is, from now on: DuckDB asks all its operators after each of its steps, which
 * nobody should pay for who learns nothing by it.
 */
export async function tellProgress(connection: DuckDBConnection): Promise<void> {
  await connection.run('SET enable_progress_bar = true')
  await connection.run('SET enable_progress_bar_print = false')
}

/** Runs something in an instance that is closed at its end. Rejects with the signal's reason where that ended it. */
export async function withInstance<T>(options: InstanceOptions, run: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await openInstance(options)
  try {
    return await interruptible(instance.connection, options.signal, () => run(instance.connection))
  } finally {
    instance.close()
  }
}

const AGAIN_MS = 100

/** Runs statements that end when the signal says so; those to come as well, for an interruption ends no more than what runs. */
export async function interruptible<T>(
  connection: DuckDBConnection,
  signal: AbortSignal | undefined,
  run: () => Promise<T>,
): Promise<T> {
  if (!signal) return run()
  signal.throwIfAborted()
  let timer: NodeJS.Timeout | undefined
  const interrupt = (): void => {
    connection.interrupt()
    timer ??= setInterval(interrupt, AGAIN_MS)
  }
  signal.addEventListener('abort', interrupt)
  try {
    return await run()
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', interrupt)
    clearInterval(timer)
  }
}

/** The second wall behind the gate: nothing but these files and folders can be opened, and no setting changes any more. */
export async function lock(connection: DuckDBConnection, files: readonly string[], folders: readonly string[]): Promise<void> {
  await connection.run(`SET allowed_paths = [${files.map(quoted).join(', ')}]`)
  await connection.run(`SET allowed_directories = [${folders.map(folder => quoted(`${folder}/`)).join(', ')}]`)
  await connection.run(`SET enable_external_access = false`)
  await connection.run(`SET lock_configuration = true`)
}
