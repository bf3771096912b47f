import type { Coverage, InputCounts } from '../../detect/index.js'
import type { DamagedSource, QuarantinedLine } from '../../engine/index.js'
import type { Output } from './output.js'
import { shortened } from './table.js'
import { counted, countedOf, printableLine, printableLines, sized } from './text.js'

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

/** The count of lines, which always adds up. */
export async function printCounts(input: InputCounts, output: Output): Promise<void> {
  const { lines, records, nodata, skipdata, headers, quarantined, bytes, sources } = input
  const parts = Object.entries({ records, nodata, skipdata, headers, quarantined }).map(
    ([name, count]) => `${counted(count)} ${name}`,
  )
  await output.write(
    `${output.style.strong('Lines')}\n  ${counted(lines)} lines = ${parts.join(' + ')}\n  in ${countedOf(sources.length, 'file')}, ${sized(bytes)}\n\n`,
  )
}

/** The first quarantined lines with their place and reason, and how to have them all. */
export async function printQuarantined(shown: readonly QuarantinedLine[], total: number, output: Output): Promise<void> {
  if (total === 0) return
  await output.write(`${output.style.strong('Quarantined')}\n`)
  for (const { source, line, reason, text } of shown) {
    const place = `  ${source}:${line}  ${reason}`
    const sample = printableLine(text)
    await output.write(`${printableLine(place)}\n      ${output.style.faint(shortened(sample, (output.width ?? 120) - 6))}\n`)
  }
  const more = total - shown.length
  if (more > 0) await output.write(`  and ${counted(more)} more: --quarantine FILE writes them all\n`)
  await output.write('\n')
}

export async function printDamaged(damaged: readonly DamagedSource[], output: Output): Promise<void> {
  if (damaged.length === 0) return
  await output.write(`${output.style.strong('Damaged')}\n`)
  for (const { source, message } of damaged) await output.write(`  ${printableLine(`${source}: ${message}`)}\n`)
  await output.write('\n')
}
