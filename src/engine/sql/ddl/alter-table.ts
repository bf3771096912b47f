import type { Cursor } from './cursor.js'
import { quoteName, quoteString } from './strings.js'
import type { PartitionDefinition, StatementForm } from './statement.js'

/** `ALTER TABLE name ADD [IF NOT EXISTS] PARTITION (…) [LOCATION '…'] …`, after the word ALTER. */
export function alterTable(cursor: Cursor): StatementForm {
  cursor.expect('TABLE')
  const table = cursor.relation('the name of the table')
  if (!cursor.take('ADD') || cursor.at('COLUMNS') || cursor.at('REPLACE')) {
    throw cursor.refused(
      'of ALTER TABLE Weir carries out ADD PARTITION',
      'ADD [IF NOT EXISTS] PARTITION (…) [LOCATION …]',
      'drop the table and create it anew',
    )
  }
  let ifNotExists = cursor.take('IF', 'NOT', 'EXISTS')
  const partitions: PartitionDefinition[] = []
  do {
    cursor.expect('PARTITION')
    ifNotExists = cursor.take('IF', 'NOT', 'EXISTS') || ifNotExists
    partitions.push(partition(cursor))
  } while (cursor.at('PARTITION'))
  cursor.end('PARTITION, LOCATION or the end of the statement')
  return { kind: 'add-partition', table, ifNotExists, partitions }
}

function partition(cursor: Cursor): PartitionDefinition {
  const values = cursor.list((): [string, string] => {
    const name = cursor.name('the name of a partition column')
    cursor.expect('=')
    return [name, cursor.token?.kind === 'string' ? cursor.string('a value') : cursor.digits('a value in quotes')]
  })
  const named = { values: Object.fromEntries(values) }
  return cursor.take('LOCATION') ? { ...named, location: cursor.string('a place') } : named
}

/** The statement that adds partitions to a table: reading it gives the same partitions. */
export function printPartitions(table: string, partitions: readonly PartitionDefinition[]): string {
  const each = partitions.map(({ values, location }) => {
    const pairs = Object.entries(values).map(([name, value]) => `${quoteName(name)} = ${quoteString(value)}`)
    return `\n  PARTITION (${pairs.join(', ')})${location === undefined ? '' : ` LOCATION ${quoteString(location)}`}`
  })
  return `ALTER TABLE ${quoteName(table)} ADD IF NOT EXISTS${each.join('')}`
}
