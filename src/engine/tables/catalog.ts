import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../../fault/index.js'
import { printPartitions } from '../sql/ddl/alter-table.js'
import { printView } from '../sql/ddl/query.js'
import { statementsOf, type PartitionDefinition, type StatementForm, type TableDefinition } from '../sql/statements.js'
import { partitionName } from './partitions.js'

/** A table or view that a person made. */
export type CatalogEntry =
  | {
      readonly kind: 'table'
      readonly name: string
      readonly table: TableDefinition
      readonly partitions: readonly PartitionDefinition[]
    }
  | { readonly kind: 'view'; readonly name: string; readonly sql: string }

/** By name, in the order of their making. Weir's own relations are not among them. */
export type Catalog = ReadonlyMap<string, CatalogEntry>

/** Where a lake keeps them, as statements. */
export const catalogFile = (lake: string) => join(lake, 'tables.sql')

/** The tables and views of a lake; none where the lake or its file is not there. Throws a Fault `catalog-unreadable`. */
export async function loadCatalog(lake: string): Promise<Catalog> {
  const path = catalogFile(lake)
  try {
    return statementsOf(await readFile(path, 'utf8')).reduce(catalogAfter, new Map())
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map()
    const fault = error instanceof Fault ? error : undefined
    throw new Fault({
      code: 'catalog-unreadable',
      kind: fault === undefined ? 'source' : 'usage',
      message: `the tables of the lake cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      where: fault?.where === undefined ? path : `${path}, ${fault.where}`,
      action: 'mend the statement there, or take it out',
      cause: error,
    })
  }
}

/** Writes the tables and views of a lake, aside at first, so that the file is whole at every moment. */
export async function saveCatalog(lake: string, catalog: Catalog): Promise<void> {
  const aside = join(lake, `.tables-${randomUUID()}.sql`)
  await mkdir(lake, { recursive: true })
  try {
    const file = await open(aside, 'wx')
    try {
      await file.writeFile(printCatalog(catalog))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(aside, catalogFile(lake))
  } catch (error) {
    await rm(aside, { force: true })
    throw new Fault({
      code: 'catalog-unwritable',
      kind: 'engine',
      message: `the tables of the lake cannot be saved: ${error instanceof Error ? error.message : String(error)}`,
      where: catalogFile(lake),
      action: 'see that the lake can be written to, or name another with --lake',
      cause: error,
    })
  }
}

/** The catalog as a script: reading it gives the same. */
export function printCatalog(catalog: Catalog): string {
  const statements = [...catalog.values()].flatMap(entry => {
    if (entry.kind === 'view') return [printView(entry.name, entry.sql)]
    return entry.partitions.length === 0 ? [entry.table.text] : [entry.table.text, printPartitions(entry.name, entry.partitions)]
  })
  return statements.map(statement => `${statement};\n`).join('\n')
}

/**
 * The catalog after a statement of DDL; the same one where it changes nothing.
 * Throws a Fault of kind `usage`: `table-exists`, `table-missing`, `table-partition`.
 */
export function catalogAfter(catalog: Catalog, statement: StatementForm): Catalog {
  switch (statement.kind) {
    case 'create-table': {
      const { table, ifNotExists } = statement
      if (!catalog.has(table.name)) return withEntry(catalog, { kind: 'table', name: table.name, table, partitions: [] })
      if (ifNotExists) return catalog
      throw exists(table.name, 'write CREATE EXTERNAL TABLE IF NOT EXISTS, or drop it first')
    }
    case 'create-view': {
      const { name, orReplace, sql } = statement
      const before = catalog.get(name)
      if (before !== undefined && !(orReplace && before.kind === 'view'))
        throw exists(name, 'write CREATE OR REPLACE VIEW, or drop it first')
      return withEntry(catalog, { kind: 'view', name, sql })
    }
    case 'drop-table':
    case 'drop-view': {
      const { name, ifExists } = statement
      const kind = statement.kind === 'drop-table' ? 'table' : 'view'
      if (ifExists && !catalog.has(name)) return catalog
      entryOf(catalog, name, kind)
      return new Map([...catalog].filter(([other]) => other !== name))
    }
    case 'add-partition':
      return withPartitions(catalog, statement.table, statement.partitions, statement.ifNotExists)
    case 'repair-table':
      entryOf(catalog, statement.name, 'table')
      return catalog
    default:
      return catalog
  }
}

function withEntry(catalog: Catalog, entry: CatalogEntry): Catalog {
  return new Map(catalog).set(entry.name, entry)
}

function withPartitions(catalog: Catalog, name: string, added: readonly PartitionDefinition[], ifNotExists: boolean): Catalog {
  const entry = entryOf(catalog, name, 'table')
  const columns = entry.table.partitions.map(column => column.name)
  const keyOf = ({ values }: PartitionDefinition) =>
    partitionName(Object.fromEntries(columns.map(column => [column, values[column] ?? null])))
  const partitions = new Map(entry.partitions.map(partition => [keyOf(partition), partition]))
  for (const partition of added) {
    const named = Object.keys(partition.values)
    if (named.length !== columns.length || columns.some(column => !named.includes(column))) {
      throw partitionFault(
        `${name} is not partitioned by ${named.join(', ')}`,
        columns.join(', ') || 'a table with PARTITIONED BY',
      )
    }
    const key = keyOf(partition)
    if (!partitions.has(key)) partitions.set(key, partition)
    else if (!ifNotExists) throw partitionFault(`the partition ${key} of ${name} is there already`, 'ADD IF NOT EXISTS PARTITION')
  }
  return withEntry(catalog, { ...entry, partitions: [...partitions.values()] })
}

function entryOf<Kind extends CatalogEntry['kind']>(
  catalog: Catalog,
  name: string,
  kind: Kind,
): Extract<CatalogEntry, { kind: Kind }> {
  const entry = catalog.get(name)
  if (isKind(entry, kind)) return entry
  const own = [...catalog.values()].filter(other => other.kind === kind).map(other => other.name)
  throw new Fault({
    code: 'table-missing',
    kind: 'usage',
    message: entry === undefined ? `no ${kind} that a person made is named ${name}` : `${name} is a ${entry.kind}, not a ${kind}`,
    expected: own.length === 0 ? `a ${kind} that a person made: there is none yet` : own.join(', '),
  })
}

function isKind<Kind extends CatalogEntry['kind']>(
  entry: CatalogEntry | undefined,
  kind: Kind,
): entry is Extract<CatalogEntry, { kind: Kind }> {
  return entry?.kind === kind
}

function exists(name: string, action: string): Fault {
  return new Fault({
    code: 'table-exists',
    kind: 'usage',
    message: `${name} is there already`,
    expected: 'a name that is free',
    action,
  })
}

function partitionFault(message: string, expected: string): Fault {
  return new Fault({ code: 'table-partition', kind: 'usage', message, expected })
}
