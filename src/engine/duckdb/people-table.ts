import { relative, sep } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { headerOf, layoutOfFields, type Layout } from '../../format/index.js'
import { Fault } from '../../fault/index.js'
import { findFiles, type FoundFile, type UnreadableSource } from '../../source/index.js'
import type { ColumnDefinition, PartitionDefinition, TableDefinition } from '../sql/statements.js'
import {
  fieldOfColumn,
  hiddenDateSource,
  partitionReader,
  placesOf,
  resolveLocation,
  type LocationRules,
  type PartitionValues,
} from '../tables/index.js'
import { identifier, quoted } from './literal.js'
import { LogFiles } from './log-files.js'
import { LogSet, type LogSetOptions } from './log-set.js'
import { withInstance } from './instance.js'
import { dateOf } from './vpc-flow-logs.js'

/** Where the table of files says which layout a file has; no column of Hive's is called so. */
const LAYOUT = '"$layout"'

/** A table that a person defined, over the log files that its LOCATION holds. */
export class PeopleTable {
  private constructor(
    readonly definition: TableDefinition,
    readonly logs: LogSet,
    private readonly added: readonly PartitionDefinition[],
    private readonly partitions: ReadonlyMap<string, PartitionValues>,
  ) {}

  static async open(
    definition: TableDefinition,
    added: readonly PartitionDefinition[],
    options: { instance: LogSetOptions; rules: LocationRules; now: Date; number: number },
  ): Promise<PeopleTable> {
    const { files, partitions, unreadable } = await filesOf(definition, added, options)
    const fields = layoutOfFields(definition.columns.map(({ name }) => fieldOfColumn(name)?.name ?? name).join(' '))
    const { tempDir } = options.instance
    const logFiles = await withInstance({ ...options.instance, threads: 1 }, connection =>
      LogFiles.open(files, { connection, tempDir, fields, fieldsMayDiffer: true }),
    )
    logFiles.unreadable.push(...unreadable)
    return new PeopleTable(definition, new LogSet(logFiles, `table${options.number}`, options.instance), added, partitions)
  }

  /** The partitions that were added and that its files show, as values in the order of the columns. */
  get shownPartitions(): readonly PartitionValues[] {
    const added = placesOf(this.definition, this.added).flatMap(({ values }) => (values ? [values] : []))
    return [...new Map([...added, ...this.partitions.values()].map(values => [JSON.stringify(values), values])).values()]
  }

  /** Makes the view of the table anew, over the rows of its files. */
  async define(connection: DuckDBConnection): Promise<void> {
    await this.logs.define(connection)
    const places = await this.#definePlaces(connection)
    const date = hiddenDateSource(this.definition) === undefined ? '' : `, ${dateOf(identifier(this.#source('start')))} AS "date"`
    const columns = this.definition.columns.map((column, i) => `${this.#valueOf(column, i)} AS ${identifier(column.name)}`)
    const partitions = this.definition.partitions.map(
      ({ name, type }) => `CAST(p.${identifier(name)} AS ${type}) AS ${identifier(name)}`,
    )
    await connection.run(
      `CREATE OR REPLACE VIEW ${identifier(`table_${this.definition.name}`)} AS SELECT ${[...columns, ...partitions].join(', ')}${date}, r."$path" FROM ${this.logs.view} r${places}`,
    )
  }

  /** A small table of each file's partition and layout, to join; nothing where neither is asked for. */
  async #definePlaces(connection: DuckDBConnection): Promise<string> {
    const names = this.definition.partitions.map(({ name }) => name)
    if (names.length === 0 && this.#layouts.length < 2) return ''
    const table = identifier(`places_${this.definition.name}`)
    const columns = ['path VARCHAR', `${LAYOUT} INTEGER`, ...names.map(name => `${identifier(name)} VARCHAR`)]
    await connection.run(`CREATE OR REPLACE TABLE ${table} (${columns.join(', ')})`)
    const layouts = this.#layouts.map(headerOf)
    const rows = this.logs.reader.files.files.map(file => {
      const values = this.partitions.get(file.of.path) ?? {}
      const texts = names.map(name => values[name] ?? null).map(value => (value === null ? 'NULL' : quoted(value)))
      return `(${[quoted(file.path), layouts.indexOf(headerOf(file.layout ?? [])), ...texts].join(', ')})`
    })
    if (rows.length > 0) await connection.run(`INSERT INTO ${table} VALUES ${rows.join(', ')}`)
    return ` LEFT JOIN ${table} p ON p.path = r."$segment"`
  }

