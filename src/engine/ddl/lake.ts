import { ATHENA_TYPES, type Field } from '../../format/index.js'
import type { Column } from '../relation.js'
import { PARTITION_COLUMNS, type Partition } from '../duckdb/parts/partition.js'
import { referenceDefinitions } from '../relations/references.js'
import { STORED } from '../remote/stored.js'
import { tableStatements, type PartitionColumn } from './external-table.js'
import { shortEnough } from './length.js'
import { hiveName, schemaStatement, type DdlStatement, type DdlTarget } from './target.js'
import { quotedName, quotedText } from '../sql/quote.js'
import { viewStatements } from './views.js'

/** What is known of a lake whose files an engine sees. */
export interface LakeTables {
  readonly target: DdlTarget
  /** The lake, as the engine sees it: `s3://…`, or whatever file system Trino has. */
  readonly location: string
  /** The columns of `records` there. */
  readonly fields: readonly Field[]
  readonly partitions: readonly Partition[]
  /** Relations beside the logs that have a folder in the lake. */
  readonly references: readonly string[]
  readonly own: readonly string[]
  readonly now: Date
}

/** All that is to be made over a lake: the table of its records, those beside the logs, Weir's relations as views. */
export function lakeStatements(lake: LakeTables): readonly DdlStatement[] {
  const { target, references } = lake
  const root = lake.location.replace(/\/*$/, '')
  const projected = target.engine === 'athena' ? projectedPartitions(lake) : undefined
  const stored = {
    name: STORED,
    columns: storedColumns(lake.fields),
    partitions: projected ?? PARTITION_COLUMNS.map(name => ({ name })),
    format: 'parquet',
    location: `${root}/records/`,
  } as const
  const beside = referenceDefinitions.filter(({ relation }) => references.includes(relation))
  return shortEnough(target, [
    schemaStatement(target),
    ...tableStatements(
      target,
      stored,
      projected
        ? "The lake's records: each new day is there by itself; made anew where an account or region comes."
        : "The lake's records, by account, region and UTC day of their start.",
    ),
    // At once: a table without partitions has no rows, and who stops here would not be told.
    ...(projected ? [] : [partitionStatement(target)]),
    ...beside.flatMap(({ relation, columns }) =>
      tableStatements(
        target,
        { name: relation, columns, partitions: [], format: 'parquet', location: `${root}/enrichment/${relation}/` },
        `What stands beside the logs: ${relation}.`,
      ),
    ),
    ...viewStatements(lake),
  ])
}

/** The columns that stand in the files. */
const storedColumns = (fields: readonly Field[]): readonly Column[] => [
  ...fields
    .filter(({ column }) => !PARTITION_COLUMNS.some(name => name === column))
    .map(({ column, kind }) => ({ name: column, type: ATHENA_TYPES[kind] })),
  { name: 'src_key', type: 'varbinary' },
  { name: 'dst_key', type: 'varbinary' },
  { name: 'source_object', type: 'varchar' },
]

/** Partitions that a query without a date would look for, at most: one listing each. */
const MOST_PROJECTED = 100_000
/** A value that is written in a path as it is, and alone in a list. */
const PLAIN = /^[\w.~-]+$/

/** Partitions that need no metastore; undefined where they would not reach all of the lake, or by far too many places. */
function projectedPartitions({ partitions, now }: LakeTables): readonly PartitionColumn[] | undefined {
  const today = now.toISOString().slice(0, 10)
  const valuesOf = (key: keyof Partition): readonly (string | undefined)[] =>
    [...new Set(partitions.map(partition => partition[key]))].sort()
  const known = (values: readonly (string | undefined)[]): readonly string[] | undefined =>
    values.every(value => value !== undefined && PLAIN.test(value)) ? values.flatMap(value => value ?? []) : undefined
  const [accounts, regions, dates] = [known(valuesOf('account')), known(valuesOf('region')), known(valuesOf('date'))]
  const [from] = dates ?? []
  if (!accounts || !regions || !dates || from === undefined || (dates.at(-1) ?? '') > today) return undefined
  const days = (Date.parse(today) - Date.parse(from)) / 86_400_000 + 2
  if (accounts.length * regions.length * days > MOST_PROJECTED) return undefined
  return [
    { name: 'account_id', projection: { type: 'enum', values: accounts } },
    { name: 'region', projection: { type: 'enum', values: regions } },
    { name: 'date', projection: { type: 'date', format: 'yyyy-MM-dd', from, to: 'NOW+1DAY' } },
  ]
}

function partitionStatement(target: DdlTarget): DdlStatement {
  const about = 'Finds the partitions that are there; run it again after each ingest.'
  if (target.engine === 'athena') return { about, sql: `MSCK REPAIR TABLE ${hiveName(target, STORED)}` }
  const values = [target.schema, STORED, 'FULL'].map(quotedText).join(', ')
  return { about, sql: `CALL ${quotedName(target.catalog)}.system.sync_partition_metadata(${values})` }
}
