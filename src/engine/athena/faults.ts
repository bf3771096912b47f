import type { QueryExecutionStatus } from '@aws-sdk/client-athena'
import { Fault, type FaultDetail } from '../../fault/index.js'
import { reasonOfAws } from '../../source/index.js'

type Known = Omit<FaultDetail, 'message' | 'where' | 'cause'>

const DDL = 'weir ddl athena --apply makes the tables and the views above them'

/** The statement is right, and stumbles over a value that it meets. */
const DATA: Known = { code: 'query-failed', kind: 'engine', action: 'guard the expression with TRY(…), TRY_CAST or NULLIF' }

/** The first entry that Athena's words fit says what it is. */
const KNOWN: readonly (readonly [RegExp, Known])[] = [
  [/\bTABLE_NOT_FOUND\b|\bTable .* (does not exist|not found)/i, { code: 'remote-table', kind: 'engine', action: DDL }],
  [
    /\b(SCHEMA_NOT_FOUND|Database .* (does not exist|not found)|Schema .* does not exist)/i,
    { code: 'remote-table', kind: 'engine', action: `check athena.database in weir.yaml; ${DDL}` },
  ],
  [
    /\bCATALOG_NOT_FOUND\b|\b(Catalog|DataCatalog) .* (does not exist|was not found|not found)/i,
    { code: 'remote-table', kind: 'engine', action: 'check athena.catalog in weir.yaml; AwsDataCatalog is the one of AWS Glue' },
  ],
  [
    /\bWorkGroup .* (not found|does not exist)/i,
    { code: 'athena-workgroup', kind: 'engine', action: 'check athena.workgroup in weir.yaml, and --region' },
  ],
  [
    /external_location.*workgroup/i,
    {
      code: 'athena-output',
      kind: 'engine',
      action:
        'allow athena:GetWorkGroup, by which Weir sees that the workgroup has a place of its own for tables; or name another workgroup',
    },
  ],
  [
    /output (bucket|location)/i,
    {
      code: 'athena-output',
      kind: 'engine',
      action: 'check athena.output in weir.yaml: a bucket in the region of Athena that these credentials may write to',
    },
  ],
  [
    /Bytes scanned limit/i,
    {
      code: 'remote-cutoff',
      kind: 'engine',
      action: 'ask a shorter --since/--until, or raise the data usage control (BytesScannedCutoffPerQuery) of the workgroup',
    },
  ],
  [
    /exhausted resources|\bEXCEEDED_\w+|Query timeout|execution time limit|QUERY_MAX_RUN_TIME/i,
    { code: 'remote-limit', kind: 'engine', action: 'ask a shorter --since/--until, or less at once' },
  ],
  [
    /Access Denied|PERMISSION_DENIED|Insufficient permissions|not authorized|Status Code: 403/i,
    {
      code: 'remote-denied',
      kind: 'engine',
      action: 'allow it in the IAM policy, the policy of the bucket and, where it is in use, in Lake Formation',
    },
  ],
  [
    /\b(HIVE_BAD_DATA|HIVE_PARTITION_SCHEMA_MISMATCH|HIVE_INVALID_METADATA)\b/,
    { code: 'remote-column', kind: 'engine', expected: 'the columns that weir ddl athena prints', action: DDL },
  ],
  [
    /\bSYNTAX_ERROR\b|mismatched input|extraneous input|no viable alternative|ParseException/,
    { code: 'sql-syntax', kind: 'usage' },
  ],
  [/\bCOLUMN_NOT_FOUND\b/, { code: 'sql-column', kind: 'usage' }],
  [/\bFUNCTION_NOT_FOUND\b/, { code: 'sql-function', kind: 'usage' }],
  [/\bTYPE_MISMATCH\b/, { code: 'sql-type', kind: 'usage' }],
  [/\b(DIVISION_BY_ZERO|INVALID_CAST_ARGUMENT|INVALID_FUNCTION_ARGUMENT|NUMERIC_VALUE_OUT_OF_RANGE)\b/, DATA],
]

const REFUSED: Known = { code: 'sql-refused', kind: 'usage' }
const FAILED: Known = { code: 'remote-failed', kind: 'engine' }

/** `line 3:14: ` within what Athena says. */
const PLACE = /\bline (\d+):(\d+):\s*/

/** What Athena says, as a Fault. Words that nothing is known of refuse the statement where they name a place in it. */
function faultOfWords(said: string, { linesBefore, action, cause }: Words): Fault {
  const [, line, column] = PLACE.exec(said) ?? []
  const other = line === undefined ? { ...FAILED, ...(action === undefined ? {} : { action }) } : REFUSED
  const known = KNOWN.find(([words]) => words.test(said))?.[1] ?? other
  const place = line === undefined ? '' : `line ${Math.max(1, Number(line) - linesBefore)}, column ${column}`
  return new Fault({
    ...known,
    message: `Athena: ${said.replace(PLACE, '').replace(/\s+/g, ' ').trim()}`,
    where: known.kind === 'usage' && place !== '' ? place : ['athena', place].filter(part => part !== '').join(', '),
    cause,
  })
}

interface Words {
  readonly linesBefore: number
  readonly action?: string | undefined
  readonly cause?: unknown
}

/** Why a statement failed. `linesBefore` is how many lines Weir has put before it. */
export function faultOfStatement(status: QueryExecutionStatus, linesBefore: number): Fault {
  if (status.State === 'CANCELLED')
    return new Fault({
      code: 'remote-killed',
      kind: 'engine',
      message: `Athena: the statement was cancelled${status.StateChangeReason ? `: ${status.StateChangeReason}` : ''}`,
      where: 'athena',
      action: 'somebody, or a limit of the workgroup, has ended it: run again',
    })
  const said = status.StateChangeReason ?? status.AthenaError?.ErrorMessage ?? 'the statement failed, and it does not say why'
  return faultOfWords(said, { linesBefore, action: status.AthenaError?.Retryable === true ? 'run again' : undefined })
}

/** Why a request was not answered. */
export function faultOfRequest(error: unknown, workgroup: string, linesBefore = 0): unknown {
  if (error instanceof Fault || !(error instanceof Error) || error.name === 'AbortError') return error
  if (['InvalidRequestException', 'MetadataException', 'ResourceNotFoundException'].includes(error.name))
    return faultOfWords(error.message, { linesBefore, cause: error })
  return new Fault({
    code: 'athena-request',
    kind: 'engine',
    message: `Athena: ${reasonOfAws(error)}`,
    where: `athena, workgroup ${workgroup}`,
    cause: error,
  })
}

/** A page of a result that was paid for did not come: the statement is not run again by itself. */
export const lostPage = (error: unknown, id: string): Fault =>
  new Fault({
    code: 'remote-page',
    kind: 'engine',
    message: `Athena: a page of the result did not come: ${reasonOfAws(error)}`,
    where: `athena, execution ${id}`,
    action: 'the statement has run and is paid for; athena.reuse_minutes lets a second run take the same result',
    cause: error,
  })
