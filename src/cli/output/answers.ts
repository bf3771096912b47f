import type { Result } from '../../engine/index.js'
import type { Format } from '../options/output.js'
import { jsonOf } from './json.js'
import type { Output } from './output.js'
import { passOver, printJsonRows, rowPrinters } from './rows.js'
import { countedOf, lasting, printable } from './text.js'

/** What a statement gave. */
export interface Answer {
  readonly statement: string
  readonly result: Result
  /** When the statement was begun. */
  readonly since: Date
  /** Bytes of the sources that the statement read; asked for when its rows have gone by. */
  readonly scannedBytes: () => Promise<number>
}

export interface AnswerPrinter {
  print(answer: Answer): Promise<void>
  end(): Promise<void>
}

/** Prints the answers to `total` statements in a row. */
export function answerPrinter(format: Format, output: Output, total: number, now: () => Date): AnswerPrinter {
  if (format === 'json') return jsonPrinter(output, now)
  return format === 'table' ? tablePrinter(output, total, now) : lastPrinter(format, output, total)
}

/** `{"results": […]}`, one entry a statement. */
function jsonPrinter(output: Output, now: () => Date): AnswerPrinter {
  let opening = '{"results": ['
  return {
    async print({ statement, result, since, scannedBytes }) {
      await output.write(
        `${opening}\n  {"statement": ${jsonOf(statement)},\n    "columns": ${jsonOf(result.columns)},\n    "rows": [`,
      )
      opening = ','
      const rows = await printJsonRows(result, output)
      const elapsed = Math.round(now().getTime() - since.getTime())
      await output.write(
        `${rows > 0 ? '\n    ' : ''}],\n    "row_count": ${rows}, "elapsed_ms": ${elapsed}, "scanned_bytes": ${await scannedBytes()}}`,
      )
    },
    end: () => output.write(opening === ',' ? '\n]}\n' : `${opening}]}\n`),
  }
}

/** One table a statement; where there are several, each under its statement. */
function tablePrinter(output: Output, total: number, now: () => Date): AnswerPrinter {
  return {
    async print({ statement, result, since }) {
      if (total > 1) await output.write(`${output.style.faint(`> ${printable(firstLineOf(statement))}`)}\n`)
      if (result.columns.length === 0) {
        await passOver(result, output)
        return output.write('done\n\n')
      }
      const rows = await rowPrinters.table(result, output)
      await output.write(
        output.style.faint(`${countedOf(rows, 'row')} in ${lasting(now().getTime() - since.getTime())}\n`) +
          (total > 1 ? '\n' : ''),
      )
    },
    end: () => Promise.resolve(),
  }
}

/** The rows of the last result; what comes before it is only carried out. */
function lastPrinter(format: 'csv' | 'ndjson', output: Output, total: number): AnswerPrinter {
  let place = 0
  return {
    async print({ result }) {
      const print = ++place === total && result.columns.length > 0 ? rowPrinters[format] : passOver
      await print(result, output)
    },
    end: () => Promise.resolve(),
  }
}

const firstLineOf = (statement: string): string => {
  const [first = '', ...more] = statement.trim().split('\n')
  return more.length > 0 ? `${first.trim()} …` : first
}
