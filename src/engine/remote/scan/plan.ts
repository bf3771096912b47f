import { z } from 'zod'
import { Fault } from '../../../fault/index.js'
import { rowsOf, type Result } from '../../engine.js'
import type { Column } from '../../relation.js'

/** Which values a partition column may have: `undefined` ends are open. Both ends belong to it. */
export interface Range {
  readonly low: string | undefined
  readonly high: string | undefined
}

/** One reading of one table. */
export interface Scan {
  /** As the server names it: `catalog.schema.table`, each without quotes. */
  readonly table: TableName
  /** Columns that stand in the files; none for a mere `count(*)`. */
  readonly columns: readonly string[]
  /** Those of them that filters look at. */
  readonly filtered: readonly string[]
  /** By partition column; a column that is missing is not bounded. */
  readonly partitions: ReadonlyMap<string, readonly Range[]>
}

export interface TableName {
  readonly catalog: string
  readonly schema: string
  readonly table: string
}

export interface Plan {
  /** What the statement gives, with Trino's names of types; nameless where a name holds a comma, for the plan does not quote them. */
  readonly columns: readonly Column[]
  /** A table that is read twice stands here twice. */
  readonly scans: readonly Scan[]
  /** What is read and is no table of files, as the server tells it. */
  readonly unknown: readonly string[]
}

/** What has the server tell how it would run a statement; the statement begins on the line after it. Nothing is read, nor paid for. */
export const explained = (sql: string): string => `EXPLAIN (TYPE DISTRIBUTED, FORMAT JSON)\n${sql}`

interface Node {
  readonly name: string
  readonly descriptor: Readonly<Record<string, string>>
  readonly outputs: readonly { readonly type: string }[]
  readonly details: readonly string[]
  readonly children: readonly Node[]
}

const node: z.ZodType<Node> = z.object({
  name: z.string(),
  descriptor: z.record(z.string(), z.string()).default({}),
  outputs: z.array(z.object({ type: z.string() })).default([]),
  details: z.array(z.string()).default([]),
  children: z.lazy(() => z.array(node)).default([]),
})

const fragments = z.record(z.string(), node)

/** Reads the answer to `explained`: one text, or a row for each of its lines. */
export async function readPlan(answer: Result): Promise<Plan> {
  const rows = (await rowsOf(answer)).flatMap(row => Object.values(row))
  const text = rows.filter(line => typeof line === 'string').join('\n')
  const parsed = fragments.safeParse(parsedJson(text))
  if (!parsed.success)
    throw new Fault({
      code: 'remote-plan',
      kind: 'engine',
      message: 'the plan of the statement cannot be read',
      expected: 'what EXPLAIN (TYPE DISTRIBUTED, FORMAT JSON) gives on Trino and Athena',
      cause: parsed.error,
    })
  const nodes = Object.values(parsed.data).flatMap(nodesOf)
  const read = nodes.filter(({ name, descriptor }) => /Scan/.test(name) && descriptor['table'] !== undefined)
  const scans = read.map(scanOf)
  return {
    columns: columnsOf(nodes.find(({ name }) => name === 'Output')),
    scans: scans.filter(scan => typeof scan !== 'string'),
    unknown: scans.filter(scan => typeof scan === 'string'),
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function columnsOf(output: Node | undefined): Column[] {
  const { outputs = [], descriptor = {} } = output ?? {}
  const names = (descriptor['columnNames'] ?? '').slice(1, -1).split(', ')
  return outputs.map(({ type }, i) => ({ name: names.length === outputs.length ? (names[i] ?? '') : '', type }))
}

const nodesOf = (node: Node): Node[] => [node, ...node.children.flatMap(nodesOf)]

/** `hive:weir:records`, or `awsdatacatalog:HiveTableHandle{schemaName=weir, tableName=records, …}`. */
const TABLE = /^([^:\s]+):(?:([^:\s{}]+):([^\s{}]+)|\w+\{.*?schemaName=([^,}]+), tableName=([^,}]+))/

/** `bytes:bigint:REGULAR`, in older servers with the column's number: `bytes:bigint:9:REGULAR`. */
const COLUMN = /^(?:(.*) := )?([^:]+):.+:(REGULAR|PARTITION_KEY)$/

function scanOf({ descriptor, details }: Node): Scan | string {
  const told = descriptor['table'] ?? ''
  const [, catalog, plainSchema, plainTable, schema = plainSchema, table = plainTable] = TABLE.exec(told) ?? []
  if (catalog === undefined || schema === undefined || table === undefined) return told
  const filters = [told, descriptor['filterPredicate'], descriptor['dynamicFilters']].join(' ')
  const isFiltered = (name: string): boolean => new RegExp(`(?<![\\w"])${escaped(name)}(?![\\w"])`).test(filters)
  const columns = new Set<string>()
  const filtered = new Set<string>()
  const partitions = new Map<string, readonly Range[]>()
  details.forEach((detail, i) => {
    const [, symbol = '', column, kind] = COLUMN.exec(detail) ?? []
    if (column === undefined) return
    if (kind === 'REGULAR') columns.add(column)
    if (kind === 'REGULAR' && (isFiltered(symbol) || isFiltered(column))) filtered.add(column)
    const ranges = kind === 'PARTITION_KEY' ? rangesOf(details[i + 1] ?? '') : undefined
    if (ranges) partitions.set(column, ranges)
  })
  return { table: { catalog, schema, table }, columns: [...columns], filtered: [...filtered], partitions }
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What Hive calls the partition of records that have no value. */
const NO_VALUE = '__HIVE_DEFAULT_PARTITION__'

/** `:: [[2026-01-05], [2026-01-07]]`, `:: [NULL, [2026-01-05, 2026-03-01]]`; undefined for what bounds nothing, or cannot be read. */
function rangesOf(detail: string): readonly Range[] | undefined {
  const list = /^\s*:: \[(.*)\]$/.exec(detail)?.[1]
  if (list === undefined) return undefined
  const ranges = [...list.matchAll(/[[(]([^[\]()]*)[\])]/g)].map(([, inside = '']): Range => {
    const ends = inside.split(', ')
    const [low, high] = ends.length === 1 ? [ends[0], ends[0]] : ends
    return { low: endOf(low), high: endOf(high) }
  })
  if (ranges.length === 0) return undefined
  return /^NULL\b/.test(list) ? [...ranges, { low: NO_VALUE, high: NO_VALUE }] : ranges
}

const endOf = (text: string | undefined): string | undefined => (text === '<min>' || text === '<max>' ? undefined : text)
