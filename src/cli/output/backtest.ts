import { severities, timeOf, type Backtest, type Bin, type Limit } from '../../detect/index.js'
import type { Result } from '../../engine/index.js'
import { printCoverage } from './coverage.js'
import type { Output } from './output.js'
import { resultOf, rowPrinters } from './rows.js'
import { counted, countedOf, spanned, wrapped } from './text.js'

/** A day a row, with its findings by severity. */
export const dayRows = ({ days }: Backtest): Result =>
  resultOf(
    { day: 'varchar', ...Object.fromEntries(severities.map(severity => [severity, 'bigint'])), findings: 'bigint' },
    days.map(({ day, findings }) => [day, ...severities.map(severity => findings[severity]), sum(Object.values(findings))]),
  )

/** The same as an object for programs. */
export const backtestJson = ({ window, limits, days, ...told }: Backtest) => ({
  schema: 'weir.backtest/1',
  ...told,
  window: window && { from: timeOf(window.from), to: timeOf(window.to) },
  days,
  limits: limits.map(limit => ({
    ...limit,
    thresholds: limit.thresholds.map(({ value, findings }) => ({
      value,
      findings,
      findings_a_day: aDay(sum(Object.values(findings)), days.length),
    })),
  })),
})

/** What a rule would have raised, as people read it. */
export async function printBacktest(backtest: Backtest, output: Output): Promise<void> {
  const { rule, parameters, window, coverage, days, limits } = backtest
  const { style, width } = output
  const values = Object.entries(parameters).map(([name, value]) => `${name} ${String(value)}`)
  await output.write(`${style.strong(rule)}${values.length > 0 ? `  ${values.join(', ')}` : ''}\n`)
  if (window) await output.write(`${style.faint(spanned(timeOf(window.from), timeOf(window.to)))}\n`)
  await output.write('\n')
  if (days.length > 0) await rowPrinters.table(dayRows(backtest), output)
  for (const limit of limits) {
    const title = `${limit.parameter}: at ${limit.bound} ${String(limit.value)} ${limit.unit}`
    await output.write(`\n${style.strong(wrapped(title, width).join('\n'))}\n${histogramText(limit, output)}\n`)
    await rowPrinters.table(thresholdRows(limit, days.length), output)
  }
  await output.write('\n')
  if (coverage.length > 0) await printCoverage(coverage, output)
}

const BAR = 40

/** A bar a bin, with a line where the threshold stands; bars are logarithmic where their counts span decades. */
function histogramText({ value, bound, histogram: { bins, scale } }: Limit, { style }: Output): string {
  if (bins.length === 0) return '  no candidate comes near it\n'
  const counts = bins.map(({ count }) => count).filter(count => count > 0)
  const most = Math.max(...counts)
  const isLogarithmic = most >= 100 * Math.min(...counts)
  const size = (count: number) => (isLogarithmic ? Math.log10(count + 1) / Math.log10(most + 1) : count / most)
  const ends = bins.map(({ from, to }): [string, string] => [valueText(from), valueText(to)])
  const [first, last] = [0, 1].map(side => Math.max(...ends.map(end => (end[side] ?? '').length)))
  const line = ({ count }: Bin, i: number): string => {
    const [from = '', to = ''] = ends[i] ?? []
    const bar = count === 0 ? '' : `${'█'.repeat(Math.max(1, Math.round(BAR * size(count))))} `
    return `  ${from.padStart(first ?? 0)} to ${to.padEnd(last ?? 0)}  ${bar}${counted(count)}\n`
  }
  const mark = `${style.warning(`  ── ${valueText(value)} ${bound === 'least' ? '── found from here on' : '── found up to here'} ──`)}\n`
  const lines = bins.map((bin, i) => (bin.from === value ? mark : '') + line(bin, i))
  const after = bins.at(-1)?.to === value ? mark : ''
  const scales = [scale, ...(isLogarithmic ? ['bars logarithmic'] : [])].join(', ')
  return `${style.faint(`  ${countedOf(sum(counts), 'candidate')} by this metric (${scales})`)}\n${lines.join('')}${after}`
}

const thresholdRows = ({ parameter, thresholds, value: now }: Limit, days: number): Result =>
  resultOf(
    { [parameter]: 'double', 'findings a day': 'double', 'medium and worse': 'double', '': 'varchar' },
    thresholds.map(({ value, findings: { info, low, medium, high, critical } }) => [
      value,
      aDay(info + low + medium + high + critical, days),
      aDay(medium + high + critical, days),
      value === now ? 'as it is' : '',
    ]),
  )

const aDay = (findings: number, days: number): number => Math.round((100 * findings) / Math.max(1, days)) / 100
const valueText = (value: number): string => value.toLocaleString('en-US', { maximumSignificantDigits: 6 })
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
