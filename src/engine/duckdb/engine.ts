import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { Engine, QueryOptions, Result, TimeWindow, Value } from '../engine.js'
import type { InputReport, QuarantinedLine } from '../input.js'
import { recordsOfPairs } from '../pairs.js'
import type { Column, Relation } from '../relation.js'
import { relationsNeeded, type AllowedConnections } from '../relations/index.js'
import { installMacros, type Translation } from '../sql/index.js'
import { loadCatalog, saveCatalog, type Catalog, type LocationRules } from '../tables/index.js'
import { interruptible, lock, openInstance, tellProgress, type Instance } from './instance.js'
import { KeptRelations } from './kept.js'
import { KnownRelations, windowed, type Known } from './known.js'
import { identifier, quoted } from './literal.js'
import type { LogSet, LogSetOptions, NumberedRows } from './log-set.js'
import { isFilled, putNarrowed, putNumbered } from './narrowed.js'
import { makeRelation } from './make-relation.js'
import { checkTable, PeopleTable } from './people-table.js'
import { streamed, untilTooMany } from './result.js'
import { runtimeFault } from './runtime-fault.js'
import { removeTempDir } from './temp-dir.js'

export interface EngineParts {
  readonly logs: LogSet
  readonly instance: LogSetOptions
  /** CIDRs and addresses that are ours. */
  readonly own: readonly string[]
  readonly allowed: readonly AllowedConnections[]
  readonly now: Date | undefined
  /** Of the sources, only records that start in it are rows of Weir's relations; all are counted. */
  readonly window: Partial<TimeWindow>
  /** The files of the tables beside the logs, by name. */
  readonly references: ReadonlyMap<string, string>
  readonly rules: LocationRules
  /** The folder whose `tables.sql` keeps what people define; without one it lasts as long as the engine. */
  readonly lake: string | undefined
}

/** What has to stand before a statement can run. */
interface Plan {
  readonly sets: readonly LogSet[]
  /** In an order in which each can be defined. */
  readonly needs: readonly Known[]
}

/** A statement as it was translated by what was known then. */
interface Planned {
  readonly sql: string
  readonly parameters: QueryOptions['parameters']
  readonly known: KnownRelations
  readonly translation: Translation
  readonly plan: Plan
}

/** DuckDB, embedded: Weir's relations over log files, and the tables that people make. */
export class DuckdbEngine implements Engine {
  readonly name = 'duckdb'
  #known: KnownRelations
  /** As the engine was opened: what is found in the middle of a file adds none. */
  readonly #columns: LogSet['columns']
  #catalog: Catalog
  readonly #tables = new Map<string, PeopleTable>()
  /** Names of views and tables that stand in the instance. */
  readonly #made = new Set<string>()
  #instance: Promise<Instance> | undefined
  #kept: KeptRelations | undefined
  /** How many tables were opened: their parts are named by number, never by what a person writes. */
  #opened = 0

  private constructor(
    private readonly parts: EngineParts,
    catalog: Catalog,
  ) {
    this.#catalog = catalog
    this.#columns = parts.logs.columns
    this.#known = this.#knownWith(catalog)
  }

  static async open(parts: EngineParts): Promise<DuckdbEngine> {
    const engine = new DuckdbEngine(parts, parts.lake === undefined ? new Map() : await loadCatalog(parts.lake))
    // Parts of a lake are there to be asked; logs may be read without a question.
    if (parts.logs.isStored) await engine.#connection()
    return engine
  }

  /** What people have defined; the engine's own relations are not among it. */
  get catalog(): Catalog {
    return this.#catalog
  }