  /** The layouts of its files, each once. */
  get #layouts(): readonly Layout[] {
    const layouts = this.logs.reader.files.files.flatMap(({ layout }) => (layout ? [layout] : []))
    return [...new Map(layouts.map(layout => [headerOf(layout), layout])).values()]
  }

  /** What a column of the table means: a field by its name where any of the logs has it, else what stands in its place. */
  #valueOf({ name, type }: ColumnDefinition, index: number): string {
    const source = this.#source(name)
    const layouts = this.#layouts
    const cast = (column: string) => `CAST(r.${identifier(column)} AS ${type})`
    if (layouts.some(layout => layout.some(field => field.column === source))) return cast(source)
    const named = new Set(this.definition.columns.map(column => this.#source(column.name)))
    const placed = layouts.map(layout => layout[index]?.column).map(column => (column && !named.has(column) ? column : undefined))
    const [first] = placed
    if (placed.every(column => column === first)) return first === undefined ? `NULL::${type}` : cast(first)
    const cases = placed.flatMap((column, i) => (column === undefined ? [] : [`WHEN ${i} THEN ${cast(column)}`]))
    return `CASE p.${LAYOUT} ${cases.join(' ')} END`
  }

  #source(name: string): string {
    return fieldOfColumn(name)?.column ?? name
  }
}

/** Throws a Fault of kind `usage` where a table is over files that Weir does not or may not read. Whether they are there is not asked. */
export function checkTable(definition: TableDefinition, added: readonly PartitionDefinition[], rules: LocationRules): void {
  refuseDelimiter(definition)
  const locations = [definition.location, ...placesOf(definition, added).map(({ location }) => location)]
  for (const location of new Set(locations)) {
    try {
      resolveLocation(location, rules)
    } catch (error) {
      if (!(error instanceof Fault) || error.kind === 'usage') throw error
    }
  }
}

function refuseDelimiter({ name, format, delimiter }: TableDefinition): void {
  if (format === 'parquet' || [' ', '\t', ','].includes(delimiter)) return
  throw new Fault({
    code: 'table-delimiter',
    kind: 'usage',
    message: `the fields of ${name} stand apart by ${JSON.stringify(delimiter)}, as flow logs never do`,
    expected: `FIELDS TERMINATED BY ' '`,
    action: `write ROW FORMAT DELIMITED FIELDS TERMINATED BY ' '`,
  })
}

async function filesOf(
  definition: TableDefinition,
  added: readonly PartitionDefinition[],
  { instance, rules, now }: { instance: LogSetOptions; rules: LocationRules; now: Date },
): Promise<{ files: FoundFile[]; partitions: Map<string, PartitionValues>; unreadable: UnreadableSource[] }> {
  const files: FoundFile[] = []
  const unreadable: UnreadableSource[] = []
  const partitions = new Map<string, PartitionValues>()
  const partitionOf = partitionReader(definition, now)
  for (const place of placesOf(definition, added)) {
    const path = resolveLocation(place.location, rules)
    if (path === undefined) continue
    const found = await findFiles([path], { stdin: process.stdin, tempDir: instance.tempDir })
    unreadable.push(...found.unreadable)
    for (const file of found.files) {
      // By the path it was found at: a folder dt=… may be a link to one of another name.
      const values = partitionOf(place, relative(path, file.source).split(sep).join('/'))
      if (values === undefined || partitions.has(file.path)) continue
      partitions.set(file.path, values)
      files.push(file)
    }
  }
  return { files, partitions, unreadable }
}
