import { relative, sep } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { layoutOfFields } from '../../format/index.js'
import { Fault } from '../../fault/index.js'
import { findFiles, type FoundFile } from '../../source/index.js'
import type { PartitionDefinition, TableDefinition } from '../sql/statements.js'
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

/** A table that a person defined, over the log files that its LOCATION holds. */
export class PeopleTable {
  private constructor(
    readonly definition: TableDefinition,
    readonly logs: LogSet,
    private readonly partitions: ReadonlyMap<string, PartitionValues>,
  ) {}

  static async open(
    definition: TableDefinition,
    added: readonly PartitionDefinition[],
    options: { instance: LogSetOptions; rules: LocationRules; now: Date },
  ): Promise<PeopleTable> {
    refuseDelimiter(definition)
    const { files, partitions } = await filesOf(definition, added, options)
    const fields = layoutOfFields(definition.columns.map(({ name }) => fieldOfColumn(name)?.name ?? name).join(' '))
    const { tempDir } = options.instance
    const logFiles = await withInstance({ ...options.instance, threads: 1 }, connection =>
      LogFiles.open(files, { connection, tempDir, fields }),
    )
    return new PeopleTable(definition, new LogSet(logFiles, `t_${definition.name}`, options.instance), partitions)
  }

  /** The partitions that its files show, as values in the order of the columns. */
  get shownPartitions(): readonly PartitionValues[] {
    return [...new Map([...this.partitions.values()].map(values => [JSON.stringify(values), values])).values()]
  }

  /** Makes the view of the table anew, over the rows of its files. */
  async define(connection: DuckDBConnection): Promise<void> {
    await this.logs.define(connection)
    const places = await this.#definePlaces(connection)
    const date = hiddenDateSource(this.definition) === undefined ? '' : `, ${dateOf(identifier(this.#source('start')))} AS "date"`
    const columns = this.definition.columns.map(
      (column, i) => `CAST(${this.#valueOf(column.name, i)} AS ${column.type}) AS ${identifier(column.name)}`,
    )
    const partitions = this.definition.partitions.map(
      ({ name, type }) => `CAST(p.${identifier(name)} AS ${type}) AS ${identifier(name)}`,
    )
    await connection.run(
      `CREATE OR REPLACE VIEW ${identifier(`table_${this.definition.name}`)} AS SELECT ${[...columns, ...partitions].join(', ')}${date}, r."$path" FROM ${this.logs.view} r${places}`,
    )
  }

  /** A small table of each file's partition, to join; nothing where the table has no partitions. */
  async #definePlaces(connection: DuckDBConnection): Promise<string> {
    const names = this.definition.partitions.map(({ name }) => name)
    if (names.length === 0) return ''
    const table = identifier(`places_${this.definition.name}`)
    await connection.run(
      `CREATE OR REPLACE TABLE ${table} (path VARCHAR, ${names.map(name => `${identifier(name)} VARCHAR`).join(', ')})`,
    )
    const rows = this.logs.reader.files.files.map(file => {
      const values = this.partitions.get(file.of.path) ?? {}
      return `(${[file.path, ...names.map(name => values[name] ?? null)].map(value => (value === null ? 'NULL' : quoted(value))).join(', ')})`
    })
    if (rows.length > 0) await connection.run(`INSERT INTO ${table} VALUES ${rows.join(', ')}`)
    return ` LEFT JOIN ${table} p ON p.path = r."$path"`
  }

  /** The column of the rows that a column means: by its name where the logs have that field, else by its place. */
  #valueOf(name: string, index: number): string {
    const source = this.#source(name)
    const layout = this.logs.reader.files.files.find(file => file.layout)?.layout ?? []
    if (layout.some(field => field.column === source)) return `r.${identifier(source)}`
    const named = new Set(this.definition.columns.map(column => this.#source(column.name)))
    const placed = layout[index]
    return placed && !named.has(placed.column) ? `r.${identifier(placed.column)}` : 'NULL'
  }

  #source(name: string): string {
    return fieldOfColumn(name)?.column ?? name
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
): Promise<{ files: FoundFile[]; partitions: Map<string, PartitionValues> }> {
  const files: FoundFile[] = []
  const partitions = new Map<string, PartitionValues>()
  const partitionOf = partitionReader(definition, now)
  for (const place of placesOf(definition, added)) {
    const path = await resolveLocation(place.location, rules)
    if (path === undefined) continue
    const found = await findFiles([path], { stdin: process.stdin, tempDir: instance.tempDir })
    for (const file of found.files) {
      const values = partitionOf(place, relative(path, file.path).split(sep).join('/'))
      if (values === undefined || partitions.has(file.path)) continue
      partitions.set(file.path, values)
      files.push(file)
    }
  }
  return { files, partitions }
}
