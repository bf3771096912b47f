import type { AthenaClient, ColumnInfo, QueryExecution, ResultSet, Row } from '@aws-sdk/client-athena'
import type { Value } from '../engine.js'
import type { RemoteResult } from '../remote/connection.js'
import type { Column } from '../relation.js'
import { cellOf, structuredCellOf, typeNamed } from './cells.js'
import { lostPage } from './faults.js'

/** Most that Athena gives at once. */
const PAGE_ROWS = 1000

/** The result of a statement that has ended, page by page; `types` are those of its columns, where they are known. */
export async function resultOf(
  client: AthenaClient,
  execution: QueryExecution,
  types: readonly string[] | undefined,
  signal: AbortSignal | undefined,
): Promise<RemoteResult> {
  const first = await pageOf(client, execution, undefined, signal)
  const told = first.set?.ResultSetMetadata?.ColumnInfo ?? []
  const columns = told.map((info, i) => ({ name: info.Name ?? '', type: types?.[i] ?? typeOf(info) }))
  const read = readerOf(columns)
  const isHeaded = execution.StatementType !== 'DDL' && isHeader(first.set?.Rows?.[0], columns)

  async function* pages(): RemoteResult['pages'] {
    let rows = (first.set?.Rows ?? []).slice(isHeaded ? 1 : 0)
    for (let token = first.next; ;) {
      if (rows.length > 0) yield rows.map(read)
      if (token === undefined) return
      const page = await pageOf(client, execution, token, signal)
      rows = page.set?.Rows ?? []
      token = page.next
    }
  }
  return { columns, pages: pages(), scannedBytes: () => execution.Statistics?.DataScannedInBytes }
}

interface Page {
  readonly set: ResultSet | undefined
  readonly next: string | undefined
}

async function pageOf(
  client: AthenaClient,
  { QueryExecutionId: id = '' }: QueryExecution,
  token: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Page> {
  const { GetQueryResultsCommand } = await import('@aws-sdk/client-athena')
  const request = { QueryExecutionId: id, MaxResults: PAGE_ROWS, ...(token === undefined ? {} : { NextToken: token }) }
  try {
    const { ResultSet, NextToken } = await client.send(new GetQueryResultsCommand(request), signal ? { abortSignal: signal } : {})
    return { set: ResultSet, next: NextToken }
  } catch (error) {
    signal?.throwIfAborted()
    throw lostPage(error, id)
  }
}

/** The first row of a SELECT's result is the names of its columns. */
const isHeader = (row: Row | undefined, columns: readonly Column[]): boolean =>
  row !== undefined && columns.every(({ name }, i) => row.Data?.[i]?.VarCharValue === name)

/** NULL has no text, the empty text has an empty one. */
function readerOf(columns: readonly Column[]): (row: Row) => Value[] {
  const cells = columns.map(({ type }) => {
    const structured = typeNamed(type)
    return (text: string): Value => (structured ? structuredCellOf(structured, text) : cellOf(type, text))
  })
  return ({ Data = [] }) =>
    cells.map((cell, i) => {
      const text = Data[i]?.VarCharValue
      return text === undefined ? null : cell(text)
    })
}

const NAMES: Readonly<Record<string, string>> = {
  float: 'real',
  string: 'varchar',
  int: 'integer',
  time: 'time(3)',
  timestamp: 'timestamp(3)',
  'timestamp with time zone': 'timestamp(3) with time zone',
}

/** What Athena tells of a type: of arrays, maps and rows no more than that, which is why they are read as text here. */
function typeOf({ Type = 'varchar', Precision, Scale }: ColumnInfo): string {
  if (Type === 'decimal') return `decimal(${Precision}, ${Scale})`
  return /^(array|map|row|struct)$/.test(Type) ? 'varchar' : (NAMES[Type] ?? Type)
}
