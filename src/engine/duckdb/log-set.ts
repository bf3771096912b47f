import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { Fault } from '../../fault/index.js'
import { isText, type Field } from '../../format/index.js'
import type { InputReport, ReadingProgress } from '../input.js'
import { sumOf } from '../input-sum.js'
import { TEXTS } from './bulk/rows.js'
import { columnType, isNumber, recordColumns } from './columns.js'
import { tellProgress, withInstance, type InstanceOptions } from './instance.js'
import { identifier, quoted } from './literal.js'
import type { LogFiles } from './log-files.js'
import { LogReader } from './log-reader.js'
import type { KeptPlace } from './kept.js'
import { filledColumns, storedColumns, storedRows, type StoredParts } from './parts/stored.js'

/** Of a column with more different values in a row group, the spool has no dictionary: to look for one takes a sixth of the time that writing does. */
const MOST_ALIKE = 10_000
/** Rows of a row group of the spool: twice DuckDB's own, for each costs time to begin. */
const ROWS_TOGETHER = 245_760

const rowsIn = (spool: string): string => join(spool, 'rows')

const parquetIn = (spool: string): string => `read_parquet(${quoted(join(rowsIn(spool), '*.parquet'))}, hive_partitioning=false)`

/** Rows that have the number `$texts` in place of their texts, and a table of these by their number; other columns of text are NULL. */
export interface NumberedRows {
  readonly rows: string
  readonly texts: string
  readonly columns: readonly string[]
}

export interface LogSetOptions extends InstanceOptions {
  readonly onProgress?: ((progress: ReadingProgress) => void) | undefined
  /** Ends the reading of files, whatever asked for it. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Rows of log files, behind a view of one name: read straight from the files, or from the spool once there is one. `$path` is the
 * file that was found, `$segment` what is read of it.
 */
export class LogSet {
  readonly reader: LogReader
  readonly view: string
  #spool: string | undefined
  #numbered: NumberedRows | undefined
  /** What its texts are, as SQL, and how many. */
  #told = { sql: '', lines: 0 }
  readonly #hasTexts = new WeakSet<DuckDBConnection>()
  #spooling: Promise<void> | undefined
  #counted = false

  constructor(
    files: LogFiles,
    name: string,
    private readonly options: LogSetOptions,
    /** Records beside those of the files. */
    private readonly stored?: StoredParts,
  ) {
    this.reader = new LogReader(files, { prefix: name, threads: options.threads, signal: options.signal })
    this.view = `rows_${name}`
  }

  get columns(): readonly Field[] {
    return this.stored ? recordColumns([this.reader.columns, storedColumns(this.stored)]) : this.reader.columns
  }

