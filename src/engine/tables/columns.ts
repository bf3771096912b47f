import { fieldNamed, type Field } from '../../format/index.js'
import type { TableDefinition } from '../sql/statements.js'

/** Names that people give to AWS's fields in their tables, beyond case, hyphens and underscores, which do not count. */
export const COLUMN_ALIASES: Readonly<Record<string, string>> = {
  account: 'account-id',
  accountid: 'account-id',
  interface: 'interface-id',
  eni: 'interface-id',
  eniid: 'interface-id',
  sourceaddress: 'srcaddr',
  sourceaddr: 'srcaddr',
  sourceip: 'srcaddr',
  srcip: 'srcaddr',
  destinationaddress: 'dstaddr',
  destinationaddr: 'dstaddr',
  destaddress: 'dstaddr',
  destaddr: 'dstaddr',
  destinationip: 'dstaddr',
  destip: 'dstaddr',
  dstip: 'dstaddr',
  sourceport: 'srcport',
  destinationport: 'dstport',
  destport: 'dstport',
  numpackets: 'packets',
  numbytes: 'bytes',
  starttime: 'start',
  windowstart: 'start',
  endtime: 'end',
  windowend: 'end',
  status: 'log-status',
  flowlogstatus: 'log-status',
  packetsrcaddr: 'pkt-srcaddr',
  packetdstaddr: 'pkt-dstaddr',
}

/** The field that a column of a person's table means by its name; undefined where the name says nothing. */
export function fieldOfColumn(column: string): Field | undefined {
  const alias = COLUMN_ALIASES[column.replaceAll(/[-_]/g, '').toLowerCase()]
  return fieldNamed(column) ?? (alias === undefined ? undefined : fieldNamed(alias))
}

/** The column that holds the record's start in Unix seconds, where the table has one. */
export function startColumn(table: TableDefinition): string | undefined {
  return table.columns.find(({ name }) => fieldOfColumn(name)?.name === 'start')?.name
}

/**
 * The name of the start column that the hidden column `date` (the UTC date of the record's start) is made from;
 * undefined where the table has a `date` of its own, or no start.
 */
export function hiddenDateSource(table: TableDefinition): string | undefined {
  const own = [...table.columns, ...table.partitions].some(({ name }) => name === 'date')
  return own ? undefined : startColumn(table)
}
