import type { Coverage } from '../../detect/index.js'
import type { InputReport, QuarantinedLine } from '../../engine/index.js'
import type { Output } from './output.js'
import { shortened } from './table.js'
import { counted, countedOf, named, printableLine, printableLines, shellWord, sized } from './text.js'

/** What the logs cannot show, and which rules are blind because of it. */
export async function printCoverage(coverage: readonly Coverage[], output: Output): Promise<void> {
  const { style, width } = output
  await output.write(`${style.strong('Coverage')}\n`)
  if (coverage.length === 0) await output.write('  nothing that the rules need is missing\n')
  for (const { code, message, blinds } of coverage) {
    const margin = 20
    const room = width === undefined ? undefined : width - margin
    const lines = [
      ...printableLines(message, room),
      ...(blinds.length > 0 ? printableLines(`blind: ${blinds.join(', ')}`, room).map(style.faint) : []),
    ]
    await output.write(`  ${style.warning(code.padEnd(margin - 2))}${lines.join(`\n${' '.repeat(margin)}`)}\n`)
  }
  await output.write('\n')
}

/** Sources, or parts of them, that could not be read at all. */
export const unreadableCoverage = (input: InputReport): Coverage[] =>
  input.unreadable.map(({ source, reason }) => ({ code: 'unreadable-source', message: `${source}: ${reason}`, blinds: [] }))

/** Which fields the logs have. */
export async function printFields({ fields, partialFields }: InputReport, output: Output): Promise<void> {
  const room = output.width === undefined ? undefined : output.width - 2
  const list = (title: string, names: readonly string[]): string =>
    names.length > 0 ? `${output.style.strong(title)}\n  ${printableLines(names.join(' '), room).join('\n  ')}\n\n` : ''
  await output.write(list('Fields', fields) + list('Fields of some files only', partialFields))
}

/** The count of lines, which always adds up. */
export async function printCounts(input: InputReport, output: Output): Promise<void> {
  const { lines, records, nodata, skipdata, headers, quarantined, bytes, sources, aside } = input
  const parts = Object.entries({ records, nodata, skipdata, headers, quarantined }).map(
    ([name, count]) => `${counted(count)} ${name}`,
  )
  const files = `in ${countedOf(sources.length, 'file')}, ${sized(bytes)}`
  const rest = aside.length > 0 ? `left aside, for it is no log: ${named(aside)}` : ''
  const room = output.width === undefined ? undefined : output.width - 2
  const texts = [`${counted(lines)} lines = ${parts.join(' + ')}`, files, rest].filter(Boolean)
  await output.write(
    `${output.style.strong('Lines')}\n${texts
      .flatMap(text => printableLines(text, room))
      .map(line => `  ${line}\n`)
      .join('')}\n`,
  )
}

/** How to have all lines that were not understood: a lake keeps its own. */
export const quarantineAdvice = (lake: string | undefined): string =>
  lake === undefined ? '--quarantine FILE writes them all' : `weir lake quarantine --lake ${shellWord(lake)} lists them`

/** The first quarantined lines with their place and reason, and how to have them all. */
export async function printQuarantined(
  shown: readonly QuarantinedLine[],
  total: number,
  lake: string | undefined,
  output: Output,
): Promise<void> {
  if (total === 0) return
  await output.write(`${output.style.strong('Quarantined')}\n`)
  for (const { source, line, reason, text } of shown) {
    const place = `  ${source}:${line}  ${reason}`
    const sample = printableLine(text)
    await output.write(`${printableLine(place)}\n      ${output.style.faint(shortened(sample, (output.width ?? 120) - 6))}\n`)
  }
  const more = total - shown.length
  const rest = shown.length > 0 ? `and ${counted(more)} more` : countedOf(more, 'line')
  if (more > 0) await output.write(`  ${rest}: ${quarantineAdvice(lake)}\n`)
  await output.write('\n')
}