  /** Puts what people define in place of what was, and keeps it in the lake. */
  async keep(catalog: Catalog): Promise<void> {
    if (catalog === this.#catalog) return
    if (this.parts.lake !== undefined) await saveCatalog(this.parts.lake, catalog)
    for (const name of this.#tables.keys()) if (catalog.get(name) !== this.#catalog.get(name)) this.#tables.delete(name)
    this.#catalog = catalog
    this.#known = this.#knownWith(catalog)
    await this.#closeInstance()
  }

  relations(): readonly Relation[] {
    return this.#known.names().flatMap(name => this.#known.get(name)?.relation ?? [])
  }

  /** What was read of the sources; reads them where nothing has yet. */
  async input(): Promise<InputReport> {
    try {
      if (!this.parts.logs.isCounted) await this.#spool([this.parts.logs])
    } catch (error) {
      throw runtimeFault(error)
    }
    return this.parts.logs.report()
  }

  /** What was read of the tables that people made, by the table's name. */
  tableInputs(): ReadonlyMap<string, InputReport> {
    const counted = [...this.#tables].filter(([, { logs }]) => logs.isCounted)
    return new Map(counted.map(([name, { logs }]) => [name, logs.reader.report()]))
  }

  /** The lines that are no records, in the order of files and lines. */
  async *quarantined(): AsyncGenerator<QuarantinedLine> {
    const sets = [this.parts.logs, ...[...this.#tables.values()].map(({ logs }) => logs)].filter(set => set.isCounted)
    const instance = await openInstance({ ...this.parts.instance, threads: 1, inOrder: true })
    try {
      for (const set of sets) yield* set.reader.quarantined(instance.connection)
    } finally {
      instance.close()
    }
  }

  async prepare(names: readonly string[]): Promise<void> {
    relationsNeeded(names.filter(name => !['records', 'vpc_flow_logs'].includes(name)))
    try {
      await this.#spool([this.parts.logs])
      const needs = this.#known.needs({ references: names.map(relation => ({ relation })) })
      await this.#define(needs, await this.#connection())
      await this.#kept?.keep(await this.#connection(), this.#made)
    } catch (error) {
      throw runtimeFault(error)
    }
  }

  /** What a FROM can name when people have defined what is in `catalog`. */
  known(catalog = this.#catalog): KnownRelations {
    return catalog === this.#catalog ? this.#known : this.#knownWith(catalog)
  }

  /** Checks a query without reading anything: throws where it, or a table that it reads, is refused. */
  check(sql: string, options: QueryOptions = {}, catalog = this.#catalog): void {
    const known = this.known(catalog)
    for (const need of known.needs(known.translation(sql, options.parameters))) if (need.kind === 'table') this.checkTable(need)
  }

  /** Throws a Fault of kind `usage` where a person's table is over files that it may not read. */
  checkTable({ definition, partitions }: Pick<Extract<Known, { kind: 'table' }>, 'definition' | 'partitions'>): void {
    checkTable(definition, partitions, this.parts.rules)
  }

  async query(sql: string, options: QueryOptions = {}): Promise<Result> {
    const planned = await this.#planned(sql, options)
    const { translation, plan } = planned
    const connection = await this.#connection()
    const { signal } = options
    const interrupt = (): void => connection.interrupt()
    signal?.throwIfAborted()
    signal?.addEventListener('abort', interrupt)
    try {
      const [only] = plan.sets
      if (only && plan.sets.length === 1 && !only.isSpooled && isOnePass(translation, plan)) {
        await installMacros(connection, translation.sql)
        const rows = await only.straight(connection, async () => {
          await this.#define(plan.needs, connection)
          return untilTooMany({ connection, translation, signal })
        })
        if (rows) return rows
      }
      const { columns, batches } = await streamed({ connection, translation: await this.#standing(planned), signal })
      return { columns, batches: watched(batches, connection, signal) }
    } catch (error) {
      throw runtimeFault(error)
    } finally {
      signal?.removeEventListener('abort', interrupt)
    }
  }

  /** Writes the rows of one of Weir's own statements to a Parquet file, which is there until the engine is closed; gives its path. */
  async copy(sql: string): Promise<string> {
    const path = join(this.parts.instance.tempDir, `copy-${randomUUID()}.parquet`)
    try {
      const translation = await this.#standing(await this.#planned(sql))
      const connection = await this.#connection()
      await interruptible(connection, this.parts.instance.signal, () =>
        connection.run(`COPY (${translation.sql}) TO ${quoted(path)} (FORMAT parquet, COMPRESSION zstd)`),
      )
    } catch (error) {
      throw runtimeFault(error)
    }
    return path
  }

  async narrowed(pairs: readonly number[], options: QueryOptions = {}): Promise<Pick<Engine, 'query'>> {
    const target = `weir_narrowed_${++this.#opened}`
    const all = await this.#narrow(target, pairs, options)
    const connection = await this.#connection()
    const filled = (column: Column): boolean => isFilled(column, this.parts.logs)
    // What is NULL in all of them is there for who names it: to plan fifty such columns takes longer than to read the few records.
    const records = { name: 'records', target, columns: all.filter(filled), hidden: all.filter(column => !filled(column)) }
    return {
      query: async (sql, options = {}) => {
        const translation = this.#known.over(records, sql, options.parameters)
        await installMacros(connection, translation.sql)
        options.signal?.throwIfAborted()
        const { columns, batches } = await streamed({ connection, translation, signal: options.signal })
        return { columns, batches: watched(batches, connection, options.signal) }
      },
    }
  }

  /** Makes the view `target` of the records of some pairs; gives its columns. */
  async #narrow(target: string, pairs: readonly number[], { signal }: QueryOptions): Promise<readonly Column[]> {
    const connection = await this.#connection()
    const narrowing = { connection, target, logs: this.parts.logs, signal }
    try {
      await this.#standing(await this.#planned('SELECT pair_id FROM placed_records'))
      const numbered = this.#isOurs('records') && this.#isOurs('placed_records') ? this.#numbered() : undefined
      const { columns } = this.relations().find(({ name }) => name === 'records') ?? { columns: [] }
      if (numbered) await putNumbered(columns, pairs, numbered, narrowing)
      else await putNarrowed(await this.#standing(await this.#planned(recordsOfPairs(this.relations(), pairs))), narrowing)
      return columns
    } catch (error) {
      throw runtimeFault(error)
    }
  }

  /** Whether nobody has put something of that name in its place. */
  #isOurs(name: string): boolean {
    return this.#known.get(name) === this.#known.own(name)
  }

  async explain(sql: string, options: QueryOptions = {}): Promise<string> {
    const translation = await this.#standing(await this.#planned(sql, options))
    const rows = await (await this.#connection()).runAndReadAll(`EXPLAIN ${translation.sql}`)
    return rows
      .getRows()
      .map(row => String(row[1]))
      .join('\n')
  }

  async close(): Promise<void> {
    await this.#closeInstance()
    await removeTempDir(this.parts.instance.tempDir)
  }

  /** The table of a person, opened; undefined where a view or nothing has that name. */
  async table(name: string): Promise<PeopleTable | undefined> {
    const known = this.#known.get(name)
    if (known?.kind !== 'table') return undefined
    const open = this.#tables.get(name)
    if (open) return open
    const { instance, rules, now } = this.parts
    const table = await PeopleTable.open(known.definition, known.partitions, {
      instance,
      rules,
      now: now ?? new Date(),
      number: ++this.#opened,
    })
    this.#tables.set(name, table)
    // Its files have to be among those that the instance may open.
    await this.#closeInstance()
    return table
  }

  #knownWith(catalog: Catalog): KnownRelations {
    const { logs, own, allowed, now, window, references } = this.parts
    return new KnownRelations(logs.view, this.#columns, catalog, {
      own,
      allowed,
      now,
      window,
      references,
      // What a file has in all of its lines is known once it was read.
      flags: !logs.isSpooled || logs.filled.includes('tcp_flags'),
      isStored: logs.isStored,
    })
  }

  async #plan(translation: Translation): Promise<Plan> {
    const needs = this.#known.needs(translation)
    const sets = new Set<LogSet>()
    for (const known of needs) {
      const table = known.kind === 'table' ? await this.table(known.relation.name) : undefined
      if (table) sets.add(table.logs)
      else if (known.kind === 'rows') sets.add(this.parts.logs)
    }
    return { sets: [...sets], needs }
  }

  async #planned(sql: string, { parameters }: QueryOptions = {}): Promise<Planned> {
    const known = this.#known
    const translation = known.translation(sql, parameters)
    return { sql, parameters, known, translation, plan: await this.#plan(translation) }
  }

  /** A statement whose relations and macros stand. What is known of the logs once they are in the spool makes another text of it. */
  async #standing(planned: Planned): Promise<Translation> {
    await this.#spool(planned.plan.sets)
    const { sql, parameters, known } = planned
    const { translation, plan } = known === this.#known ? planned : await this.#planned(sql, parameters && { parameters })
    const connection = await this.#connection()
    await this.#define(plan.needs, connection)
    await installMacros(connection, translation.sql)
    return translation
  }

  async #spool(sets: readonly LogSet[]): Promise<void> {
    for (const set of sets) {
      if (set.isSpooled) continue
      await set.spool()
      await set.define(await this.#connection())
      if (set === this.parts.logs) this.#known = this.#knownWith(this.#catalog)
    }
  }

  async #define(needs: readonly Known[], connection: DuckDBConnection): Promise<void> {
    for (const known of needs) {
      const { name, target } = known.relation
      if (known.kind === 'table') await this.#tables.get(name)?.define(connection)
      else if (!this.#made.has(target))
        await makeRelation(known, {
          connection,
          known: this.#known,
          kept: this.#kept,
          numbered: this.#numbered(),
          references: this.parts.references,
        })
      this.#made.add(target)
    }
  }

  /** Records of the window with numbers in place of their texts, where they have such. */
  #numbered(): NumberedRows | undefined {
    const { logs, window } = this.parts
    const { numbered } = logs
    return numbered && { ...numbered, rows: windowed(identifier(numbered.rows), window) }
  }

  /** The instance that answers queries: apart from those that write, and locked. */
  #connection(): Promise<DuckDBConnection> {
    this.#instance ??= this.#openInstance()
    return this.#instance.then(({ connection }) => connection)
  }

  async #openInstance(): Promise<Instance> {
    const { logs, instance: options } = this.parts
    const sets = [logs, ...[...this.#tables.values()].map(table => table.logs)]
    const instance = await openInstance(options)
    if (options.onProgress && sets.some(set => !set.isSpooled)) await tellProgress(instance.connection)
    this.#kept = logs.kept && new KeptRelations(logs.kept, this.#known, options.tempDir)
    await this.#kept?.attach(instance.connection)
    await lock(instance.connection, [...sets.flatMap(set => set.paths), ...this.parts.references.values()], [options.tempDir])
    for (const set of sets) if (set.isSpooled || !set.isCounted) await set.define(instance.connection)
    return instance
  }

  async #closeInstance(): Promise<void> {
    const instance = await this.#instance?.catch(() => undefined)
    instance?.close()
    this.#instance = undefined
    this.#made.clear()
  }
}

/** One mention of rows, or of a table over rows, that nothing can end early: one pass over the files answers it. */
const isOnePass = ({ references, mayStopEarly }: Translation, { needs }: Plan): boolean =>
  !mayStopEarly &&
  references.length === 1 &&
  references[0]?.times === 1 &&
  needs.length === 1 &&
  (needs[0]?.kind === 'rows' || needs[0]?.kind === 'table' || needs[0]?.kind === 'view')

/** Rows that are still to come: what goes wrong on the way is a Fault too, and they end where the signal says so. */
async function* watched(
  batches: Result['batches'],
  connection: DuckDBConnection,
  signal?: AbortSignal,
): AsyncGenerator<readonly (readonly Value[])[]> {
  const interrupt = (): void => connection.interrupt()
  signal?.addEventListener('abort', interrupt)
  try {
    yield* batches
  } catch (error) {
    throw runtimeFault(error)
  } finally {
    signal?.removeEventListener('abort', interrupt)
  }
}
