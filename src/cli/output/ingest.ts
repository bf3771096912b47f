import { sumOfLines, type Result } from '../../engine/index.js'
import type { IngestReport, ObjectReport } from '../../lake/index.js'
import type { Format } from '../options/output.js'
import { jsonOf } from './json.js'
import type { Output } from './output.js'
import { resultOf, rowPrinters } from './rows.js'
import { quarantineAdvice } from './coverage.js'
import { counted, countedOf, sized } from './text.js'

/** What several runs have done, one after the other. */
export function sumOfReports(reports: readonly IngestReport[]): IngestReport {
  const sum = (count: (report: IngestReport) => number): number => reports.reduce((total, report) => total + count(report), 0)
  return {
    objects: reports.flatMap(({ objects }) => objects),
    unreadable: reports.flatMap(({ unreadable }) => unreadable),
    known: sum(({ known }) => known),
    batches: sum(({ batches }) => batches),
    parts: sum(({ parts }) => parts),
    bytes: sum(({ bytes }) => bytes),
    ...sumOfLines(reports),
  }
}

const OBJECTS_SHOWN = 20

/** Prints what a run of ingest has done, object by object, and in all. */
export async function printIngest(
  { report, lake, all }: { readonly report: IngestReport; readonly lake: string; readonly all: boolean },
  format: Format,
  output: Output,
): Promise<void> {
  const { objects, unreadable, ...counts } = report
  if (format === 'json') {
    await output.write(`${jsonOf({ lake, ...counts, objects: objects.map(objectJson), unreadable }, 2)}\n`)
    return
  }
  if (format !== 'table') {
    await rowPrinters[format](objectRows(objects), output)
    return
  }
  const shown = all || objects.length <= OBJECTS_SHOWN ? objects : objects.filter(isFlawed).slice(0, OBJECTS_SHOWN)
  if (shown.length > 0) await rowPrinters.table(objectRows(shown), output)
  if (shown.length < objects.length)
    await output.write(`${countedOf(objects.length - shown.length, 'object')} not listed: --all lists them\n`)
  const { known, bytes, lines, records, nodata, skipdata, headers, quarantined } = counts
  const stored = objects.filter(({ kind }) => kind === 'stored').length
  await output.write(
    `${countedOf(stored, 'object')} (${sized(bytes)}) taken in, ${counted(known)} known before\n` +
      `${counted(lines)} lines = ${counted(records)} records + ${counted(nodata)} NODATA + ${counted(skipdata)} SKIPDATA + ` +
      `${counted(headers)} headers + ${counted(quarantined)} quarantined\n` +
      (quarantined > 0 ? `${countedOf(quarantined, 'line')} not understood: ${quarantineAdvice(lake)}\n` : ''),
  )
}

const isFlawed = (object: ObjectReport): boolean =>
  object.kind !== 'stored' ||
  object.receipt.quarantined > 0 ||
  object.receipt.damage !== undefined ||
  object.receipt.unreadable !== undefined

function objectJson(object: ObjectReport): object {
  if (object.kind !== 'stored') return object
  return { kind: object.kind, ...object.receipt }
}

const COUNTS = ['lines', 'records', 'nodata', 'skipdata', 'headers', 'quarantined', 'expired'] as const

const objectRows = (objects: readonly ObjectReport[]): Result =>
  resultOf(
    { object: 'varchar', ...Object.fromEntries(COUNTS.map(name => [name, 'bigint'])), note: 'varchar' },
    objects.map(object => {
      if (object.kind === 'failed') return [object.object, ...COUNTS.map(() => null), object.reason]
      if (object.kind === 'gone') return [object.object, ...COUNTS.map(() => null), 'deleted before it was read']
      const { receipt } = object
      return [receipt.object, ...COUNTS.map(name => receipt[name]), receipt.unreadable ?? receipt.damage ?? null]
    }),
  )