  /** Of these columns, those that some row may have a value in. */
  get filled(): readonly string[] {
    const filled = new Set([...this.#kept().map(({ column }) => column), ...(this.stored ? filledColumns(this.stored) : [])])
    return this.columns.flatMap(({ column }) => (filled.has(column) ? [column] : []))
  }

  get isSpooled(): boolean {
    return this.#spool !== undefined || this.isStored
  }

  /** Whether a pass has counted every line. */
  get isCounted(): boolean {
    return this.#counted || this.isStored
  }

  /** Whether there are no files to be read. */
  get isStored(): boolean {
    return this.stored !== undefined && this.reader.files.files.length === 0
  }

  /** Where what is worked out of its rows is kept, where these are parts of a lake alone. */
  get kept(): KeptPlace | undefined {
    return this.isStored ? this.stored?.kept : undefined
  }

  /** What the view has to be allowed to open. */
  get paths(): readonly string[] {
    return [...this.reader.files.files.map(file => file.path), ...(this.stored?.paths ?? [])]
  }

  /** What was read of the files by the last pass, and of the others when they were stored. */
  report(): InputReport {
    const read = this.reader.report()
    return this.stored ? sumOf(this.stored.input, read) : read
  }

  /** All rows with numbers in place of their texts, where the spool has them so. */
  get numbered(): NumberedRows | undefined {
    return this.stored ? undefined : this.#numbered
  }

  /** Makes the view anew over what there is. */
  async define(connection: DuckDBConnection): Promise<void> {
    if (this.#spool !== undefined && this.#numbered) await this.#defineNumbered(connection, this.#spool, this.#numbered)
    const sql = this.#spool === undefined ? this.reader.begin(connection) : this.#spooled(this.#spool)
    const stored = this.stored && this.stored.paths.length > 0 ? [storedRows(this.stored, this.columns)] : []
    const rows = [...(sql === '' ? [] : [this.#withAll(sql)]), ...stored]
    await connection.run(
      `CREATE OR REPLACE VIEW ${identifier(this.view)} AS
      SELECT * REPLACE (${this.#foundPath()} AS "$path"), "$path" AS "$segment" FROM (${rows.length === 0 ? this.#noRows() : rows.join('\nUNION ALL\n')})`,
    )
  }

  /** Rows of files with the columns that only other records have as well. */
  #withAll(sql: string): string {
    if (!this.stored) return sql
    const present = new Set(this.reader.columns.map(({ column }) => column))
    const columns = this.columns.map(field =>
      present.has(field.column) ? identifier(field.column) : `NULL::${columnType(field)} AS ${identifier(field.column)}`,
    )
    return `SELECT ${columns.join(', ')}, "$path" FROM (${sql})`
  }

  /** The file as it was found, where what is read was written anew from it. */
  #foundPath(): string {
    const rewritten = this.reader.files.files.filter(file => file.path !== file.of.path)
    if (rewritten.length === 0) return '"$path"'
    return `CASE "$path" ${rewritten.map(file => `WHEN ${quoted(file.path)} THEN ${quoted(file.of.path)}`).join(' ')} ELSE "$path" END`
  }

  /**
   * Runs something that reads the whole view once, straight from the files, and again as often as files had to be rewritten.
   * Undefined means that it was broken off.
   */
  async straight<T>(connection: DuckDBConnection, run: () => Promise<T | undefined>): Promise<T | undefined> {
    const stop = this.#watch(connection)
    try {
      return await withInstance({ ...this.options, threads: 1 }, async aside => {
        const value = await this.reader.pass(
          aside,
          async () => {
            await this.define(connection)
            return run()
          },
          value => value !== undefined,
        )
        this.#counted = value !== undefined
        return value
      })
    } finally {
      stop()
    }
  }

  /** Parses the files into Parquet once; from then on the view reads that. */
  async spool(): Promise<void> {
    this.#spooling ??= this.#spoolAll()
    try {
      await this.#spooling
    } finally {
      if (this.#spool === undefined) this.#spooling = undefined
    }
  }

  async #spoolAll(): Promise<void> {
    const folder = join(this.options.tempDir, `spool-${this.view}`)
    await withInstance(this.options, async writer => {
      const stop = this.#watch(writer)
      try {
        await withInstance({ ...this.options, threads: 1 }, aside =>
          this.reader.pass(aside, async () => {
            await rm(folder, { recursive: true, force: true })
            await mkdir(rowsIn(folder), { recursive: true })
            const sql = this.reader.begin(writer, folder)
            if (sql === '') return
            if (this.options.onProgress && this.reader.leavesSome) await tellProgress(writer)
            const { isNumbered } = this.reader
            const fields = this.#kept().filter(field => !isNumbered || isNumber(field))
            const columns = [...fields.map(field => identifier(field.column)), ...(isNumbered ? [identifier(TEXTS)] : [])]
            await writer.run(
              `COPY (SELECT ${[...columns, '"$path"'].join(', ')} FROM (${sql})) TO ${quoted(rowsIn(folder))} (FORMAT parquet, COMPRESSION ${isNumbered ? 'uncompressed' : 'lz4_raw'}, ROW_GROUP_SIZE ${ROWS_TOGETHER}, DICTIONARY_SIZE_LIMIT ${MOST_ALIKE}, PER_THREAD_OUTPUT true)`,
            )
          }),
        )
      } finally {
        stop()
      }
    })
    if (this.reader.isNumbered) {
      const texts = this.#kept().filter(isText)
      this.#told = { sql: await this.reader.texts(folder, texts), lines: this.reader.linesTold }
      const columns = texts.map(({ column }) => column)
      this.#numbered = { rows: `numbers_${this.view}`, texts: `texts_${this.view}`, columns }
    }
    this.#spool = folder
    this.#counted = true
  }

  /** Makes the table of texts once an instance, which may be of the logs' size where no two records say the same. */
  async #defineNumbered(connection: DuckDBConnection, folder: string, { rows, texts }: NumberedRows): Promise<void> {
    if (!this.#hasTexts.has(connection)) {
      await connection.run(`CREATE OR REPLACE TABLE ${identifier(texts)} AS ${this.#told.sql}`)
      const [[found] = []] = (await connection.runAndReadAll(`SELECT count(*) FROM ${identifier(texts)}`)).getRows()
      if (Number(found) !== this.#told.lines) throw textsLost(folder, this.#told.lines, Number(found))
      this.#hasTexts.add(connection)
    }
    const columns = [...this.#listed(this.reader.columns.filter(isNumber)), identifier(TEXTS), '"$path"']
    await connection.run(`CREATE OR REPLACE VIEW ${identifier(rows)} AS SELECT ${columns.join(', ')} FROM ${parquetIn(folder)}`)
  }

  /** Columns that some file has, or its path tells: the others are NULL and need no place. */
  #kept(): readonly Field[] {
    const { files } = this.reader.files
    const present = new Set(files.flatMap(file => file.layout ?? []).map(field => field.column))
    if (files.some(({ place }) => place.account !== undefined)) present.add('account_id')
    if (files.some(({ place }) => place.region !== undefined)) present.add('region')
    return this.reader.columns.filter(field => present.has(field.column))
  }

  #spooled(folder: string): string {
    if (this.reader.files.files.length === 0) return ''
    const { rows, texts } = this.#numbered ?? {}
    const from = rows && texts ? `${identifier(rows)} JOIN ${identifier(texts)} USING ("$texts")` : parquetIn(folder)
    return `SELECT ${this.#listed(this.reader.columns).join(', ')}, "$path" FROM ${from}`
  }

  /** Columns of the spool; those that no file has are NULL. */
  #listed(fields: readonly Field[]): readonly string[] {
    const kept = new Set(this.#kept())
    return fields.map(field =>
      kept.has(field) ? identifier(field.column) : `NULL::${columnType(field)} AS ${identifier(field.column)}`,
    )
  }

  #noRows(): string {
    const columns = this.columns.map(field => `NULL::${columnType(field)} AS ${identifier(field.column)}`)
    return `SELECT ${columns.join(', ')}, NULL::VARCHAR AS "$path" WHERE false`
  }

  /** Tells how far a running query is, now and then. */
  #watch(connection: DuckDBConnection): () => void {
    const { onProgress } = this.options
    if (!onProgress) return () => undefined
    const total = this.reader.files.files.reduce((bytes, file) => bytes + file.of.bytes, 0)
    const timer = setInterval(() => {
      const bulk = this.reader.bulkProgress
      const share = Math.min(100, Math.max(0, connection.progress.percentage)) / 100
      onProgress({ done: Math.round(bulk.done + share * (total - bulk.total)), total })
    }, 200)
    return () => {
      clearInterval(timer)
      onProgress({ done: total, total })
    }
  }
}

const textsLost = (where: string, told: number, found: number): Fault =>
  new Fault({
    code: 'spool-damaged',
    kind: 'engine',
    message: `${told} texts of records were written to the temporary folder, and ${found} are there`,
    where,
    action: 'run it again; if it happens again, give --temp-dir on another disk',
  })
