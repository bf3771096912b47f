import type { Column } from './relation.js'

/** The tutorial's names of AWS's columns: found when named, left out of `SELECT *`. */
export const TUTORIAL_NAMES: Readonly<Record<string, string>> = {
  account: 'account_id',
  interfaceid: 'interface_id',
  sourceaddress: 'srcaddr',
  destinationaddress: 'dstaddr',
  sourceport: 'srcport',
  destinationport: 'dstport',
  numpackets: 'packets',
  numbytes: 'bytes',
  starttime: 'start',
  endtime: 'end',
  logstatus: 'log_status',
}

/** The columns that `vpc_flow_logs` has beside those of `records`: a field of such a name stays what it is. */
export function tutorialColumns(records: readonly Column[]): readonly Column[] {
  const typeOf = (wanted: string): string => records.find(({ name }) => name === wanted)?.type ?? 'varchar'
  return [
    ...Object.entries(TUTORIAL_NAMES).map(([name, column]) => ({ name, type: typeOf(column) })),
    { name: 'date', type: 'date' },
    { name: 'dt', type: 'varchar' },
  ].filter(({ name }) => !records.some(record => record.name === name))
}

const DAY = 'CAST(from_unixtime("start") AS date)'

/** One of those columns over `records`, in Athena's SQL: `date` and `dt` are the UTC day of a record's start. */
export function tutorialValue(name: string): string {
  if (name === 'date') return `${DAY} AS "date"`
  return name === 'dt' ? `CAST(${DAY} AS varchar) AS "dt"` : `"${TUTORIAL_NAMES[name] ?? name}" AS "${name}"`
}
